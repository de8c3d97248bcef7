import Testing

@testable import Pipeline

/// How lines and words are put in order, without any file.
struct LineOrderTests {
    private typealias Word = PDFExtractor.Word

    /// Words in a row from left to right, ten points high.
    private func row(_ words: [String], x: Double = 0, y: Double = 0) -> [Word] {
        var x = x
        return words.map { text in
            let width = 6 * Double(text.unicodeScalars.count)
            defer { x += width + 3 }
            return Word(text: text, edges: .init(left: x, top: y, right: x + width, bottom: y + 10))
        }
    }

    private func line(_ text: String, block: Int = 0) -> PageText.Line {
        PageText.Line(
            stretches: [text],
            edges: .init(left: 0, top: 0, right: 100, bottom: 10),
            page: 1,
            fontSize: 10,
            style: [],
            block: block
        )
    }

    @Test(arguments: [
        (
            ["\u{5DD}\u{5DC}\u{5D5}\u{5E2}", "\u{5DD}\u{5D5}\u{5DC}\u{5E9}"],
            "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{5E2}\u{5D5}\u{5DC}\u{5DD}"
        ),
        (["2019", "\u{5D1}\u{5D0}"], "\u{5D0}\u{5D1} 2019"),
        (["Tel-Aviv", "2019", "\u{5D1}\u{5D0}", "\u{5D3}\u{5D2}"], "\u{5D2}\u{5D3} \u{5D0}\u{5D1} Tel-Aviv 2019"),
        (["in", "\u{5D1}\u{5D0}", "\u{5D3}\u{5D2}", "since", "May"], "in \u{5D2}\u{5D3} \u{5D0}\u{5D1} since May"),
        (["(\u{5D1}\u{5D0})"], "(\u{5D0}\u{5D1})"),
        (["\u{FEE2}\u{FECC}\u{FEE7}"], "\u{646}\u{639}\u{645}"),
        (["plain", "2019", "text"], "plain 2019 text"),
    ])
    func `words from right to left come in the order of reading`(visual: [String], logical: String) {
        #expect(LineText.text(of: row(visual)) == logical)
    }

    @Test func `letters set apart need enough of them, and different ones`() {
        #expect(LineText.text(of: row(["S", "K", "I", "L", "L", "S"])) == "SKILLS")
        #expect(LineText.text(of: row(["B", "C", "E"])) == "B C E")
        #expect(LineText.text(of: row(["o", "o", "o", "o", "o", "o"])) == "o o o o o o")
    }

    @Test func `a divided word is joined when the file shows how it is written`() {
        var lines = [
            line("management of a full-stack team"), line("years of manage-"), line("ment, and of full-"),
            line("stack and embed-"), line("ding work"),
        ]
        Hyphenation.join(&lines)
        #expect(
            lines.flatMap(\.stretches) == [
                "management of a full-stack team", "years of management,", "and of full-stack", "and embed-",
                "ding work",
            ]
        )
    }

    @Test func `a word is not joined over the end of a block`() {
        var lines = [line("management"), line("manage-"), line("ment", block: 1)]
        Hyphenation.join(&lines)
        #expect(lines.count == 3)
    }

    @Test func `rows keep every fragment once, whatever their places`() {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var state = seed
        func next(_ bound: Double) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 31) * bound
        }
        for _ in 0..<50 {
            let fragments = (0..<60).compactMap { index in
                PDFExtractor.Fragment(words: row(["w\(index)"], x: next(500), y: next(200)), block: index)
            }
            let rows = ColumnOrder.ordered(RowMerger(fragments).rows(), fromRight: false)
            let words = rows.flatMap(\.fragments).flatMap(\.words).map(\.text)
            #expect(words.count == 60 && Set(words).count == 60, "seed \(seed)")
        }
    }
}
