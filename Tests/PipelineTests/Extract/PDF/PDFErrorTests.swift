internal import Foundation
import Testing

@testable import Pipeline

/// What happens with files that cannot be read, or only from their pictures; needs poppler-utils.
struct PDFErrorTests {
    private func read(
        _ bytes: [UInt8],
        recogniser: (any PageRecogniser)? = nil,
        limits: PDFExtractor.Limits = .init()
    ) async throws -> ExtractedDocument {
        try await TinyPDF.withFile(bytes) { path, folder in
            try await PDFExtractor(workFolder: folder, limits: limits, recogniser: recogniser).extract(path: path)
        }
    }

    private func code(
        _ bytes: [UInt8],
        recogniser: (any PageRecogniser)? = nil,
        limits: PDFExtractor.Limits = .init()
    ) async -> PipelineError.Code? {
        do {
            _ = try await read(bytes, recogniser: recogniser, limits: limits)
            return nil
        } catch {
            return (error as? PipelineError)?.code
        }
    }

    /// Reads every picture as the same lines, and remembers where the pictures were.
    private final class FakeRecogniser: PageRecogniser {
        let lines: [String]

        init(_ lines: [String]) { self.lines = lines }

        func recognise(
            imagePath: String,
            page: Int,
            dotsPerInch: Int
        ) async throws(PipelineError) -> [RecognisedLine] {
            let head = FileManager.default.contents(atPath: imagePath)?.prefix(2)
            guard head == Data("P5".utf8) else { throw .damaged("picture") }
            return lines.enumerated().map { index, text in
                RecognisedLine(
                    text: text,
                    box: Box(x: 100, y: 300 * Double(index + 1), width: 900, height: 50),
                    block: index
                )
            }
        }
    }

    private static let picture: [TinyPDF.Item] = [
        .band(x: 50, y: 50, width: 300, height: 400, colour: (0.5, 0.5, 0.5)),
        .picture(x: 60, y: 60, width: 280, height: 380),
    ]

    @Test func `a file that needs a password is told apart from a damaged one`() async throws {
        let sealed = try #require(Data(base64Encoded: Self.sealed, options: .ignoreUnknownCharacters))
        #expect(await code(Array(sealed)) == .fileEncrypted)
    }

    @Test func `a file that forbids copying is read as a person reads it`() async throws {
        let restricted = try #require(Data(base64Encoded: Self.restricted, options: .ignoreUnknownCharacters))
        #expect(try await read(Array(restricted)).text == "Sealed letter of Odo Finch")
    }

    @Test(arguments: [
        [], Array("%PDF-1.7\n".utf8), Array("%PDF-1.4\n1 0 obj\n<< /Type /Catalog".utf8), [0x7F, 0x45, 0x4C, 0x46],
    ])
    func `what is no whole PDF is damaged`(bytes: [UInt8]) async {
        #expect(await code(bytes) == .fileDamaged)
    }

    @Test func `a blank page has no text, and no picture of it is read`() async {
        #expect(await code(TinyPDF([]).bytes) == .noText)
        #expect(await code(TinyPDF([]).bytes, recogniser: FakeRecogniser(["ghost"])) == .noText)
    }

    @Test func `too many pages are refused, those past the limit are not read`() async throws {
        let pages = (1...4).map { [TinyPDF.Item.text("Text of page \($0)", x: 50, y: 100)] }
        let pdf = TinyPDF(pages[0], pages[1], pages[2], pages[3])
        var limits = PDFExtractor.Limits()
        limits.readPages = 2
        let document = try await read(pdf.bytes, limits: limits)
        #expect(document.pageCount == 4)
        #expect(document.text == "Text of page 1\n\u{0C}\nText of page 2")
        limits.mostPages = 3
        #expect(await code(pdf.bytes, limits: limits) == .fileTooLarge)
    }

    @Test func `a page that is a picture is read from it`() async throws {
        let pdf = TinyPDF(Self.picture, [.text("A page that has ten words of text to be read here", x: 50, y: 80)])
        let document = try await read(
            pdf.bytes,
            recogniser: FakeRecogniser(["Odo Finch", "Gardener of the town park"])
        )
        #expect(document.usedOCR)
        #expect(document.lines.map(\.text).prefix(2) == ["Odo Finch", "Gardener of the town park"])
        #expect(document.lines.map(\.page) == [1, 1, 2])
        let box = try #require(document.lines.first?.box)
        #expect(abs(box.x - 24) < 0.1 && abs(box.width - 216) < 0.1)
        #expect(document.imageMismatches.isEmpty && document.hidden.isEmpty)
    }

