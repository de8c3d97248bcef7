/// How many of a job's telling words a resume uses, each weighed by a fixed table.
struct LexicalScorer: Sendable {
    private let terms: [(word: String, weight: Int)]
    private let total: Int

    /// Reads the job's words; a word counts up to three times.
    init(query: String, table: TermTable) {
        var counts: [String: Int] = [:]
        var order: [String] = []
        let scalars = Array(query.unicodeScalars)
        for word in WordToken.words(in: scalars, range: 0..<scalars.count) {
            if counts[word.folded] == nil { order.append(word.folded) }
            counts[word.folded, default: 0] += 1
        }
        terms = order.compactMap { word in
            let weight = table.weight(of: word) * min(3, counts[word, default: 0])
            return weight > 0 ? (word, weight) : nil
        }
        total = terms.reduce(0) { $0 + $1.weight }
    }

    /// The share of the query's weight that `counts` covers; a word used often covers more, with falling gain.
    ///
    /// - Parameter counts: How often each folded word stands in the resume.
    /// - Returns: 0 for a query without telling words.
    func score(_ counts: [String: Int]) -> BasisPoints {
        guard total > 0 else { return 0 }
        var covered = 0
        for (word, weight) in terms {
            // f / (f + 1.2), as BM25 saturates term frequency.
            let frequency = min(1_000, counts[word] ?? 0)
            if frequency > 0 { covered += weight * (frequency * 100_000 / (10 * frequency + 12)) }
        }
        return covered / total
    }
}
