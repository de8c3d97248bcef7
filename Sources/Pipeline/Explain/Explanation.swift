/// Why a resume stands where it stands: the contract's `Explanation`.
public struct Explanation: Sendable, Equatable {
    /// Two or three sentences that name the score, what made it and the label.
    public var summary: String
    /// Skills of the job that the resume shows, required ones first, each in the job's order.
    public var matchedSkills: [SkillMatch]
    /// Skills of the job that the resume does not show, as the recruiter wrote them.
    public var missingSkills: [String]
    /// What speaks for the candidate, the weightiest first.
    public var strengths: [String]
    /// What speaks against, or could not be read, the weightiest first.
    public var gaps: [String]
    /// How each component made its points, and what was not counted and why.
    public var notes: [String]

    /// Each parameter is the property of its name.
    public init(
        summary: String,
        matchedSkills: [SkillMatch],
        missingSkills: [String],
        strengths: [String],
        gaps: [String],
        notes: [String]
    ) {
        self.summary = summary
        self.matchedSkills = matchedSkills
        self.missingSkills = missingSkills
        self.strengths = strengths
        self.gaps = gaps
        self.notes = notes
    }
}

/// A skill of the job and the passages that show it: the contract's `SkillMatch`.
public struct SkillMatch: Sendable, Equatable {
    /// As the recruiter wrote it.
    public var skill: String
    /// Whether the job requires it.
    public var required: Bool
    /// At least one passage.
    public var evidence: [Evidence]

    /// Each parameter is the property of its name.
    public init(skill: String, required: Bool, evidence: [Evidence]) {
        self.skill = skill
        self.required = required
        self.evidence = evidence
    }
}
