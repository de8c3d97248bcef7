/// The classes of characters that BERT's tokenizer goes by.
///
/// Its tables are those of Unicode 8.0, so what later versions assigned counts as unassigned here, and a handful of
/// characters that were moved to another category since keep their old one.
enum BERTCharacters {
    /// What becomes of a scalar when text is cleaned.
    enum Cleaning {
        case keep
        case drop
        case space
        /// An ideograph, which is a word of its own.
        case alone
    }

    /// Classifies a scalar of the raw text.
    static func cleaning(_ scalar: Unicode.Scalar) -> Cleaning {
        let value = scalar.value
        if value < 0x80 {
            if value == 0x20 || value == 0x09 || value == 0x0A || value == 0x0D { return .space }
            return value < 0x20 || value == 0x7F ? .drop : .keep
        }
        if value == 0xFFFD { return .drop }
        switch category(scalar) {
        case .control, .format, .privateUse: return .drop  // U+0085 among them, although it is white space
        default: break
        }
        if scalar.isWhitespace { return .space }
        return isIdeograph(value) ? .alone : .keep
    }

    /// Whether the scalar is a word of its own: anything in ASCII that is no letter or digit, and category P.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar.value {
            case 33...47, 58...64, 91...96, 123...126: return true
            default: return false
            }
        }
        switch category(scalar) {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    /// Whether the scalar is an accent, to be left out once text is decomposed.
    static func isNonspacingMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x300 && category(scalar) == .nonspacingMark
    }

    private static func category(_ scalar: Unicode.Scalar) -> Unicode.GeneralCategory {
        switch scalar.value {
        case 0x166D, 0x111C9: return .otherPunctuation
        case 0x1734, 0x1171E: return .nonspacingMark
        case 0x1885, 0x1886, 0xA9BD: return .otherLetter
        default: break
        }
        let firstNewerThan8: UInt32 = 0x500
        if scalar.value >= firstNewerThan8, let age = scalar.properties.age, age.major > 8 { return .unassigned }
        return scalar.properties.generalCategory
    }

    /// The CJK blocks that the model's authors listed; kana and hangul are words like any other.
    private static func isIdeograph(_ value: UInt32) -> Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            return true
        default: return false
        }
    }
}
