import Testing

@testable import Pipeline

/// In which order the lines of a page are read, without any file.
struct ReadingOrderTests {
    /// A line at a place; its letters are five points wide and ten high.
    private struct Piece {
        var text: String
        var x: Double
        var y: Double
    }

    private func column(_ lines: [String], x: Double, from y: Double, step: Double = 14) -> [Piece] {
        lines.enumerated().map { Piece(text: $1, x: x, y: y + Double($0) * step) }
    }

    /// The lines of a page that `pdftotext` gives in one order and the file draws in another, if that is known.
    private func read(_ pieces: [Piece], drawn: [Piece] = []) -> [String] {
        var page = PDFExtractor.Page(number: 1, width: 595, height: 842)
        let font = PDFExtractor.Font(size: 10, family: "", colour: .black, opacity: 1)
        page.segments = drawn.map {
            PDFExtractor.Segment(text: $0.text, edges: edges($0), font: font, bold: false, italic: false)
        }
        page.fragments = pieces.enumerated().compactMap { index, piece in
            let place = drawn.firstIndex { $0.text == piece.text && $0.y == piece.y }
            var x = piece.x
            let words = piece.text.split(separator: " ").map { word in
                let width = 5 * Double(word.unicodeScalars.count)
                defer { x += width + 5 }
                let edges = PDFExtractor.Edges(left: x, top: piece.y, right: x + width, bottom: piece.y + 10)
                return PDFExtractor.Word(text: String(word), edges: edges, segment: place)
            }
            return PDFExtractor.Fragment(words: words, block: index)
        }
        return PageText(page).lines.map { $0.stretches.joined(separator: " | ") }
    }

    private func edges(_ piece: Piece) -> PDFExtractor.Edges {
        PDFExtractor.Edges(
            left: piece.x,
            top: piece.y,
            right: piece.x + 5 * Double(piece.text.unicodeScalars.count),
            bottom: piece.y + 10
        )
    }

    /// Pieces line by line, from the left.
    private func byLine(_ pieces: [Piece]) -> [Piece] { pieces.sorted { ($0.y, $0.x) < ($1.y, $1.x) } }

    private let bakery = [
        "Work", "Pastry Cook", "Corner Bakery", "Baked bread for a whole street", "and rolls on Sundays", "Dishwasher",
        "Harbour Inn", "Washed dishes for many guests", "and dried them", "Helper",
    ]
    private let school = ["School", "Diploma in Baking", "Northport College", "Skills", "Kneading, glazing", "Piping"]

    @Test func `columns on one grid are read one after the other if they are drawn so`() {
        let (left, right) = (column(bakery, x: 40, from: 100), column(school, x: 310, from: 100))
        #expect(read(byLine(left + right), drawn: left + right) == bakery + school)
    }

    @Test func `a column is read first that is drawn first`() {
        let (left, right) = (column(school, x: 40, from: 100), column(bakery, x: 200, from: 100))
        #expect(read(left + right, drawn: right + left) == bakery + school)
    }

    @Test func `columns of prose drawn line by line are parted by their gutter`() {
        let texts = (0..<8).map { "line \($0) of a text that fills all of its column" }
        let (left, right) = (column(texts, x: 40, from: 100), column(texts.map { "R" + $0 }, x: 310, from: 100))
        #expect(read(byLine(left + right), drawn: byLine(left + right)) == texts + texts.map { "R" + $0 })
    }

    @Test func `an order of drawing that goes up within a column is not believed`() {
        let lines = column(bakery, x: 40, from: 100)
        #expect(read(lines, drawn: lines.reversed()) == bakery)
    }

    @Test func `an address too long for its side bar ends no column`() {
        let side = ["Mira Talbot", "mira.talbot.bakes@example.org", "Bern", "Skills", "Kneading", "Glazing", "Piping"]
        let (left, right) = (column(side, x: 40, from: 100, step: 17), column(bakery, x: 180, from: 107))
        #expect(edges(left[1]).right > 180)
        #expect(read(byLine(left + right)) == side + bakery)
        #expect(read(byLine(left + right), drawn: left + right) == side + bakery)
    }

