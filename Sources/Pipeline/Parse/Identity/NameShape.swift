/// A stretch of words that is shaped like a person's name, freed of honorifics, degrees and "Resume of".
struct NameShape: Sendable {
    /// How the letters are cased.
    enum Case: Sendable {
        case title, capitals, small, mixed, uncased
    }

    /// The name's words as written.
    var words: [String]
    /// The same, folded, without dots.
    var folded: [String]
    /// Where each of `words` stands.
    var ranges: [Range<Int>]
    /// From the name's first word to its last.
    var range: Range<Int>
    /// Like `range`, with honorifics before and degrees after.
    var fullRange: Range<Int>
    /// How the letters are cased.
    var letterCase: Case
    /// Whether "Resume of" or an honorific stood before it.
    var isAnnounced: Bool

    /// The name with single spaces.
    var text: String {
        if words.count > 1,
            words.allSatisfy({
                $0.unicodeScalars.count == 1 && $0.unicodeScalars.allSatisfy { ResumeScalars.isIdeograph($0) }
            })
        {
            return words.joined()
        }
        return words.joined(separator: " ")
    }

    private struct Token {
        var range: Range<Int>
        var folded: String
    }

    /// Reads the start of `range`.
    ///
    /// nil where it is no name's shape. Cost: linear in the range.
    init?(_ text: ResumeText, _ range: Range<Int>) {
        var tokens = NameShape.tokens(text, range)
        guard let outer = tokens.first?.range.lowerBound else { return nil }
        var announced = false
        while let first = tokens.first, NameShape.announcing.contains(first.folded), tokens.count > 1 {
            tokens.removeFirst()
            announced = true
        }
        if announced, let first = tokens.first, ["of", "de", "von", "for", "van", "di"].contains(first.folded),
            tokens.count > 2
        {
            tokens.removeFirst()
        }
        while let last = tokens.last, NameShape.announcing.contains(last.folded), tokens.count > 1 {
            tokens.removeLast()
            announced = true
        }
        while let first = tokens.first, tokens.count > 1, NameWords.honorifics.contains(first.folded),
            !(tokens.count == 2 && first.range.count <= 2)
        {
            tokens.removeFirst()
            announced = announced || first.range.count > 1
        }
        guard let outerEnd = tokens.last?.range.upperBound else { return nil }
        while let last = tokens.last, tokens.count > 2, NameWords.credentials.contains(last.folded),
            text.scalars[last.range].filter({ ResumeScalars.isUpper($0) }).count >= 2
        {
            tokens.removeLast()
        }
        guard let first = tokens.first, let last = tokens.last, tokens.count <= 6 else { return nil }
        self.words = []
        self.folded = []
        self.ranges = tokens.map(\.range)
        var capitals = 0
        var titles = 0
        var smalls = 0
        for token in tokens {
            let scalars = text.scalars[token.range]
            guard scalars.count <= 24, NameShape.isName(scalars) else { return nil }
            words.append(ResumeScalars.string(scalars))
            folded.append(token.folded)
            guard let head = scalars.first(where: { ResumeScalars.isLetter($0) }) else { return nil }
            let uppers = scalars.filter { ResumeScalars.isUpper($0) }.count
            let lowers = scalars.filter { ResumeScalars.isLower($0) }.count
            if ResumeScalars.isUpper(head), lowers > 0 {
                titles += 1
            } else if uppers > 1 {
                capitals += 1
            } else if uppers == 0, lowers > 0, !NameWords.particles.contains(token.folded) {
                smalls += 1
            }
        }
        if var lastWord = words.last, lastWord.hasSuffix("."), lastWord.unicodeScalars.count > 4 {
            lastWord.removeLast()
            words[words.count - 1] = lastWord
        }
        self.range = first.range.lowerBound..<last.range.upperBound
        self.fullRange = min(outer, first.range.lowerBound)..<max(outerEnd, last.range.upperBound)
        self.isAnnounced = announced
        switch (titles, capitals, smalls) {
        case (0, 0, 0): letterCase = .uncased
        case (_, 0, 0): letterCase = .title
        case (0, _, 0): letterCase = .capitals
        case (0, 0, _): letterCase = .small
        // A surname in capitals is as good as any.
        case (_, _, 0): letterCase = .title
        default: letterCase = .mixed
        }
    }

