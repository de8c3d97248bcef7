import Foundation
import Testing

@testable import Pipeline

@Suite struct EmbeddingModelTests {
    @Test func `the integer kernel agrees with plain fp32 to a hundred-thousandth of the cosine`() throws {
        let model = try InstalledModel.load()
        let scratch = try EmbeddingScratch()
        var worst = 0.0
        for text in SampleTexts.all {
            let tokens = model.tokenizer.encode(text)
            worst = max(
                worst,
                1 - cosine(try model.embed(tokens, scratch: scratch), try model.embedByReference(tokens))
            )
        }
        #expect(worst <= 1e-5)
    }

    @Test func `every path gives the same bits for every length`() throws {
        let model = try InstalledModel.load()
        let scratch = try EmbeddingScratch()
        let paths = EmbeddingPath.available
        #expect(paths.contains(.fastest))
        var generator = SeededNumbers(seed: 20_261_123)
        for length in [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 31, 47, 48, 49, 64, 97, 128, 255, 256] {
            let tokens = (0..<length).map { _ in Int32(generator.next() % 30522) }
            let expected = try model.embed(tokens, path: paths[0], scratch: scratch)
            for path in paths.dropFirst() {
                #expect(
                    try model.embed(tokens, path: path, scratch: scratch) == expected,
                    "\(path.name), \(length) tokens"
                )
            }
        }
    }

    @Test func `a sequence leaves nothing behind in the scratch`() throws {
        let model = try InstalledModel.load()
        let short = model.tokenizer.encode("nurse")
        let long = model.tokenizer.encode(SampleTexts.all[10])
        let fresh = try model.embed(short, scratch: EmbeddingScratch())
        let scratch = try EmbeddingScratch()
        _ = try model.embed(long, scratch: scratch)
        #expect(try model.embed(short, scratch: scratch) == fresh)
    }

    @Test func `vectors have length one and tell meanings apart`() throws {
        let model = try InstalledModel.load()
        let scratch = try EmbeddingScratch()
        let texts = ["iOS developer who writes Swift", "mobile app engineer for iPhone", "pastry chef in a hotel"]
        let vectors = try texts.map { try model.embed(model.tokenizer.encode($0), scratch: scratch) }
        for vector in vectors { #expect(abs(cosine(vector, vector) - 1) < 1e-6) }
        #expect(cosine(vectors[0], vectors[1]) > cosine(vectors[0], vectors[2]) + 0.2)
    }

    @Test(arguments: [[], [101, -1, 102], [30522], Array(repeating: 5, count: 257)] as [[Int32]])
    func `tokens that the model cannot read are refused`(tokens: [Int32]) throws {
        let model = try InstalledModel.load()
        #expect(throws: EmbeddingModelError.unreadableTokens(count: tokens.count)) {
            try model.embed(tokens, scratch: EmbeddingScratch())
        }
    }

    @Test func `the digest is that of the published files`() throws {
        let model = try InstalledModel.load()
        #expect(model.isPublished)
        #expect(model.digest.count == 64)
    }

    private func cosine(_ a: [Float], _ b: [Float]) -> Double {
        func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
}

/// A small generator whose numbers depend on its seed alone.
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