    @Test func `a heading under a side bar belongs to what runs on below both`() {
        let side = ["Mira Talbot", "Bern", "Skills", "Kneading", "Glazing", "Piping", "Icing", "Boning", "Plating"]
        let (left, right) = (column(side, x: 40, from: 100), column(bakery.dropLast(3) + [], x: 200, from: 107))
        let below = [
            Piece(text: "Projects", x: 40, y: 250),
            Piece(text: "A cake as high as a house that all of the town came to see and to eat", x: 40, y: 266),
        ]
        let expected = side + bakery.dropLast(3) + below.map(\.text)
        #expect(read(left + below + right) == expected)
        #expect(read(left + below + right, drawn: left + right + below) == expected)
    }

    @Test func `a table at the head of a page leaves the lines below in order`() {
        let head = [
            Piece(text: "Mira Talbot", x: 40, y: 40), Piece(text: "Baker", x: 310, y: 40),
            Piece(text: "mira@example.org", x: 40, y: 60), Piece(text: "555 010 77", x: 310, y: 60),
        ]
        let body = column(bakery, x: 40, from: 100)
        let last = Piece(text: "Northport College", x: 40, y: 300)
        let lines = read(head + [last] + body)
        #expect(Array(lines.suffix(11)) == bakery + ["Northport College"])
    }

    @Test func `labels and values drawn row by row share a line`() {
        let rows = [("Tools", "Oven, mixer"), ("Methods", "Proofing"), ("Other", "None")]
        var pieces = [Piece(text: "Skills", x: 40, y: 80)]
        for (index, row) in rows.enumerated() {
            let y = 100 + 14 * Double(index)
            pieces += [Piece(text: row.0, x: 40, y: y), Piece(text: row.1, x: 150, y: y)]
        }
        pieces += [Piece(text: "Languages", x: 40, y: 160), Piece(text: "Welsh", x: 40, y: 174)]
        let expected = [
            "Skills", "Tools | Oven, mixer", "Methods | Proofing", "Other | None", "Languages", "Welsh",
        ]
        #expect(read(pieces.sorted { $0.x < $1.x }, drawn: pieces) == expected)
    }

    @Test func `a date keeps its title beside a side bar on the right`() {
        var main: [Piece] = []
        for entry in 0..<3 {
            let y = 100 + 56 * Double(entry)
            main += [
                Piece(text: "Cook \(entry)", x: 40, y: y), Piece(text: "201\(entry) - 201\(entry + 1)", x: 300, y: y),
            ]
            main += column(["Long Table \(entry)", "Cooked what was asked for", "and more"], x: 40, from: y + 14)
        }
        let side = column((0..<12).map { "Item \($0)" }, x: 420, from: 100)
        let lines = read(byLine(main + side), drawn: main + side)
        #expect(lines.count == 24)
        #expect(lines.first == "Cook 0 | 2010 - 2011" && lines[4] == "Cook 1 | 2011 - 2012")
        #expect(Array(lines.suffix(12)) == (0..<12).map { "Item \($0)" })
    }

    @Test func `two that share a baseline by chance stay apart`() {
        // The date reaches to the gutter, so that only the strip right before the second column is empty.
        var left = column(bakery, x: 40, from: 100)
        left.insert(Piece(text: "01/2022 - 12/2023", x: 216, y: 114), at: 2)
        let right = column(["School", "Diploma", "College", "Skills", "Kneading"], x: 310, from: 100, step: 28)
        let lines = read(byLine(left + right), drawn: left + right)
        #expect(lines.contains("Pastry Cook | 01/2022 - 12/2023"))
        #expect(Array(lines.suffix(5)) == ["School", "Diploma", "College", "Skills", "Kneading"])
    }
}
