import Testing

@testable import Pipeline

@Suite struct QuoteCutterTests {
    @Test func `quotes are exact, whole words, and never cross a line`() throws {
        let text =
            "First line\n• " + String(repeating: "wörd ", count: 60) + "needle " + String(repeating: "mehr ", count: 60)
            + "\nlast"
        let scalars = Array(text.unicodeScalars)
        let start = try #require(scalars.indices.first { scalars[$0...].starts(with: "needle".unicodeScalars) })
        let document = ExtractedDocument(plainText: text)
        let quote = try #require(
            QuoteCutter(scalars, PageIndex(document)).quotes([start..<start + 6], atMost: 3).first
        )
        #expect(scalars[quote.range].elementsEqual(quote.quote.unicodeScalars))
        #expect(quote.quote.contains("needle"))
        #expect(!quote.quote.contains("\n"))
        #expect(quote.quote.unicodeScalars.count <= QuoteCutter.maxLength)
        #expect(quote.quote.split(separator: " ").allSatisfy { ["wörd", "needle", "mehr"].contains($0) })
    }

    @Test func `two passages of one line give one quote`() {
        let scalars = Array("alpha beta gamma".unicodeScalars)
        let document = ExtractedDocument(plainText: "alpha beta gamma")
        let quotes = QuoteCutter(scalars, PageIndex(document)).quotes([0..<5, 6..<10], atMost: 3)
        #expect(quotes.map(\.quote) == ["alpha beta gamma"])
    }
}
