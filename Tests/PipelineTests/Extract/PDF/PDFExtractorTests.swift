import Testing

@testable import Pipeline

/// What is read from files that the tests write themselves; needs poppler-utils.
struct PDFExtractorTests {
    /// Reads one file and checks on the way what must hold for every document.
    private func read(
        _ pdf: TinyPDF,
        recogniser: (any PageRecogniser)? = nil,
        limits: PDFExtractor.Limits = .init()
    ) async throws -> ExtractedDocument {
        let document = try await TinyPDF.withFile(pdf.bytes) { path, folder in
            try await PDFExtractor(workFolder: folder, limits: limits, recogniser: recogniser).extract(path: path)
        }
        let text = Array(document.text.unicodeScalars)
        for line in document.lines {
            let scalars = Array(line.text.unicodeScalars)
            #expect(text[line.offset..<(line.offset + scalars.count)].elementsEqual(scalars))
        }
        return document
    }

    private func lines(_ document: ExtractedDocument) -> [String] { document.lines.map(\.text) }

    /// Lines of filler, one under the other.
    private func column(_ words: [String], x: Double, from y: Double = 100, step: Double = 13) -> [TinyPDF.Item] {
        words.enumerated().map { .text($1, x: x, y: y + Double($0) * step) }
    }

    @Test func `lines have their text, size, weight and place`() async throws {
        let document = try await read(
            TinyPDF([.text("Mira Talbot", x: 50, y: 80, size: 20, bold: true), .text("Baker", x: 50, y: 120)])
        )
        #expect(lines(document) == ["Mira Talbot", "Baker"])
        #expect(document.mediaType == "application/pdf" && document.pageCount == 1)
        let title = try #require(document.lines.first)
        #expect(title.style == .bold)
        #expect(abs((title.fontSize ?? 0) - 20) < 1)
        #expect(abs((title.box?.x ?? 0) - 50) < 2 && abs((title.box?.y ?? 0) - 66) < 6)
        #expect(document.lines[1].style == [] && document.lines[1].block != title.block)
        #expect(document.hidden.isEmpty && !document.usedOCR)
    }