    @Test func `a page with a few words is read from its picture only where something lies beside them`() async throws {
        let first = TinyPDF.Item.text("A page that has ten words of text to be read here", x: 50, y: 80)
        let last = TinyPDF.Item.text("interventions, unique", x: 50, y: 500)
        for (items, isRead) in [([last], false), ([last] + Self.picture, true)] {
            let document = try await read(
                TinyPDF([first], items).bytes,
                recogniser: FakeRecogniser(["Odo Finch", "Gardener of the town park"])
            )
            #expect(document.usedOCR == isRead)
            #expect(document.text.hasSuffix(isRead ? "Gardener of the town park" : "interventions, unique"))
        }
    }

    @Test func `the layer of a searchable scan that agrees with the picture is no secret`() async throws {
        let layer: [TinyPDF.Item] = [
            .text("Odo Finch", x: 60, y: 80, mode: 3), .text("Gardener of the tovvn park", x: 60, y: 110, mode: 3),
        ]
        let document = try await read(
            TinyPDF(Self.picture + layer).bytes,
            recogniser: FakeRecogniser(["Odo Finch", "Gardener of the town park"])
        )
        #expect(document.text.contains("Gardener of the town park"))
        #expect(document.hidden.isEmpty && document.imageMismatches.isEmpty)
    }

    @Test func `a layer that says what the picture does not is reported`() async throws {
        let layer: [TinyPDF.Item] = [
            .text("Odo Finch", x: 60, y: 80, mode: 3),
            .text("Kubernetes Terraform Prometheus expert", x: 60, y: 110, mode: 3),
        ]
        let document = try await read(
            TinyPDF(Self.picture + layer).bytes,
            recogniser: FakeRecogniser(["Odo Finch", "Gardener of the town park"])
        )
        #expect(document.imageMismatches.map(\.text) == ["Kubernetes Terraform Prometheus expert"])
        #expect(document.hidden == document.imageMismatches)
        #expect(!document.text.contains("Kubernetes"))
    }

    /// Fails as a recogniser does that is not installed or takes too long.
    private struct BrokenRecogniser: PageRecogniser {
        func recognise(
            imagePath: String,
            page: Int,
            dotsPerInch: Int
        ) async throws(PipelineError) -> [RecognisedLine] {
            throw .extraction(.timedOut, "Too slow.")
        }
    }

    @Test func `a picture that cannot be read does not cost the text of other pages`() async throws {
        let text = TinyPDF.Item.text("A page that has ten words of text to be read here", x: 50, y: 80)
        let document = try await read(TinyPDF(Self.picture, [text]).bytes, recogniser: BrokenRecogniser())
        #expect(document.lines.map(\.page) == [2])
        #expect(await code(TinyPDF(Self.picture).bytes, recogniser: BrokenRecogniser()) == .timedOut)
    }

    @Test func `a blank picture lets no layer through`() async {
        let pdf = TinyPDF([
            .picture(x: 60, y: 60, width: 280, height: 380), .text("Kubernetes expert", x: 60, y: 110, mode: 3),
        ])
        #expect(await code(pdf.bytes, recogniser: FakeRecogniser(["ghost"])) == .noText)
    }

    @Test func `without a recogniser the layer of a scan is read, and reported`() async throws {
        let layer: [TinyPDF.Item] = [.text("Gardener of the town park", x: 60, y: 110, mode: 3)]
        let document = try await read(TinyPDF(Self.picture + layer).bytes)
        #expect(document.text == "Gardener of the town park")
        #expect(document.hidden.map(\.reason) == [.invisibleRenderMode])
    }

