/// A line reduced to what tells whether it is a known heading: folded words, case, colon, letter-spacing.
struct HeadingKey: Sendable, Equatable {
    /// How the letters are cased.
    enum Case: Sendable, Equatable {
        /// Every letter is a capital, and there are two or more.
        case capitals
        /// The first letter is a capital, some are small.
        case title
        /// The first letter is small.
        case small
        /// The script has no case.
        case uncased
    }

    /// Folded words without punctuation; `&`, `+` and `/` between words become `and`.
    var words: [String] = []
    /// How the letters are cased.
    var letterCase: Case = .uncased
    /// Whether the line ends with a colon.
    var endsWithColon = false
    /// Whether the line starts with a bullet.
    var startsWithBullet = false
    /// Whether the letters stand apart: `S K I L L S`.
    var isLetterSpaced = false
    /// How many words but the first start with a small letter and are longer than three letters.
    var smallLongWords = 0
    /// Whether a digit, `@` or another sign that no heading has is in the line.
    var hasForeignSigns = false

    /// More scalars than this are not looked at: no heading is as long.
    static let longest = 120

    /// Reads a string.
    init(_ text: some StringProtocol) { self.init(Array(text.unicodeScalars)[...]) }

    /// Reads a stretch of scalars.
    init(_ line: ArraySlice<Unicode.Scalar>) {
        var start = line.startIndex
        var end = line.endIndex
        while start < end, !ResumeScalars.isWord(line[start]) {
            if HeadingKey.bullets.contains(line[start]) { startsWithBullet = true }
            start += 1
        }
        (start, end) = HeadingKey.withoutNumber(line, start, end)
        while end > start, !ResumeScalars.isLetter(line[end - 1]), !ResumeScalars.isDigit(line[end - 1]) {
            if line[end - 1] == ":" || line[end - 1] == "\u{FF1A}" { endsWithColon = true }
            end -= 1
        }
        guard start < end, end - start <= HeadingKey.longest else {
            hasForeignSigns = true
            return
        }
        read(line[start..<end])
    }

    /// `words` as one string.
    var text: String { words.joined(separator: " ") }

    private mutating func read(_ line: ArraySlice<Unicode.Scalar>) {
        var word = String.UnicodeScalarView()
        var wordStart: Unicode.Scalar?
        var wordLetters = 0
        var uppers = 0
        var lowers = 0
        var single = 0
        func close() {
            guard let first = wordStart else { return }
            if wordLetters == 1 { single += 1 }
            if !words.isEmpty, wordLetters > 3, ResumeScalars.isLower(first) { smallLongWords += 1 }
            words.append(String(word))
            word = String.UnicodeScalarView()
            wordStart = nil
            wordLetters = 0
        }
        var first = true
        for scalar in line {
            if ResumeScalars.isWord(scalar) {
                if ResumeScalars.isDigit(scalar) { hasForeignSigns = true }
                if ResumeScalars.isUpper(scalar) {
                    uppers += 1
                    if first { letterCase = .title }
                } else if ResumeScalars.isLower(scalar) {
                    lowers += 1
                    if first { letterCase = .small }
                }
                first = false
                if wordStart == nil { wordStart = scalar }
                wordLetters += 1
                if !ResumeScalars.isCombiningAccent(scalar) { word.append(ResumeScalars.folded(scalar)) }
            } else if scalar == "'" || scalar == "\u{2019}" || scalar == "\u{200D}" || scalar == "\u{200C}" {
                continue
            } else {
                close()
                switch scalar {
                case "&", "+", "/":
                    if let last = words.last, last != "and" { words.append("and") }
                case "@", "=", "%", "$", "#", "|", "<", ">", "\"", "\u{2022}", ";", "!", "?", "\\", "_", ":":
                    hasForeignSigns = true
                default: break
                }
            }
        }
        close()
        if uppers >= 2, lowers == 0 { letterCase = .capitals }
        if words.count >= 4, single == words.count {
            isLetterSpaced = true
            words = [words.joined()]
        }
    }

    /// Skips "1.", "2)" or "IV." before the words.
    private static func withoutNumber(
        _ line: ArraySlice<Unicode.Scalar>,
        _ start: Int,
        _ end: Int
    ) -> (Int, Int) {
        var index = start
        while index < end, index - start < 4,
            ResumeScalars.isDigit(line[index]) || "IVXivx".unicodeScalars.contains(line[index])
        {
            index += 1
        }
        guard index > start, index < end, line[index] == "." || line[index] == ")" else { return (start, end) }
        while index < end, !ResumeScalars.isWord(line[index]) { index += 1 }
        return (index, end)
    }

    private static let bullets: Set<Unicode.Scalar> = [
        "\u{2022}", "-", "*", "\u{2013}", "\u{25CF}", "\u{25AA}", "\u{25CB}", "\u{2043}", "\u{00B7}", "\u{25E6}",
    ]
}
