internal import Foundation

extension TextAssembler {
    /// A stretch of text as it may stand in a document.
    struct Cleaned {
        /// NFC; white space is single spaces, none at either end; no control, zero-width or private-use characters.
        var scalars: [Unicode.Scalar]
        /// How many zero-width characters stood between two letters.
        var separatedLetters: Int
        /// What invisible tag characters (U+E0000 …) spelled out.
        var tagText: String.UnicodeScalarView
    }

    /// Cleans a stretch of text: expands ligatures, drops what cannot be seen, composes.
    ///
    /// Cost: one pass; ASCII takes a short cut.
    static func clean(_ raw: String) -> Cleaned {
        var kept: [Unicode.Scalar] = []
        kept.reserveCapacity(raw.utf8.count)
        var result = Cleaned(scalars: [], separatedLetters: 0, tagText: .init())
        var spaceIsDue = false
        var zeroWidthIsPending = false
        var needsComposing = false
        for scalar in raw.unicodeScalars {
            switch kind(of: scalar) {
            case .ordinary:
                if spaceIsDue && !kept.isEmpty { kept.append(" ") }
                if zeroWidthIsPending && !spaceIsDue, let last = kept.last, isLatinOrGreekOrCyrillic(last),
                    isLatinOrGreekOrCyrillic(scalar)
                {
                    result.separatedLetters += 1
                }
                (spaceIsDue, zeroWidthIsPending) = (false, false)
                if scalar.value >= 0x300 { needsComposing = true }
                kept.append(scalar)
            case .replacedBy(let replacement):
                if spaceIsDue && !kept.isEmpty { kept.append(" ") }
                (spaceIsDue, zeroWidthIsPending) = (false, false)
                kept.append(contentsOf: replacement.unicodeScalars)
            case .space:
                spaceIsDue = true
            case .joiner:
                // Part of the spelling in Persian and the Indic scripts, and of emoji; elsewhere invisible.
                if let last = kept.last, last.value >= 0x600, !spaceIsDue {
                    kept.append(scalar)
                } else {
                    zeroWidthIsPending = true
                }
            case .zeroWidth:
                zeroWidthIsPending = true
            case .tag(let letter):
                result.tagText.append(letter)
            case .dropped:
                break
            }
        }
        while kept.last?.value == 0x200C || kept.last?.value == 0x200D { kept.removeLast() }
        result.scalars = needsComposing ? composed(kept) : kept
        return result
    }

    /// A string of scalars.
    static func string(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        Array(string(scalars).precomposedStringWithCanonicalMapping.unicodeScalars)
    }

    private enum Kind {
        case ordinary, space, zeroWidth, joiner, dropped
        case replacedBy(String)
        case tag(Unicode.Scalar)
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x21...0x7E: .ordinary
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .space
        case 0x00...0x1F, 0x7F...0x9F: .dropped
        case 0xAD: .dropped
        case 0x200C, 0x200D: .joiner
        case 0x200B, 0x2060...0x2064, 0xFEFF, 0x180E: .zeroWidth
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFC: .dropped
        case 0x2010, 0x2011: .replacedBy("-")
        case 0xFB00: .replacedBy("ff")
        case 0xFB01: .replacedBy("fi")
        case 0xFB02: .replacedBy("fl")
        case 0xFB03: .replacedBy("ffi")
        case 0xFB04: .replacedBy("ffl")
        case 0xFB05, 0xFB06: .replacedBy("st")
        // Symbol and Wingdings draw their bullets at these private places.
        case 0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF06E, 0xF06C, 0xF0FC, 0xF0E0, 0xF0A8: .replacedBy("\u{2022}")
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: .space
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF: .dropped
        case 0xE0020...0xE007E:
            Unicode.Scalar(scalar.value - 0xE0000).map(Kind.tag) ?? .dropped
        case 0xE0000...0xE0FFF: .dropped
        default:
            // Noncharacters, the last two of each plane among them.
            scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value) ? .dropped : .ordinary
        }
    }

    private static func isLatinOrGreekOrCyrillic(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x530 && scalar.properties.isAlphabetic
    }
}
