/// A text cut into words, numbers and marks, with the words folded for look-ups.
///
/// Cost: one pass over the scalars.
struct TokenizedText: Sendable {
    /// One word, number or mark.
    struct Token: Sendable {
        /// What a token is.
        enum Kind: Sendable { case word, number, mark }

        /// What it is.
        var kind: Kind
        /// Where it stands, in scalars.
        var range: Range<Int>
        /// A word in lower case and without Latin diacritics; a number's digits; a mark itself.
        var folded: String
        /// The mark; a blank for words and numbers.
        var mark: Unicode.Scalar
        /// A number's value, at most 999,999,999; 0 for the others.
        var value: Int
        /// White space before it: 0 where it touches the token before.
        var spaces: Int
        /// How many line breaks stand before it.
        var breaks: Int
        /// Whether the word starts with a capital, or is of a script without capitals.
        var isCapitalised: Bool
        /// Whether every letter is a capital.
        var isAllCapitals: Bool
        /// Whether it holds Han, Kana or Hangul.
        var isEastAsian: Bool

        /// How many digits or letters it has.
        var count: Int { range.count }
    }

    /// The text's scalars.
    let scalars: [Unicode.Scalar]
    /// The tokens in order.
    let tokens: [Token]

    /// Cuts `text`.
    init(_ text: String) { self.init(scalars: Array(text.unicodeScalars)) }

