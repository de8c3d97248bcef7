public import Pipeline

/// What of a resume its job's counters depend on.
public struct ResumeStanding: Sendable, Equatable {
    /// Where its processing stands.
    public var status: ResumeStatus
    /// The label of a resume that was completed once.
    public var passFail: PassFail?
    /// Hundredths of a point, of a resume that was completed once.
    public var finalScore: Int?
    /// ``SkillKey`` of each skill of the job that it shows.
    public var shownSkills: [String]

    /// Each parameter is the property of its name.
    public init(
        status: ResumeStatus,
        passFail: PassFail? = nil,
        finalScore: Int? = nil,
        shownSkills: [String] = []
    ) {
        self.status = status
        self.passFail = passFail
        self.finalScore = finalScore
        self.shownSkills = shownSkills
    }

    /// That of a resume.
    public init(_ resume: StoredResume) {
        self.init(
            status: resume.status,
            passFail: resume.result?.passFail,
            finalScore: resume.result?.finalScore,
            shownSkills: resume.result?.shownSkills ?? []
        )
    }

    /// The same resume in another status.
    public func with(_ status: ResumeStatus) -> ResumeStanding {
        var other = self
        other.status = status
        return other
    }

    /// What the resume adds to its job's counters.
    public var contribution: CounterChange {
        var change = CounterChange()
        change.total = 1
        switch status {
        case .registered: break
        case .queued, .processing: change.queued = 1
        case .failed: change.failed = 1
        case .completed:
            change.completed = 1
            if passFail == .failed { change.rejected = 1 } else { change.passed = 1 }
            let score = finalScore ?? 0
            change.histogram[min(9, score / 1_000)] = 1
            change.scores[score] = 1
            for skill in shownSkills { change.skills[skill] = 1 }
        }
        return change
    }
}

/// What is added to a job's counters, all at once.
///
/// The counters are the sum of what the job's resumes contribute; every change of a resume changes them by the difference.
public struct CounterChange: Sendable, Equatable {
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
    /// Of the completed, in ten equal ranges of the score, lowest first.
    public var histogram = [Int](repeating: 0, count: 10)
    /// Of the completed, by ``SkillKey``.
    public var skills: [String: Int] = [:]
    /// Of the completed, by score in hundredths of a point.
    public var scores: [Int: Int] = [:]

    /// Changes nothing.
    public init() {}

    /// Adds `other` so many times.
    public mutating func add(_ other: CounterChange, times factor: Int = 1) {
        total += factor * other.total
        queued += factor * other.queued
        completed += factor * other.completed
        failed += factor * other.failed
        passed += factor * other.passed
        rejected += factor * other.rejected
        for place in histogram.indices { histogram[place] += factor * other.histogram[place] }
        for (skill, count) in other.skills { skills[skill, default: 0] += factor * count }
        for (score, count) in other.scores { scores[score, default: 0] += factor * count }
    }

    /// From one standing to another.
    public static func from(_ before: ResumeStanding?, to after: ResumeStanding?) -> CounterChange {
        var change = CounterChange()
        if let after { change.add(after.contribution) }
        if let before { change.add(before.contribution, times: -1) }
        return change
    }
}