    /// The two to four words before the first word of a title; nil where there is none.
    var beforeTitle: NameShape? {
        guard words.count >= 3, words.count == ranges.count,
            let first = folded.firstIndex(where: { NameWords.titles.contains($0) && !NameWords.surnames.contains($0) }),
            (2...4).contains(first), NameWords.titles.contains(folded[folded.count - 1])
        else { return nil }
        var result = self
        result.words = Array(words.prefix(first))
        result.folded = Array(folded.prefix(first))
        result.ranges = Array(ranges.prefix(first))
        result.range = range.lowerBound..<ranges[first - 1].upperBound
        result.fullRange = fullRange.lowerBound..<ranges[first - 1].upperBound
        return result
    }

    /// How long the name is in letters, and whether its count of words is one that names have.
    var isPlausible: Bool {
        let letters = words.reduce(0) { $0 + $1.unicodeScalars.filter { ResumeScalars.isLetter($0) }.count }
        guard letters >= 2, letters <= 60 else { return false }
        if isEastAsian {
            if words.count == 1 { return (2...6).contains(letters) && (letters <= 4 || !isIdeographic) }
            return words.count <= 3 && letters <= 10
        }
        let long = folded.filter { $0.count > 1 && !NameWords.particles.contains($0) }.count
        return long >= 1 && words.count <= 6
    }

    /// Whether the name is written in Chinese, Japanese or Korean.
    var isEastAsian: Bool {
        words.allSatisfy { $0.unicodeScalars.allSatisfy { ResumeScalars.isEastAsian($0) || $0 == "\u{B7}" } }
    }

    private var isIdeographic: Bool {
        words.allSatisfy { $0.unicodeScalars.allSatisfy { ResumeScalars.isIdeograph($0) } }
    }

    /// Words up to the first sign that ends a name.
    private static func tokens(_ text: ResumeText, _ range: Range<Int>) -> [Token] {
        let scalars = text.scalars
        var tokens: [Token] = []
        var at = range.lowerBound
        while at < range.upperBound, tokens.count <= 8 {
            let scalar = scalars[at]
            if ResumeScalars.isSpace(scalar) || scalar == "\"" || scalar == "\u{FEFF}" {
                at += 1
                continue
            }
            if scalar == "(", !tokens.isEmpty, let close = nickname(scalars, at, range) {
                tokens.append(Token(range: at..<close, folded: ResumeScalars.folded(scalars[(at + 1)..<(close - 1)])))
                at = close
                continue
            }
            guard ResumeScalars.isLetter(scalar) || (scalar == "." && !tokens.isEmpty) else { break }
            let start = at
            while at < range.upperBound, isNameScalar(scalars[at]) { at += 1 }
            // A dot between two words without a space, as in "J.Stolarek", stays inside.
            let token = scalars[start..<at]
            tokens.append(Token(range: start..<at, folded: ResumeScalars.folded(token.filter { $0 != "." })))
            if at < range.upperBound, !ResumeScalars.isSpace(scalars[at]) {
                if scalars[at] == "," || scalars[at] == "(" || scalars[at] == "/" || scalars[at] == ";" { break }
                if ResumeScalars.isDigit(scalars[at]) || scalars[at] == "&" || scalars[at] == "@" || scalars[at] == "_"
                {
                    return []
                }
                break
            }
        }
        if at < range.upperBound, ResumeScalars.isDigit(scalars[at]) || scalars[at] == "&" || scalars[at] == "+" {
            return []
        }
        return tokens
    }

    /// The end of "(Jin)" where the name goes on behind it.
    private static func nickname(_ scalars: [Unicode.Scalar], _ open: Int, _ range: Range<Int>) -> Int? {
        var at = open + 1
        while at < range.upperBound, ResumeScalars.isLetter(scalars[at]), at - open < 20 { at += 1 }
        guard at > open + 1, at + 2 < range.upperBound, scalars[at] == ")", scalars[at + 1] == " ",
            ResumeScalars.isUpper(scalars[at + 2])
        else { return nil }
        return at + 1
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        ResumeScalars.isLetter(scalar) || scalar == "." || scalar == "-" || scalar == "\u{2010}" || scalar == "\u{2011}"
            || scalar == "\u{B7}" || scalar == "\u{200C}" || scalar == "\u{200D}" || ResumeText.isApostrophe(scalar)
    }

    private static func isName(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        // "e.g." and "B.Tech" have dots inside a longer word; initials do not.
        var letters = 0
        for scalar in scalars where ResumeScalars.isLetter(scalar) { letters += 1 }
        return letters > 0
    }

    private static let announcing: Set<String> = [
        "resume", "cv", "curriculum", "vitae", "vita", "lebenslauf", "biodata", "profile", "curriculo", "резюме", "简历",
        "个人简历",
        "履歴書", "이력서", "cve",
    ]
}
