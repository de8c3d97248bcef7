/// Turns the words of a line into text.
enum LineText {
    typealias Word = PDFExtractor.Word

    /// Gaps in a line from this many times the height of its letters count as stretches of their own.
    static let wideGap = 1.6

    /// The words of one fragment, cut at wide gaps.
    static func stretches(of words: [Word]) -> [[Word]] {
        var result: [[Word]] = []
        var current: [Word] = []
        for word in words {
            if let last = current.last, word.edges.left - last.edges.right > wideGap * max(last.size, word.size) {
                result.append(current)
                current = []
            }
            current.append(word)
        }
        if !current.isEmpty { result.append(current) }
        return result
    }

    /// Words joined with spaces; letters set apart for looks are joined to words.
    static func text(of words: [Word]) -> String {
        let words = RightToLeft.logical(words)
        var result = ""
        var i = words.startIndex
        while i < words.endIndex {
            let run = singleLetters(in: words, from: i)
            let joined = closedUp(Array(words[run]))
            if !result.isEmpty { result += " " }
            result += joined ?? words[i].text
            i = joined == nil ? i + 1 : run.upperBound
        }
        return result
    }

    /// Single letters as the words that they spell; nil if they are too few or something else is among them.
    static func closedUp(_ letters: [Word]) -> String? {
        guard letters.count >= fewestLetters, singleLetters(in: letters, from: 0).count == letters.count,
            Set(letters.map(\.text)).count >= 3
        else { return nil }
        return joinedLetters(letters)
    }

    /// Shorter runs of letters may be initials, grades or classes of a driving licence.
    private static let fewestLetters = 5

    private static func singleLetters(in words: [Word], from start: Int) -> Range<Int> {
        var end = start
        while end < words.endIndex {
            var scalars = words[end].text.unicodeScalars.makeIterator()
            guard let only = scalars.next(), scalars.next() == nil, isSpaceable(only) else { break }
            end += 1
        }
        return start..<end
    }

    private static func isSpaceable(_ scalar: Unicode.Scalar) -> Bool {
        // Scripts without spaces between words are set letter by letter anyway.
        if scalar == "&" { return true }
        return scalar.properties.isAlphabetic && !scalar.properties.isIdeographic && scalar.value < 0x2000
    }

    /// Letters set apart: gaps well above the usual one part words.
    private static func joinedLetters(_ letters: [Word]) -> String {
        let gaps = zip(letters, letters.dropFirst()).map { $1.edges.left - $0.edges.right }
        let usual = gaps.sorted()[gaps.count / 2]
        var result = letters.first?.text ?? ""
        for (letter, gap) in zip(letters.dropFirst(), gaps) {
            if gap > 1.5 * max(usual, 0) + 0.1 * letter.size { result += " " }
            result += letter.text
        }
        return result
    }

    /// A word whose glyphs are pictures: a bullet if it can be one, otherwise nothing; other words as they are.
    ///
    /// Symbol fonts put their pictures at private code points, and different fonts put different pictures at the same one.
    static func withoutIcons(_ word: Word, family: String, isFirst: Bool) -> Word? {
        guard word.text.unicodeScalars.contains(where: isPrivate) else { return word }
        var word = word
        let family = family.lowercased()
        let isIconFont = ["awesome", "icon", "material", "glyphs", "academicons"].contains { family.contains($0) }
        let onlyIcons = word.text.unicodeScalars.allSatisfy(isPrivate)
        if onlyIcons, isFirst, !isIconFont, word.text.unicodeScalars.count == 1,
            ["symbol", "ding", "bullet", "webd"].contains(where: { family.contains($0) })
        {
            word.text = "\u{2022}"
            return word
        }
        if isIconFont || !onlyIcons || !isFirst {
            var kept = String.UnicodeScalarView()
            kept.append(contentsOf: word.text.unicodeScalars.filter { !isPrivate($0) })
            word.text = String(kept)
        }
        return word.text.isEmpty ? nil : word
    }

    private static func isPrivate(_ scalar: Unicode.Scalar) -> Bool {
        (0xE000...0xF8FF).contains(scalar.value) || scalar.value >= 0xF0000
    }

    /// A drawn soft hyphen is a hyphen to the reader.
    static func withVisibleHyphens(_ text: String) -> String {
        guard text.unicodeScalars.contains("\u{AD}") else { return text }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text.unicodeScalars.map { $0 == "\u{AD}" ? "-" : $0 })
        return String(result)
    }
}
