/// A job to screen for: the fields of the contract's `CreateJobInput` that screening reads.
public struct Job: Sendable, Equatable {
    /// The job's title.
    public var title: String
    /// What the job is, as the recruiter wrote it.
    public var description: String
    /// What is asked of candidates.
    public var requirements: JobRequirements
    /// What counts how much; nil for the defaults.
    public var weights: ScoringWeights?
    /// Grows by one with each change.
    public var revision: Int

    /// Makes a job.
    public init(
        title: String,
        description: String,
        requirements: JobRequirements = JobRequirements(),
        weights: ScoringWeights? = nil,
        revision: Int = 1
    ) {
        self.title = title
        self.description = description
        self.requirements = requirements
        self.weights = weights
        self.revision = revision
    }
}

/// What a job asks of candidates.
public struct JobRequirements: Sendable, Codable, Equatable {
    /// Skills as the recruiter wrote them.
    public var requiredSkills: [String] = []
    /// Skills that are welcome, as the recruiter wrote them.
    public var preferredSkills: [String] = []
    /// Years of experience, at least.
    public var minYearsExperience: Double?
    /// Years of experience, at most.
    public var maxYearsExperience: Double?
    /// Level of education, at least.
    public var minEducation: EducationLevel?

    /// Makes requirements that ask for nothing.
    public init() {}
}

/// Shares of the final score, each from 0 to 1; they are divided by their sum.
public struct ScoringWeights: Sendable, Codable, Equatable {
    /// Share of the nearness in meaning.
    public var semantic: Double
    /// Share of the required skills.
    public var requiredSkills: Double
    /// Share of the preferred skills.
    public var preferredSkills: Double
    /// Share of the years of experience.
    public var experience: Double
    /// Share of the education.
    public var education: Double

    /// Makes weights.
    public init(
        semantic: Double,
        requiredSkills: Double,
        preferredSkills: Double,
        experience: Double,
        education: Double
    ) {
        self.semantic = semantic
        self.requiredSkills = requiredSkills
        self.preferredSkills = preferredSkills
        self.experience = experience
        self.education = education
    }
}
