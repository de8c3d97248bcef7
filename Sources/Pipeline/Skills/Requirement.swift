/// A skill that a recruiter asks for, read once and matched against many resumes.
public struct Requirement: Sendable, Equatable {
    /// As the recruiter wrote it.
    public let text: String
    /// All of these must be found, each by one of its alternatives; empty where the text has no words.
    public let groups: [[Option]]

    /// One thing to look for.
    public enum Option: Sendable, Equatable {
        /// A skill of the taxonomy, by index.
        case skill(Int)
        /// Words to be found in the text, in this order.
        case phrase([Word])
    }

    /// A word of a phrase.
    public struct Word: Sendable, Equatable {
        /// Key of the word without its endings.
        let root: UInt64
        /// The word as written.
        let text: String
    }
}

/// What in a resume meets a requirement.
public struct RequirementMatch: Sendable, Equatable {
    /// How the resume's words meet it.
    public enum Basis: Sendable, Equatable {
        /// By the requirement's own words or the skill's canonical name.
        case exact
        /// By another name of the same skill.
        case alias
        /// By a skill that includes it, such as PostgreSQL for SQL.
        case implied(through: String)
        /// By words that the taxonomy does not know.
        case phrase
    }

    /// How; the weakest of its parts where the requirement has several.
    public var basis: Basis
    /// Canonical name of what was found; nil for a phrase.
    public var skill: String?
    /// The passages, in scalars of the text, in order, without overlap; never empty.
    public var ranges: [Range<Int>]
}