    /// One page under the password `open sesame`.
    private static let sealed = """
        JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPDM1NWI3ZjNjYmM+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9UeXBl
        IC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cKL1BhZ2Vz
        IDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKL0ZvbnQgPDwKL0YgPDwKL1R5cGUg
        L0ZvbnQKL1N1YnR5cGUgL1R5cGUxCi9CYXNlRm9udCAvSGVsdmV0aWNhCj4+Cj4+Cj4+Ci9NZWRpYUJveCBbIDAuMCAwLjAgMzAw
        IDEwMCBdCi9QYXJlbnQgMiAwIFIKL0NvbnRlbnRzIDUgMCBSCj4+CmVuZG9iago1IDAgb2JqCjw8Ci9MZW5ndGggNTUKPj4Kc3Ry
        ZWFtCl9UD7tmJWd6JV+pkNlJFmdUs8RGrxjDNYt10qMsnix9Asv6Iwi7dGnCfhAp+az72pFnFCqp3AcKZW5kc3RyZWFtCmVuZG9i
        ago2IDAgb2JqCjw8Ci9WIDEKL1IgMgovTGVuZ3RoIDQwCi9QIDAKL0ZpbHRlciAvU3RhbmRhcmQKL08gPGQ1NWQyZWFiYjFiMTFi
        YjUzYWNkZGZkMGJiNTYwZjdhZDk2ZmYwNTVkMmQ2ZjBmNjE1OTRjYzJlZWI0YmRjNjg+Ci9VIDw5YmUyNzQ3Nzc0ZDg2MDk0Zjg0
        NzgxNDU4YTZkMDJmNjU4ZjA2NDg1YWRiYjNmZDJkM2IwNDM4MjA4NjVjNDE4Pgo+PgplbmRvYmoKeHJlZgowIDcKMDAwMDAwMDAw
        MCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAwMDAwNTkgMDAwMDAgbiAKMDAwMDAwMDExOCAwMDAwMCBuIAowMDAw
        MDAwMTY3IDAwMDAwIG4gCjAwMDAwMDAzNDcgMDAwMDAgbiAKMDAwMDAwMDQ1MiAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDcK
        L1Jvb3QgMyAwIFIKL0luZm8gMSAwIFIKL0lEIFsgPGFmNGE4YjIwMzdmMzZhMTkwNDYxNjcxY2I1Nzg3MDRkPiA8YWY0YThiMjAz
        N2YzNmExOTA0NjE2NzFjYjU3ODcwNGQ+IF0KL0VuY3J5cHQgNiAwIFIKPj4Kc3RhcnR4cmVmCjY1NwolJUVPRgo=
        """

    /// The same page, open to all but with every permission withheld.
    private static let restricted = """
        JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPGRiOTg1Y2RlNzY+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9UeXBl
        IC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cKL1BhZ2Vz
        IDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKL0ZvbnQgPDwKL0YgPDwKL1R5cGUg
        L0ZvbnQKL1N1YnR5cGUgL1R5cGUxCi9CYXNlRm9udCAvSGVsdmV0aWNhCj4+Cj4+Cj4+Ci9NZWRpYUJveCBbIDAuMCAwLjAgMzAw
        IDEwMCBdCi9QYXJlbnQgMiAwIFIKL0NvbnRlbnRzIDUgMCBSCj4+CmVuZG9iago1IDAgb2JqCjw8Ci9MZW5ndGggNTUKPj4Kc3Ry
        ZWFtCplJcvK2nb3PL5SIhxW1sOJUR+hEZqI/Z3oSyDxIR6Po2H2AgJ8Wbh++0mq7GPAej9MF2c9oW64KZW5kc3RyZWFtCmVuZG9i
        ago2IDAgb2JqCjw8Ci9WIDEKL1IgMgovTGVuZ3RoIDQwCi9QIDAKL0ZpbHRlciAvU3RhbmRhcmQKL08gPDkyOTIwNTliZGZiN2Y0
        ODczZmEwZjRhZWZiZTI1MDNjODJjYmIxODcwMmYwOTg4OWMwOTk2ZGZlYTExODAzYzI+Ci9VIDw0NDU1NjlhZTE5MDY1NTlmYmFl
        MGIzMDE2OGI1YTdjNWIyYWQ1NmQwZTNiMDMxMWYzNWEwNzM5N2EwNzcwYWE5Pgo+PgplbmRvYmoKeHJlZgowIDcKMDAwMDAwMDAw
        MCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAwMDAwNTkgMDAwMDAgbiAKMDAwMDAwMDExOCAwMDAwMCBuIAowMDAw
        MDAwMTY3IDAwMDAwIG4gCjAwMDAwMDAzNDcgMDAwMDAgbiAKMDAwMDAwMDQ1MiAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDcK
        L1Jvb3QgMyAwIFIKL0luZm8gMSAwIFIKL0lEIFsgPDAwNTQxZTFhY2Q5NGU2OWNlOGY4M2UzZWI0MDM1ZjM0PiA8MDA1NDFlMWFj
        ZDk0ZTY5Y2U4ZjgzZTNlYjQwMzVmMzQ+IF0KL0VuY3J5cHQgNiAwIFIKPj4Kc3RhcnR4cmVmCjY1NwolJUVPRgo=
        """
}
