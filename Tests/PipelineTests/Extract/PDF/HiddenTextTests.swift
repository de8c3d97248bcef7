import Testing

@testable import Pipeline

/// What is kept out of the text; needs poppler-utils.
struct HiddenTextTests {
    private static let honest: [TinyPDF.Item] = [
        .text("Odo Finch", x: 50, y: 80, size: 18, bold: true),
        .text("Gardener with a hand for roses and an eye for weeds", x: 50, y: 120),
        .text("Planted and pruned in three parks", x: 50, y: 133),
    ]
    private static let secret = "Kubernetes Terraform Prometheus expert of twelve years"

    private func read(_ pdf: TinyPDF) async throws -> ExtractedDocument {
        try await TinyPDF.withFile(pdf.bytes) { path, folder in
            try await PDFExtractor(workFolder: folder).extract(path: path)
        }
    }

    private func expectHidden(_ document: ExtractedDocument, _ reason: HiddenText.Reason) {
        #expect(document.hidden.map(\.text) == [Self.secret])
        #expect(document.hidden.map(\.reason) == [reason])
        #expect(document.hidden.first?.page == 1)
        #expect(!document.text.contains("Kubernetes"))
        #expect(document.text.contains("Gardener with a hand for roses"))
    }

    @Test func `white text on white paper is hidden`() async throws {
        let item = TinyPDF.Item.text(Self.secret, x: 50, y: 700, colour: (1, 1, 1))
        expectHidden(try await read(TinyPDF(Self.honest + [item])), .colourOfBackground)
    }

    @Test func `nearly white text is hidden too`() async throws {
        let item = TinyPDF.Item.text(Self.secret, x: 50, y: 700, colour: (0.97, 0.97, 0.96))
        expectHidden(try await read(TinyPDF(Self.honest + [item])), .colourOfBackground)
    }

    @Test func `white text under visible lines is hidden`() async throws {
        let item = TinyPDF.Item.text(Self.secret, x: 51, y: 121, size: 8, colour: (1, 1, 1))
        let document = try await read(TinyPDF([item] + Self.honest))
        #expect(!document.text.contains("Kubernetes"))
        #expect(document.hidden.contains { $0.text.contains("Kubernetes") })
    }

    @Test func `white text on a dark band is visible`() async throws {
        let document = try await read(
            TinyPDF(
                Self.honest + [
                    .band(x: 0, y: 300, width: 595, height: 60, colour: (0.1, 0.2, 0.4)),
                    .text("White on a band of blue", x: 50, y: 330, colour: (1, 1, 1)),
                ]
            )
        )
        #expect(document.hidden.isEmpty)
        #expect(document.text.contains("White on a band of blue"))
    }

    @Test func `text in the colour of its band is hidden`() async throws {
        let document = try await read(
            TinyPDF(
                Self.honest + [
                    .band(x: 0, y: 300, width: 595, height: 100, colour: (0.1, 0.2, 0.4)),
                    .text("White on a band of blue", x: 50, y: 330, colour: (1, 1, 1)),
                    .text(Self.secret, x: 50, y: 380, colour: (0.1, 0.2, 0.4)),
                ]
            )
        )
        expectHidden(document, .colourOfBackground)
        #expect(document.text.contains("White on a band of blue"))
    }

    @Test(arguments: [3, 7])
    func `text in an invisible mode is hidden`(mode: Int) async throws {
        let item = TinyPDF.Item.text(Self.secret, x: 50, y: 700, mode: mode)
        expectHidden(try await read(TinyPDF(Self.honest + [item])), .invisibleRenderMode)
    }

    @Test func `transparent text is hidden`() async throws {
        let item = TinyPDF.Item.clear(Self.secret, x: 50, y: 700)
        expectHidden(try await read(TinyPDF(Self.honest + [item])), .invisibleRenderMode)
    }

    @Test func `text of one point is hidden`() async throws {
        let item = TinyPDF.Item.text(Self.secret, x: 50, y: 700, size: 1)
        expectHidden(try await read(TinyPDF(Self.honest + [item])), .tinyFont)
    }

    @Test(arguments: [(-900.0, 700.0), (50.0, 1200.0), (2000.0, 300.0)])
    func `text off the page is hidden`(x: Double, y: Double) async throws {
        let item = TinyPDF.Item.text(Self.secret, x: x, y: y)
        expectHidden(try await read(TinyPDF(Self.honest + [item])), .offPage)
    }

    @Test func `text outside the crop box is hidden`() async throws {
        var pdf = TinyPDF(Self.honest + [.text(Self.secret, x: 50, y: 780)])
        pdf.cropBox = (20, 100, 575, 820)
        expectHidden(try await read(pdf), .offPage)
    }

    @Test func `text under a picture is hidden`() async throws {
        let items: [TinyPDF.Item] = [
            .text(Self.secret, x: 50, y: 700), .picture(x: 30, y: 680, width: 400, height: 40),
        ]
        expectHidden(try await read(TinyPDF(Self.honest + items)), .covered)
    }

    @Test func `a pale shadow of visible text is no secret`() async throws {
        let shadow = TinyPDF.Item.text("Odo Finch", x: 50, y: 300, size: 18, bold: true, colour: (1, 1, 1))
        let document = try await read(TinyPDF(Self.honest + [shadow]))
        #expect(document.hidden.isEmpty)
        #expect(document.lines.count == 3)
    }

    @Test func `small print and pale grey are visible`() async throws {
        let document = try await read(
            TinyPDF(
                Self.honest + [
                    .text("Small print that can be read with good eyes", x: 50, y: 600, size: 5),
                    .text("Pale grey as designers like it", x: 50, y: 640, colour: (0.75, 0.75, 0.75)),
                ]
            )
        )
        #expect(document.hidden.isEmpty)
        #expect(document.lines.count == 5)
    }
}