    @Test func `a date at the right margin stays on its line`() async throws {
        let document = try await read(
            TinyPDF([
                .text("Pastry Cook, Corner Bakery", x: 50, y: 100, bold: true), .text("2019 - 2021", x: 480, y: 100),
                .text(
                    "Baked bread and rolls for a street of three hundred houses every day of the week, also on Sundays.",
                    x: 50,
                    y: 113
                ),
                .text("Dishwasher, Harbour Inn", x: 50, y: 140, bold: true), .text("2017 - 2019", x: 480, y: 140),
                .text(
                    "Washed dishes for as many guests as the inn could hold, which on some days was more than two hundred.",
                    x: 50,
                    y: 153
                ),
            ])
        )
        #expect(lines(document).first == "Pastry Cook, Corner Bakery\t2019 - 2021")
        #expect(document.lines.first?.gaps == [27])
        #expect(document.lines.count == 4)
        #expect(
            document.lines[0].block == document.lines[1].block && document.lines[1].block != document.lines[2].block
        )
    }

    @Test func `a side bar is read apart from the main column`() async throws {
        let left = ["Skills", "Kneading", "Glazing", "Piping", "Tempering", "Proofing", "Plating", "Costing"]
        let right = (0..<12).map { "Main line \($0) of the text that tells at length what was done and where" }
        let document = try await read(TinyPDF(column(left, x: 40, step: 17) + column(right, x: 200)))
        #expect(lines(document) == left + right)
    }

    @Test func `a name over the second column comes first`() async throws {
        let name: [TinyPDF.Item] = [.text("Mira Talbot", x: 200, y: 50, size: 20), .text("Baker", x: 200, y: 70)]
        let left = ["Skills", "Kneading", "Glazing", "Piping", "Tempering", "Proofing"]
        let right = (0..<12).map { "Main line \($0) of the text that tells at length what was done and where" }
        let document = try await read(TinyPDF(name + column(left, x: 40, step: 17) + column(right, x: 200)))
        #expect(lines(document) == ["Mira Talbot", "Baker"] + left + right)
    }

    @Test func `a bullet far from its item belongs to it`() async throws {
        let document = try await read(
            TinyPDF([
                .text("*", x: 50, y: 80), .text("Led a team of four", x: 90, y: 80), .text("Plain", x: 50, y: 120),
            ])
        )
        #expect(lines(document) == ["* Led a team of four", "Plain"])
        #expect(document.lines[0].style == .listItem)
    }

    @Test func `two columns of prose on one grid are read one after the other`() async throws {
        let left = (0..<10).map { "left \($0) runs on to the edge of its own column" }
        let right = (0..<10).map { "right \($0) runs on to the edge of its column too" }
        let document = try await read(TinyPDF(column(left, x: 40) + column(right, x: 310)))
        #expect(lines(document) == left + right)
    }

    @Test func `dates in a narrow left column stay with their entries`() async throws {
        var items: [TinyPDF.Item] = []
        for entry in 0..<4 {
            let y = 100 + Double(entry) * 60
            items.append(.text("201\(entry) - 201\(entry + 1)", x: 40, y: y))
            items += column(["Cook number \(entry)", "The Long Table", "Cooked what was asked for"], x: 160, from: y)
        }
        let document = try await read(TinyPDF(items))
        #expect(
            lines(document).prefix(3) == ["2010 - 2011\tCook number 0", "The Long Table", "Cooked what was asked for"]
        )
        #expect(lines(document).count == 12)
    }

    @Test func `letters set apart are closed up to words`() async throws {
        let document = try await read(
            TinyPDF([
                .text("WORK EXPERIENCE", x: 50, y: 80, size: 12, spacing: 6),
                .text("Plain text below it", x: 50, y: 120),
            ])
        )
        #expect(lines(document) == ["WORK EXPERIENCE", "Plain text below it"])
    }

    @Test func `a line of bold type made by drawing it twice is read once`() async throws {
        let document = try await read(
            TinyPDF([
                .text("Twice as bold", x: 50, y: 80), .text("Twice as bold", x: 50.3, y: 80),
                .text("Once", x: 50, y: 120),
            ])
        )
        #expect(lines(document) == ["Twice as bold", "Once"])
    }

    @Test func `links are listed once, those inside the file left out`() async throws {
        let document = try await read(
            TinyPDF([
                .text("Portfolio and again", x: 50, y: 80),
                .link("https://talbot.example.org/cakes", x: 50, y: 70, width: 40, height: 12),
                .text("mira@example.org", x: 50, y: 100),
                .link("mailto:mira@example.org", x: 50, y: 90, width: 90, height: 12),
            ])
        )
        #expect(document.links == ["https://talbot.example.org/cakes", "mailto:mira@example.org"])
    }

    @Test func `lines that repeat on every page are running heads`() async throws {
        let pages = (1...3).map { page -> [TinyPDF.Item] in
            [.text("Mira Talbot - page \(page) of 3", x: 50, y: 40), .text("Text number \(page)", x: 50, y: 300)]
        }
        let document = try await read(TinyPDF(pages[0], pages[1], pages[2]))
        #expect(document.pageCount == 3)
        #expect(document.lines.map { $0.style.contains(.runningHead) } == [true, false, true, false, true, false])
        #expect(document.text.split(separator: "\u{0C}\n").count == 3)
        #expect(document.lines.map(\.page) == [1, 1, 2, 2, 3, 3])
    }

    @Test func `bullets mark items of a list and picture letters are dropped`() async throws {
        var pdf = TinyPDF([.text("@ Led a team of four", x: 50, y: 80), .text("# 555 0100", x: 50, y: 120)])
        pdf.toUnicode = Dictionary(uniqueKeysWithValues: (32...126).map { ($0, UInt32($0)) })
        pdf.toUnicode[UInt8(ascii: "@")] = 0x2022
        pdf.toUnicode[UInt8(ascii: "#")] = 0xF095
        let document = try await read(pdf)
        #expect(lines(document) == ["\u{2022} Led a team of four", "555 0100"])
        #expect(document.lines[0].style == .listItem)
    }

    @Test func `ligatures are spelled out and text is composed`() async throws {
        var pdf = TinyPDF([.text("O@ce # of Jose^", x: 50, y: 80)])
        pdf.toUnicode = Dictionary(uniqueKeysWithValues: (32...126).map { ($0, UInt32($0)) })
        pdf.toUnicode[UInt8(ascii: "@")] = 0xFB03
        pdf.toUnicode[UInt8(ascii: "#")] = 0x2014
        pdf.toUnicode[UInt8(ascii: "^")] = 0x301
        let document = try await read(pdf)
        #expect(
            lines(document).first.map { Array($0.unicodeScalars) }
                == Array("Office \u{2014} of Jos\u{E9}".unicodeScalars)
        )
    }
}
