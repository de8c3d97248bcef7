/// Classes and folding of single scalars, with a fast path for ASCII.
enum ResumeScalars {
    /// Whether `scalar` is a letter of any script, or a mark that belongs to one.
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (scalar.value | 0x20) &- 0x61 < 26 }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark:
            return true
        default: return false
        }
    }

    /// Whether `scalar` is an ASCII digit.
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }

    /// Whether `scalar` is a letter or an ASCII digit.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool { isDigit(scalar) || isLetter(scalar) }

    /// Whether `scalar` is a capital.
    static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value &- 0x41 < 26 }
        return scalar.properties.isUppercase
    }

    /// Whether `scalar` is a small letter.
    static func isLower(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value &- 0x61 < 26 }
        return scalar.properties.isLowercase
    }

    /// Whether `scalar` separates words.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == " " || scalar.value &- 9 < 5 }
        return scalar.isWhitespace
    }

    /// Whether `scalar` is an ideograph of Chinese, Japanese or Korean writing.
    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FA1F: true
        default: false
        }
    }

    /// Whether `scalar` belongs to a writing that puts no spaces between words or has syllables for letters.
    static func isEastAsian(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30FF, 0xAC00...0xD7A3: true
        default: isIdeograph(scalar)
        }
    }

    /// The small letter without accents, where `scalar` is a Latin letter; else its small form where that is one scalar.
    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = scalar.value
        if value < 0x80 { return isUpper(scalar) ? Unicode.Scalar(UInt8(value + 32)) : scalar }
        switch value {
        case 0xC0..<0x180: return Unicode.Scalar(latin1AndExtended[Int(value) - 0xC0])
        case 0x180..<0x250:
            let base = latinExtendedB[Int(value) - 0x180]
            return base == UInt8(ascii: ".") ? small(scalar) : Unicode.Scalar(base)
        case 0x1E00..<0x1F00: return Unicode.Scalar(latinAdditional[Int(value) - 0x1E00])
        case 0x2018, 0x2019, 0x02BC, 0xFF07: return "'"
        default: return small(scalar)
        }
    }

    /// Whether `scalar` is a combining accent, which folding drops.
    static func isCombiningAccent(_ scalar: Unicode.Scalar) -> Bool { 0x300...0x36F ~= scalar.value }

    /// `folded` over a whole stretch, combining accents dropped.
    static func folded(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in scalars where !isCombiningAccent(scalar) { result.append(folded(scalar)) }
        return String(result)
    }

    /// The string that consists of `scalars`.
    static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func small(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.properties.isUppercase else { return scalar }
        let mapped = scalar.properties.lowercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first ?? scalar : scalar
    }

    private static let latin1AndExtended = Array(
        ("aaaaaaaceeeeiiiidnoooooxouuuuytsaaaaaaaceeeeiiiidnoooooxouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
            + "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8
    )
    private static let latinExtendedB = Array(
        ("................................oo.............uu............................aaiioouuuuuuuuuu.aaaa....ggkk"
            + "oooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............................")
            .utf8
    )
    private static let latinAdditional = Array(
        ("aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
            + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyssssssaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
            + "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyssssss").utf8
    )
}
