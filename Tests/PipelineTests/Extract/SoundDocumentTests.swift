import Foundation
import Testing

@testable import Pipeline

/// What a child answers that somebody took over.
@Suite struct SoundDocumentTests {
    private static func document(_ change: (inout ExtractedDocument) -> Void) -> ExtractedDocument {
        var document = ExtractedDocument(
            mediaType: "text/plain",
            text: "one two\nthree",
            lines: [TextLine(text: "one two", offset: 0, gaps: [4]), TextLine(text: "three", offset: 8)],
            hidden: [HiddenText(text: "x", page: 1, box: nil, reason: .vanish)]
        )
        change(&document)
        return document
    }

    @Test func `a document as a reader makes it is sound`() {
        #expect(Self.document { _ in }.isSound)
        #expect(Self.document { $0.lines = [] }.isSound)
    }

    @Test(
        arguments: [
            { $0.lines[1].offset = .max }, { $0.lines[0].offset = -1 }, { $0.lines[1].offset = 3 },
            { $0.lines[1].offset = 9 }, { $0.lines[1].offset = 7 }, { $0.lines[1].text = "thre\u{E8}" },
            { $0.lines[1] = TextLine(text: "", offset: 14) }, { $0.lines[0].gaps = [.max] },
            { $0.lines[0].gaps = [4, 2] },
            { $0.lines[0].page = .min }, { $0.lines[0].block = .max }, { $0.lines[0].fontSize = 1e300 },
            { $0.lines[0].box = Box(x: 0, y: -1e300, width: 1, height: 1) }, { $0.pageCount = -1 },
            { $0.hidden[0].page = .max },
        ] as [@Sendable (inout ExtractedDocument) -> Void]
    )
    func `numbers that nobody can reckon with are not`(change: @Sendable (inout ExtractedDocument) -> Void) {
        #expect(!Self.document(change).isSound)
    }
}
