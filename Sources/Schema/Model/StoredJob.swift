public import GraphQL
public import Pipeline

/// Whether a job is worked on.
public enum JobStatus: String, Sendable, CaseIterable {
    case open = "OPEN"
    case archived = "ARCHIVED"
}

/// A job as it is stored, with its counters.
public struct StoredJob: Sendable, Equatable {
    /// In the store.
    public var id: ObjectID
    /// Whose it is.
    public var recruiterID: ObjectID
    /// What a recruiter wrote and changes.
    public var content: JobContent
    /// Whether it is worked on.
    public var status = JobStatus.open
    /// Grows by one with each change of what scores depend on.
    public var revision = 1
    /// Grows with each change of the job or of anything below it.
    public var version: Int64 = 1
    /// What its resumes add up to.
    public var counters: JobCounters
    /// When it was made.
    public var createdAt: Timestamp
    /// When the job, or anything below it, last changed; never earlier than before.
    public var lastUpdatedAt: Timestamp

    /// Makes an open job; without counters, a new one.
    public init(
        id: ObjectID,
        recruiterID: ObjectID,
        content: JobContent,
        counters: JobCounters = JobCounters(),
        createdAt: Timestamp
    ) {
        self.id = id
        self.recruiterID = recruiterID
        self.content = content
        self.counters = counters
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
    }

    /// One entry for each skill that is asked for, required ones first, in the recruiter's order.
    public var skillCoverage: [SkillCoverage] {
        func entries(_ skills: [String], isRequired: Bool) -> [SkillCoverage] {
            skills.map {
                SkillCoverage(skill: $0, isRequired: isRequired, resumes: counters.skills[SkillKey.of($0)] ?? 0)
            }
        }
        return entries(content.requirements.requiredSkills, isRequired: true)
            + entries(content.requirements.preferredSkills, isRequired: false)
    }

    /// Puts new content or a new status in place.
    ///
    /// - Parameters:
    ///   - now: When.
    ///   - change: What to change.
    /// - Returns: Whether anything is other than before; then version, time and, where scores depend on it, revision grew.
    public mutating func apply(at now: Timestamp, _ change: (inout StoredJob) throws -> Void) rethrows -> Bool {
        let before = self
        try change(&self)
        guard self != before else { return false }
        if !content.scoresAlike(before.content) { revision = before.revision + 1 }
        version = before.version + 1
        // A clock that was set back must not hide a change from who compares the times.
        lastUpdatedAt = max(now, Timestamp(milliseconds: before.lastUpdatedAt.milliseconds + 1))
        return true
    }
}

/// What a recruiter writes of a job.
public struct JobContent: Sendable, Equatable {
    /// Not empty.
    public var title: String
    // What ``JobParts`` names is empty or nil where a store was not asked for it.
    /// Who hires; nil where it is not told.
    public var company: String?
    /// Where; nil where it is not told.
    public var location: String?
    /// Not empty.
    public var description: String
    /// Whether candidates are shown without what names or locates them.
    public var isBlind = false
    /// What is asked of candidates.
    public var requirements = JobRequirements()
    /// What counts how much.
    public var weights = ScoringRules.defaultWeights
    /// How many days after its registration a resume is erased; nil where resumes are kept.
    public var retentionDays: Int?

    /// Makes content that asks for nothing.
    public init(title: String, description: String) {
        self.title = title
        self.description = description
    }

    /// The same in every byte, since what counts as no change is not stored.
    public static func == (left: JobContent, right: JobContent) -> Bool {
        left.scoresAlike(right) && left.company?.bytes == right.company?.bytes
            && left.location?.bytes == right.location?.bytes && left.isBlind == right.isBlind
            && left.retentionDays == right.retentionDays
    }

    /// Whether resumes score the same under both.
    func scoresAlike(_ other: JobContent) -> Bool {
        texts == other.texts && requirements == other.requirements && weights == other.weights
    }

    /// What scores depend on and is written.
    private var texts: [[UInt8]] {
        ([title, description] + requirements.requiredSkills + requirements.preferredSkills).map(\.bytes)
    }
}

extension String {
    /// Its UTF-8: `==` takes texts for equal that look the same and are other bytes.
    var bytes: [UInt8] { Array(utf8) }
}

/// What a job's resumes add up to.
///
/// Stored with the job and changed together with the resumes; never computed when it is read.
public struct JobCounters: Sendable, Equatable {
    /// Of a job without completed resumes; the same array for all.
    public static let emptyHistogram = [Int](repeating: 0, count: 10)

    /// All resumes.
    public var total = 0
    /// Those that wait or are worked on.
    public var queued = 0
    /// Those that are done.
    public var completed = 0
    /// Those whose last attempt failed.
    public var failed = 0
    /// Of the completed.
    public var passed = 0
    /// Of the completed.
    public var rejected = 0
    /// Completed resumes in ten equal ranges of the score, lowest first.
    public var histogram = emptyHistogram
    /// How many completed resumes show a skill, by ``SkillKey``: of every skill that was ever asked for, so that a skill which
    /// is asked for again finds its count.
    public var skills: [String: Int] = [:]

    /// Nothing counted yet.
    public init() {}

    /// Adds what the resumes' changes amount to.
    public mutating func add(_ change: CounterChange) {
        total += change.total
        queued += change.queued
        completed += change.completed
        failed += change.failed
        passed += change.passed
        rejected += change.rejected
        for place in histogram.indices { histogram[place] += change.histogram[place] }
        for (skill, count) in change.skills { skills[skill, default: 0] += count }
    }
}

/// How many completed resumes show a skill.
public struct SkillCoverage: ObjectValue, Equatable {
    /// As the recruiter wrote it.
    public var skill: String
    /// Or preferred.
    public var isRequired: Bool
    /// How many completed ones show it.
    public var resumes: Int

    /// Each parameter is the property of its name.
    public init(skill: String, isRequired: Bool, resumes: Int) {
        self.skill = skill
        self.isRequired = isRequired
        self.resumes = resumes
    }
}

extension Job {
    /// What screening reads of a stored job.
    public init(_ job: StoredJob) {
        self.init(
            title: job.content.title,
            description: job.content.description,
            requirements: job.content.requirements,
            weights: job.content.weights,
            revision: job.revision
        )
    }
}
