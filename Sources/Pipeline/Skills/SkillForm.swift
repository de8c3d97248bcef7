/// One way to write a skill, and when it counts as one.
struct SkillForm: Sendable {
    /// What must hold where the form stands.
    struct Rules: OptionSet, Sendable {
        let rawValue: UInt8

        /// Written with the very same capitals.
        static let cased = Rules(rawValue: 1)
        /// An item of a list, near another technical skill, beside a word such as "programming", or after "using".
        static let listed = Rules(rawValue: 2)
        /// Near another technical skill, or beside a word such as "programming".
        static let kin = Rules(rawValue: 4)
        /// A single letter: never an initial, a grade or a part of a compound.
        static let letter = Rules(rawValue: 8)
    }

    /// Index of the skill in its taxonomy.
    var skill: Int
    /// As the table writes it.
    var text: String
    /// Whether it is the canonical name.
    var isName: Bool
    /// Gaps between its words.
    var gaps: [SkillWord.Gap]
    /// What must hold.
    var rules: Rules
    /// Keys of words that must not follow.
    var notBefore: [UInt64]
    /// Keys of words that must not stand before.
    var notAfter: [UInt64]
}

extension SkillForm {
    /// The rules of a line of the table: names of rules, `not-before=a,b` and `not-after=a,b`, separated by spaces.
    struct Ruling: Sendable {
        var rules: Rules = []
        var notBefore: [UInt64] = []
        var notAfter: [UInt64] = []

        init() {}

        /// Nil for a rule that is not known.
        init?(_ text: Substring) {
            for word in text.split(separator: " ") {
                let parts = word.split(separator: "=", maxSplits: 1)
                let words = parts.count > 1 ? parts[1].split(separator: ",").map { WordFolding.key(String($0)) } : []
                switch parts[0] {
                case "cased": rules.insert(.cased)
                case "listed": rules.insert(.listed)
                case "kin": rules.insert(.kin)
                case "letter": rules.formUnion([.letter, .cased])
                case "not-before": notBefore += words
                case "not-after": notAfter += words
                default: return nil
                }
            }
        }
    }

    /// Splits an alias from the mark behind it: `^` is cased, `?` listed, `~` both, `%` cased and kin.
    static func splitMark(_ alias: Substring) -> (text: String, rules: Rules) {
        switch alias.last {
        case "^": (String(alias.dropLast()), [.cased])
        case "?": (String(alias.dropLast()), [.listed])
        case "~": (String(alias.dropLast()), [.cased, .listed])
        case "%": (String(alias.dropLast()), [.cased, .kin])
        default: (String(alias), [])
        }
    }
}
