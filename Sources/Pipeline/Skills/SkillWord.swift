/// A word of a text as the skill matcher sees it.
struct SkillWord: Sendable {
    /// What stands between a word and the one before it.
    enum Gap: UInt8, Sendable {
        /// Nothing: the script changes, or both are ideographs.
        case none
        case space
        case hyphen
        case dot
        case slash
        case apostrophe
        /// A single line break, with or without spaces.
        case lineBreak
        /// Anything else: a comma, a bullet, a full stop, the end of a paragraph.
        case hard

        /// Whether the two words may belong to one phrase.
        var isSoft: Bool { self != .hard }
    }

    /// The word in the text, in scalars.
    var range: Range<Int>
    /// Hash of the folded word.
    var exact: UInt64
    /// Hash of the folded word in the singular and in American spelling; never equal to an `exact` one.
    var stem: UInt64
    /// Hash of the folded word without its final digits, 0 where it has none.
    var bare: UInt64
    /// Hash of what is left without endings such as `-ing` and `-ed`; only phrases of requirements use it.
    var root: UInt64
    /// What stands before it.
    var gap: Gap
    /// Whether it starts with a capital.
    var isCapitalized: Bool
    /// Whether all its letters are capitals.
    var isUppercase: Bool
    /// Whether it is one ideograph, syllable or kana.
    var isIdeograph: Bool
}

extension SkillWord.Gap {
    /// Whether an alias with this gap may be written with `other` instead.
    func allows(_ other: SkillWord.Gap) -> Bool {
        switch self {
        case .none: other == .none || other == .lineBreak
        case .space, .lineBreak: other == .space || other == .hyphen || other == .lineBreak
        case .hyphen: other == .hyphen || other == .space || other == .lineBreak
        case .dot: other == .dot || other == .space || other == .hyphen
        case .slash: other == .slash || other == .space || other == .hyphen
        case .apostrophe: other == .apostrophe || other == .none
        case .hard: false
        }
    }
}
