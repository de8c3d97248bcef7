/// Everything that screening finds out about one resume for one job.
public struct ScreenedResume: Sendable, Equatable {
    /// What the resume says.
    public var profile: CandidateProfile
    /// The label with its reasons.
    public var prefilter: Prefilter
    /// The score and how it came about.
    public var scores: ScoreBreakdown
    /// Why, in words and quotes.
    public var explanation: Explanation
    /// Signs that the file was made to mislead.
    public var integrity: IntegrityReport
    /// What the semantic value was blended of.
    public var likenesses: Likenesses
    /// How many required skills it shows: breaks ties between equal scores.
    public var requiredSkillsMet: Int

    /// Each parameter is the property of its name.
    public init(
        profile: CandidateProfile,
        prefilter: Prefilter,
        scores: ScoreBreakdown,
        explanation: Explanation,
        integrity: IntegrityReport,
        likenesses: Likenesses,
        requiredSkillsMet: Int
    ) {
        self.profile = profile
        self.prefilter = prefilter
        self.scores = scores
        self.explanation = explanation
        self.integrity = integrity
        self.likenesses = likenesses
        self.requiredSkillsMet = requiredSkillsMet
    }
}
