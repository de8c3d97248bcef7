internal import Foundation

/// Weights of words: how much a word tells of a trade.
///
/// Fixed, so that no score depends on who else applied.
public struct TermTable: Sendable {
    /// SHA-256 of the table's file, in lower-case hexadecimal.
    public let version: String
    private let weights: [String: Int]

    /// What is wrong with a table.
    public struct LoadError: Error, Sendable, CustomStringConvertible {
        /// What is wrong, and the way to mend it.
        public let description: String
    }

    /// Loads the table that `Scripts/build-terms` wrote.
    ///
    /// - Parameter path: A file of `word<TAB>weight` lines, weights in thousandths.
    /// - Throws: ``LoadError`` when the file is missing or a line is damaged.
    public init(contentsOf path: String) throws(LoadError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LoadError(description: "no term table at \(path); run Scripts/install-skills")
        }
        var weights: [String: Int] = [:]
        for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            let parts = line.split(separator: UInt8(ascii: "\t"))
            guard parts.count == 2, let weight = Int(String(decoding: parts[1], as: UTF8.self)),
                (0...100_000).contains(weight)
            else {
                throw LoadError(description: "line \(number + 1) of \(path) is damaged; run Scripts/install-skills")
            }
            weights[String(decoding: parts[0], as: UTF8.self)] = weight
        }
        self.weights = weights
        version = Digest.sha256(data)
    }

    /// A table for tests.
    init(weights: [String: Int]) {
        self.weights = weights
        version = "test"
    }

    /// Thousandths; 0 for a word that the table does not hold.
    func weight(of word: String) -> Int { weights[word] ?? 0 }
}
