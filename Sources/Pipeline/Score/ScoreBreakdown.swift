/// Hundredths of a per cent: 10,000 stand for the whole.
///
/// Scores are computed in these, so that they never drift.
public typealias BasisPoints = Int

/// One part of the final score: the contract's `ScoreComponent`.
public struct ScoreComponent: Sendable, Equatable {
    /// How well the resume does here, from 0 to 10,000.
    public var value: BasisPoints
    /// Share of the final score; the shares of all components add up to 10,000.
    ///
    /// 0 where the component does not apply.
    public var weight: BasisPoints
    /// Hundredths of a point of the final score; those of all components add up to it exactly.
    public var points: Int

    /// Makes a component of its value and weight; the points follow, rounded half up.
    public init(value: BasisPoints, weight: BasisPoints) {
        self.value = min(10_000, max(0, value))
        self.weight = weight
        points = (self.value * weight + 5_000) / 10_000
    }
}

/// How the final score came about: the contract's `ScoreBreakdown`.
public struct ScoreBreakdown: Sendable, Equatable {
    /// Nearness of the whole resume to the job, in meaning and in words.
    public var semantic: ScoreComponent
    /// Required skills shown.
    public var requiredSkills: ScoreComponent
    /// Preferred skills shown.
    public var preferredSkills: ScoreComponent
    /// Years of experience against the years asked for.
    public var experience: ScoreComponent
    /// Level of education against the level asked for.
    public var education: ScoreComponent
    /// Rules and embedding model, such as `score-1/all-MiniLM-L6-v2`.
    public var version: String
    /// The revision of the job that was scored against.
    public var jobRevision: Int
    /// SHA-256 over everything the score depends on, in lower-case hexadecimal.
    public var fingerprint: String

    /// Each parameter is the property of its name.
    public init(
        semantic: ScoreComponent,
        requiredSkills: ScoreComponent,
        preferredSkills: ScoreComponent,
        experience: ScoreComponent,
        education: ScoreComponent,
        version: String,
        jobRevision: Int,
        fingerprint: String
    ) {
        self.semantic = semantic
        self.requiredSkills = requiredSkills
        self.preferredSkills = preferredSkills
        self.experience = experience
        self.education = education
        self.version = version
        self.jobRevision = jobRevision
        self.fingerprint = fingerprint
    }

    /// Hundredths of a point, from 0 to 10,000: the sum of the components' points.
    public var finalScore: Int {
        semantic.points + requiredSkills.points + preferredSkills.points + experience.points + education.points
    }
}
