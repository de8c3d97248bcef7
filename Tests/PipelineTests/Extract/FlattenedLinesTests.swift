import Testing

@testable import Pipeline

@Suite struct FlattenedLinesTests {
    private static let prose = String(repeating: "Baked bread for the whole town every morning of the year. ", count: 8)

    private func lines(_ text: String) -> [String] { PlainTextReader.read(text: text, as: .plain).lines.map(\.text) }

    @Test func `runs of spaces in a text on one line are its line breaks`() {
        let text = "Ada Moss  12 Mill Lane    Summary  \(Self.prose)  Skills  Bread, soup"
        let document = PlainTextReader.read(text: text, as: .plain)
        #expect(
            document.lines.map(\.text).filter { $0.count < 30 } == [
                "Ada Moss", "12 Mill Lane", "Summary", "Skills", "Bread, soup",
            ]
        )
        #expect(document.lines[1].block == document.lines[0].block)
        #expect(document.lines[2].block > document.lines[1].block)
    }

    @Test func `doubled blanks throughout are no line breaks`() {
        #expect(lines(Self.prose.replacing(" ", with: "  ")).count == 1)
    }

    @Test func `a short line keeps its spaces' place`() {
        #expect(lines("Ada Moss  Bern  Baker at large").count == 1)
    }
}
