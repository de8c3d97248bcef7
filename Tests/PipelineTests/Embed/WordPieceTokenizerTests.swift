import Foundation
import Testing

@testable import Pipeline

@Suite struct WordPieceTokenizerTests {
    private let tokenizer: WordPieceTokenizer

    init() throws { tokenizer = try InstalledModel.load().tokenizer }

    @Test func `recorded texts give the pieces that Hugging Face tokenizers gave`() throws {
        var count = 0
        for line in TokenizerCorpus.cases.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            let text = try JSONDecoder().decode(String.self, from: Data(parts[1].utf8))
            let expected = parts[0].split(separator: " ").compactMap { Int32($0) }
            #expect(tokenizer.pieces(of: text, specialTokens: .recognised) == expected, "\(parts[1])")
            count += 1
        }
        #expect(count > 900)
    }

    @Test func `every code point is treated as Hugging Face tokenizers treats it`() throws {
        for line in TokenizerCorpus.blocks.split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { UInt64($0, radix: 16) }
            let first = UInt32(numbers[0])
            let text = (first..<first + 256).compactMap(Unicode.Scalar.init).map { "a\($0)b e\($0) \($0)" }
                .joined(separator: " ")
            let pieces = tokenizer.pieces(of: text, specialTokens: .recognised)
            #expect(fnv1a(pieces) == numbers[1], "block \(String(first, radix: 16))")
        }
    }

    private func fnv1a(_ pieces: [Int32]) -> UInt64 {
        pieces.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    @Test(arguments: ["\u{E9}", "e\u{301}", "\u{301}", "\u{1D165}", "\u{AC01}"])
    func `a word of a hundred thousand accents is one unknown word or none, and soon`(unit: String) {
        let pieces = tokenizer.pieces(of: String(repeating: unit, count: 100_000))
        #expect(pieces == (unit == "\u{301}" ? [] : [100]))
    }

    @Test func `a text is framed by its two marks and cut to 254 pieces`() {
        #expect(tokenizer.encode("") == [101, 102])
        let long = tokenizer.encode(String(repeating: "word ", count: 1000))
        #expect(long.count == 256)
        #expect(long.first == 101 && long.last == 102)
        #expect(tokenizer.encode("hello world", maxPieces: 1) == [101, 7592, 102])
    }

    @Test(arguments: ["[SEP]", "[CLS][SEP][MASK][PAD][UNK]", "[SE[SEP]P]", "a [MASK] b"])
    func `special tokens that the text contains are dropped and cannot be pieced together`(text: String) {
        let marks: Set<Int32> = [0, 100, 101, 102, 103]
        #expect(marks.isDisjoint(with: tokenizer.pieces(of: text)))
        #expect(!marks.isDisjoint(with: tokenizer.pieces(of: text, specialTokens: .recognised)))
    }

    @Test(arguments: [
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n##a\n\nb\n", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n##a\nb\nb\n",
        "[UNK]\n[CLS]\n[SEP]\n[MASK]\n##a\n", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n", "",
    ])
    func `a vocabulary with gaps, doubles or missing marks is refused`(lines: String) {
        #expect(WordPieceTokenizer(vocabulary: Array(lines.utf8)) == nil)
    }
}

@Suite struct WindowsTests {
    private let tokenizer: WordPieceTokenizer

    init() throws { tokenizer = try InstalledModel.load().tokenizer }

    @Test func `text that fits is one window, and no text is an empty one`() {
        #expect(tokenizer.windows(of: "Nurse.") == [tokenizer.encode("Nurse.")])
        #expect(tokenizer.windows(of: " \n") == [tokenizer.encode("")])
    }

    @Test(arguments: [255, 508, 509, 2_000])
    func `long text is cut into even windows that hold every piece in order`(count: Int) {
        let text = (0..<count).map { ["one", "two", "three", "four"][$0 % 4] }.joined(separator: " ")
        let windows = tokenizer.windows(of: text)
        let lengths = windows.map(\.count)
        #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
        #expect(lengths.allSatisfy { $0 <= 256 })
        #expect(windows.count == (count + 253) / 254)
        #expect(windows.flatMap { $0.dropFirst().dropLast() } == tokenizer.pieces(of: text))
    }
}
