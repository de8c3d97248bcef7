/// What a resume shows of one skill that the job names.
public struct SkillFinding: Sendable, Equatable {
    /// How the resume names the skill.
    public enum Basis: Sendable, Equatable {
        /// By its own name or an alias.
        case named
        /// By another skill that cannot be had without it.
        case implied(through: String)
        /// Word for word, or nearly; the skill is in no list of ours.
        case phrase
        /// Not at all.
        case missing
    }

    /// The skill as the recruiter wrote it.
    public var requirement: String
    /// Whether the job requires it; otherwise it prefers it.
    public var required: Bool
    /// How it is named.
    public var basis: Basis
    /// Whether it is named where work is told of, and not in a list only.
    public var inContext: Bool
    /// What it earns, from 0 to 10,000.
    public var credit: BasisPoints
    /// Where it is named, the best places first; empty for a missing one.
    public var evidence: [Evidence]

    /// Each parameter is the property of its name.
    public init(
        requirement: String,
        required: Bool,
        basis: Basis,
        inContext: Bool,
        credit: BasisPoints,
        evidence: [Evidence]
    ) {
        self.requirement = requirement
        self.required = required
        self.basis = basis
        self.inContext = inContext
        self.credit = credit
        self.evidence = evidence
    }

    /// Whether the resume shows the skill.
    public var isFound: Bool { basis != .missing }
}
