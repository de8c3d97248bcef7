/// Finds lists that no person's skills fill, and words repeated beyond any prose.
struct StuffingScanner {
    /// A list of at least this many short items is more than a reader would believe.
    static let maxListItems = 120
    /// Items longer than this are clauses, not names.
    static let maxItemWords = 6
    /// A word may stand this often, and be this many hundredths of all words, before it counts as repeated.
    static let maxRepeats = 30
    static let maxRepeatShare = 6
    /// The same word, or pair of words, so many times in a row is no prose.
    static let maxRun = 5

    /// Lists with too many items, in order.
    ///
    /// A list is a stretch of short items between commas, semicolons, bars, bullets or line breaks; a clause ends it.
    func lists(in scalars: [Unicode.Scalar], range: Range<Int>) -> [IntegrityReport.StuffedList] {
        var found: [IntegrityReport.StuffedList] = []
        var (first, last, count, words) = (range.lowerBound, range.lowerBound, 0, 0)
        var inWord = false
        var itemStart = range.lowerBound
        var clauses = 0
        func closeList() {
            if count >= Self.maxListItems {
                found.append(.init(range: first..<last, itemCount: count))
            }
            (count, clauses) = (0, 0)
        }
        func closeItem(at end: Int) {
            defer { (words, inWord, itemStart) = (0, false, end + 1) }
            guard words > 0 else { return }
            if words <= Self.maxItemWords {
                if count == 0 { first = itemStart }
                count += 1
                last = end
                clauses = 0
            } else {
                // One wrapped or odd line does not end a list of hundreds; two clauses in a row do.
                clauses += 1
                if clauses > 1 { closeList() }
            }
        }
        for index in range {
            let scalar = scalars[index]
            if Self.separators.contains(scalar) {
                // A wrapped line inside a comma list is one item going on.
                if scalar == "\n", index + 1 < range.upperBound, scalars[index + 1] != "\n",
                    !endsItem(scalars, before: index)
                {
                    inWord = false
                    continue
                }
                closeItem(at: index)
            } else if scalar.isWhitespace {
                inWord = false
            } else if !inWord {
                inWord = true
                words += 1
            }
        }
        closeItem(at: range.upperBound)
        closeList()
        return found
    }

    /// Words repeated beyond prose, each once with the place of its first use and its count, the most frequent first.
    func repeats(in scalars: [Unicode.Scalar], range: Range<Int>) -> [(word: WordToken, count: Int)] {
        let words = WordToken.words(in: scalars, range: range).filter { $0.folded.unicodeScalars.count > 2 }
        var counts: [String: Int] = [:]
        var firsts: [WordToken] = []
        for word in words {
            if counts[word.folded] == nil { firsts.append(word) }
            counts[word.folded, default: 0] += 1
        }
        var found: [(word: WordToken, count: Int)] = []
        for word in firsts where !Self.commonWords.contains(word.folded) {
            let count = counts[word.folded, default: 0]
            if count > Self.maxRepeats && count * 100 > Self.maxRepeatShare * words.count {
                found.append((word, count))
            }
        }
        if found.isEmpty, let run = longestRun(words), run.count > Self.maxRun { found.append(run) }
        return found.sorted {
            $0.count == $1.count ? $0.word.range.lowerBound < $1.word.range.lowerBound : $0.count > $1.count
        }
    }

    /// The word, or first word of a pair, that stands most often in a row.
    private func longestRun(_ words: [WordToken]) -> (word: WordToken, count: Int)? {
        var best: (word: WordToken, count: Int)?
        for period in 1...2 {
            var matches = 0
            for index in words.indices.dropFirst(period) {
                matches = words[index].folded == words[index - period].folded ? matches + 1 : 0
                let count = matches / period + 1
                let isNumber = words[index].folded.unicodeScalars.allSatisfy { $0.properties.numericType != nil }
                if matches > 0, !isNumber, count > best?.count ?? 1 { best = (words[index - matches], count) }
            }
        }
        return best
    }

    private func endsItem(_ scalars: [Unicode.Scalar], before index: Int) -> Bool {
        var back = index - 1
        while back >= 0, scalars[back] == " " { back -= 1 }
        guard back >= 0 else { return true }
        // A line that ends in a separator wrapped between items; a short line is an item of its own.
        if Self.separators.contains(scalars[back]) { return true }
        var start = back
        while start > 0, scalars[start - 1] != "\n" { start -= 1 }
        return !scalars[start...back].contains { $0 == "," || $0 == ";" || $0 == "|" || $0 == "•" }
    }

    private static let separators: Set<Unicode.Scalar> = [",", ";", "|", "•", "\n", "·", "▪", "、", "，", "；", "\u{0C}"]
    private static let commonWords: Set<String> = [
        "the", "and", "for", "with", "that", "this", "from", "was", "were", "are", "has", "have", "had", "company",
        "name",
        "city", "state", "der", "die", "das", "und", "les", "des", "une", "que", "para", "con", "del", "della", "het",
        "een",
    ]
}