    /// Cuts a text given as scalars.
    init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var cutter = TokenCutter(scalars: scalars)
        tokens = cutter.tokens()
    }

    /// The tokens that start within `range` of the scalars.
    func tokenRange(_ range: Range<Int>) -> Range<Int> {
        let lower = firstToken(startingAt: range.lowerBound)
        return lower..<max(lower, firstToken(startingAt: range.upperBound))
    }

    /// The text of a range of scalars.
    func string(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range.clamped(to: 0..<scalars.count)])
        return String(view)
    }

    private func firstToken(startingAt offset: Int) -> Int {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension String {
    /// The string in lower case and without Latin diacritics: what word tables are looked up by.
    var foldedForLookup: String {
        var folded = String.UnicodeScalarView()
        for scalar in unicodeScalars { TokenCutter.fold(scalar, into: &folded) }
        return String(folded)
    }
}

/// Cuts scalars into tokens.
private struct TokenCutter {
    let scalars: [Unicode.Scalar]
    private var index = 0
    private var spaces = 0
    private var breaks = 0
    private var found: [TokenizedText.Token] = []

    init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func tokens() -> [TokenizedText.Token] {
        found.reserveCapacity(scalars.count / 5)
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "\n" || scalar == "\u{0C}" || scalar == "\r" {
                if scalar != "\r" { breaks += 1 }
                spaces += 1
                index += 1
            } else if Self.isSpace(scalar) {
                spaces += scalar == "\t" ? 4 : 1
                index += 1
            } else if Self.isIgnorable(scalar) {
                index += 1
            } else if Self.digit(scalar) != nil {
                cutNumber()
            } else if Self.isLetter(scalar) {
                cutWord()
            } else if scalar == "\\", let (mark, end) = escapedBytes() {
                if mark == " " {
                    spaces += 1
                    index = end
                } else {
                    append(.mark, upTo: end, folded: String(mark), mark: mark)
                }
            } else {
                append(.mark, upTo: index + 1, folded: String(scalar), mark: scalar)
            }
        }
        return found
    }

    private mutating func append(
        _ kind: TokenizedText.Token.Kind,
        upTo end: Int,
        folded: String,
        mark: Unicode.Scalar = " ",
        value: Int = 0,
        capitalised: Bool = false,
        allCapitals: Bool = false,
        eastAsian: Bool = false
    ) {
        found.append(
            TokenizedText.Token(
                kind: kind,
                range: index..<end,
                folded: folded,
                mark: mark,
                value: value,
                spaces: spaces,
                breaks: breaks,
                isCapitalised: capitalised,
                isAllCapitals: allCapitals,
                isEastAsian: eastAsian
            )
        )
        spaces = 0
        breaks = 0
        index = end
    }

    private mutating func cutNumber() {
        var end = index
        var value = 0
        var digits = String.UnicodeScalarView()
        while end < scalars.count, let digit = Self.digit(scalars[end]) {
            if value < 99_999_999 { value = value * 10 + digit }
            if let plain = Unicode.Scalar(48 + UInt32(digit)) { digits.append(plain) }
            end += 1
        }
        if cutGluedYear(value, upTo: end, digits) { return }
        append(.number, upTo: end, folded: String(digits), value: value)
    }

    /// Cuts two dates that lost the dash between them, "20142016" and "5/20149/2016", after the first year.
    private mutating func cutGluedYear(_ value: Int, upTo end: Int, _ digits: String.UnicodeScalarView) -> Bool {
        let years = 1950...2040
        let rest: Int
        switch end - index {
        case 8:
            rest = value % 10_000
            guard years.contains(rest), years.contains(value / 10_000), rest >= value / 10_000 else { return false }
        case 5, 6:
            let isLong = end - index == 6
            rest = isLong ? value % 100 : value % 10
            guard (1...12).contains(rest), years.contains(value / (isLong ? 100 : 10)), spaces == 0,
                found.last?.mark == "/", end + 4 < scalars.count, scalars[end] == "/",
                scalars[(end + 1)...(end + 4)].allSatisfy({ Self.digit($0) != nil })
            else { return false }
        default: return false
        }
        append(.number, upTo: index + 4, folded: String(digits.prefix(4)), value: (Int(String(digits.prefix(4))) ?? 0))
        // What was lost stood between blanks.
        spaces = 2
        append(.number, upTo: end, folded: String(digits.dropFirst(4)), value: rest)
        return true
    }

    private mutating func cutWord() {
        var end = index
        var folded = String.UnicodeScalarView()
        var upper = 0
        var cased = 0
        let eastAsian = Self.isEastAsian(scalars[index])
        while end < scalars.count {
            let scalar = scalars[end]
            if scalar.value < 128 {
                guard Self.isLetter(scalar) else { break }
                cased += 1
                if scalar.value < 97 { upper += 1 }
            } else if Self.isIgnorable(scalar) || scalar.properties.generalCategory == .nonspacingMark {
                end += 1
                continue
            } else {
                // A word of one kind of script: "2020年3月至今" must not swallow Latin neighbours.
                guard Self.isLetter(scalar), Self.isEastAsian(scalar) == eastAsian else { break }
                if scalar.properties.isUppercase { upper += 1 }
                if scalar.properties.isCased { cased += 1 }
            }
            if eastAsian != Self.isEastAsian(scalar) { break }
            Self.fold(scalar, into: &folded)
            end += 1
            // The sign after a number is a word of its own: "3月至今".
            if eastAsian, end == index + 1, spaces == 0, found.last?.kind == .number { break }
        }
        let first = scalars[index]
        let capital = first.value < 128 ? first.value < 97 : !first.properties.isLowercase
        append(
            .word,
            upTo: max(end, index + 1),
            folded: String(folded),
            capitalised: capital,
            allCapitals: cased > 0 && upper == cased,
            eastAsian: eastAsian
        )
    }

    /// Bytes printed as `\xe2\x80\x93`, as texts that went through a program's source form have them.
    private func escapedBytes() -> (Unicode.Scalar, Int)? {
        var bytes: [UInt8] = []
        var end = index
        while end + 3 < scalars.count, scalars[end] == "\\", scalars[end + 1] == "x",
            let high = Self.hexadecimal(scalars[end + 2]), let low = Self.hexadecimal(scalars[end + 3]), bytes.count < 3
        {
            if bytes.isEmpty == false, high < 8 || high > 11 { break }
            bytes.append(high << 4 | low)
            end += 4
        }
        guard !bytes.isEmpty else { return nil }
        switch bytes {
        case [0xE2, 0x80, 0x90], [0xE2, 0x80, 0x91], [0xE2, 0x80, 0x92], [0xE2, 0x80, 0x93], [0xE2, 0x80, 0x94]:
            return ("\u{2013}", end)
        case [0xE2, 0x80, 0x98], [0xE2, 0x80, 0x99]: return ("\u{2019}", end)
        case [0xC2, 0xA0], [0xE2, 0x80, 0x8B]: return (" ", end)
        default: return ("\u{2022}", end)
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "0"..."9": UInt8(scalar.value - 48)
        case "a"..."f": UInt8(scalar.value - 87)
        case "A"..."F": UInt8(scalar.value - 55)
        default: nil
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 48...57: Int(scalar.value) - 48
        case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
        default: nil
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 128 { return scalar == " " || scalar == "\t" || scalar.value < 32 }
        return scalar.isWhitespace
    }

    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{AD}" || scalar == "\u{FEFF}" || (0x200B...0x200F).contains(scalar.value)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 65...90, 97...122: true
        case 0..<128: false
        default: scalar.properties.isAlphabetic
        }
    }

    private static func isEastAsian(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x2FFFF:
            true
        default: false
        }
    }

    /// Appends `scalar` in lower case and without a Latin diacritic.
    static func fold(_ scalar: Unicode.Scalar, into folded: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 65...90: folded.append(Unicode.Scalar(UInt8(scalar.value + 32)))
        case 0..<128: folded.append(scalar)
        case 0x300...0x36F: break
        default:
            guard let lower = scalar.properties.lowercaseMapping.unicodeScalars.first else { return }
            switch lower {
            case "à", "á", "â", "ã", "ä", "å", "ā", "ă", "ą": folded.append("a")
            case "ç", "ć", "č", "ĉ", "ċ": folded.append("c")
            case "ď", "đ": folded.append("d")
            case "è", "é", "ê", "ë", "ē", "ĕ", "ė", "ę", "ě": folded.append("e")
            case "ğ", "ģ", "ĝ": folded.append("g")
            case "ì", "í", "î", "ï", "ī", "į", "ı": folded.append("i")
            case "ķ": folded.append("k")
            case "ł", "ľ", "ļ", "ĺ": folded.append("l")
            case "ñ", "ń", "ň", "ņ": folded.append("n")
            case "ò", "ó", "ô", "õ", "ö", "ø", "ō", "ő": folded.append("o")
            case "ŕ", "ř": folded.append("r")
            case "ś", "š", "ş", "ș": folded.append("s")
            case "ť", "ţ", "ț": folded.append("t")
            case "ù", "ú", "û", "ü", "ū", "ů", "ű", "ų": folded.append("u")
            case "ý", "ÿ": folded.append("y")
            case "ź", "ž", "ż": folded.append("z")
            case "ё": folded.append("е")
            case "ß": folded.append(contentsOf: "ss".unicodeScalars)
            case "æ": folded.append(contentsOf: "ae".unicodeScalars)
            case "œ": folded.append(contentsOf: "oe".unicodeScalars)
            default: folded.append(lower)
            }
        }
    }
}
