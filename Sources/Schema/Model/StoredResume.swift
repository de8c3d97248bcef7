public import GraphQL
public import Pipeline

/// Where a resume's processing stands.
public enum ResumeStatus: String, Sendable, CaseIterable {
    case registered = "REGISTERED"
    case queued = "QUEUED"
    case processing = "PROCESSING"
    case completed = "COMPLETED"
    case failed = "FAILED"
}

/// A resume in a job, as it is stored.
///
/// What was found out about it stays while it is processed again, so that a table does not go blank.
public struct StoredResume: Sendable, Equatable {
    /// In the store.
    public var id: ObjectID
    /// Whose it is.
    public var recruiterID: ObjectID
    /// The job that it is in.
    public var jobID: ObjectID
    /// What it was read from; nothing but its name, unless ``ResumeParts/file`` was read.
    public var file: ResumeFile
    /// Where its processing stands.
    public var status = ResumeStatus.registered
    /// What the worker does, or did when it failed.
    public var stage: PipelineError.Stage?
    /// How often its present or last processing was begun.
    public var attempts = 0
    /// Why the last attempt failed.
    public var failure: ProcessingFailure?
    /// The batch that processes it, or did last.
    public var batchID: ObjectID?
    /// What was found out last; nil before it was completed once.
    public var result: ScreeningResult?
    /// What a recruiter decided.
    public var decision: Decision?
    /// When it was registered.
    public var createdAt: Timestamp
    /// When it last changed.
    public var lastUpdatedAt: Timestamp
    /// When its last processing ended.
    public var processedAt: Timestamp?
    /// ``rankKey`` as the store has it; nil where it was not read.
    public var storedRankKey: String?
    /// ``nameKey`` as the store has it; nil where it was not read.
    public var storedNameKey: String?

    /// A resume that was just registered.
    public init(id: ObjectID, recruiterID: ObjectID, jobID: ObjectID, file: ResumeFile, createdAt: Timestamp) {
        self.id = id
        self.recruiterID = recruiterID
        self.jobID = jobID
        self.file = file
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
    }
}

/// A resume's file.
public struct ResumeFile: Sendable, Equatable {
    /// As the client calls it.
    public var name: String
    /// By the content once it was seen; before, as the client says.
    public var mediaType: String
    /// How many bytes it has.
    public var byteCount: Int
    /// Of the content, in lower-case hexadecimal; nil until the content was seen.
    public var sha256: String?
    /// In the server's own store; nil where the file lies elsewhere.
    public var storeID: ObjectID?
    /// Where the file lies, as it was registered; nil where it is in the server's own store.
    public var url: String?
    /// What the client says that the content's SHA-256 is, in lower-case hexadecimal; only of files that lie elsewhere.
    public var claimedSHA256: String?

    /// Each parameter is the property of its name.
    public init(
        name: String,
        mediaType: String,
        byteCount: Int,
        sha256: String?,
        storeID: ObjectID?,
        url: String? = nil,
        claimedSHA256: String? = nil
    ) {
        self.name = name
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.sha256 = sha256
        self.storeID = storeID
        self.url = url
        self.claimedSHA256 = claimedSHA256
    }

    /// A file that is in the store.
    public init(_ file: StoredFile) {
        self.init(
            name: file.name,
            mediaType: file.mediaType,
            byteCount: file.byteCount,
            sha256: file.sha256,
            storeID: file.id
        )
    }
}

/// Why an attempt failed, and whether another follows by itself.
public struct ProcessingFailure: Sendable, Equatable, ObjectValue {
    /// The reason.
    public var error: PipelineError
    /// Nil where no further attempt follows by itself.
    public var nextAttemptAt: Timestamp?

    /// Each parameter is the property of its name.
    public init(_ error: PipelineError, nextAttemptAt: Timestamp? = nil) {
        self.error = error
        self.nextAttemptAt = nextAttemptAt
    }
}

/// What screening found out, as far as it was read from the store.
///
/// A class: with a struct of as many references each resume on its way to the resolvers would be copied for long.
public final class ScreeningResult: Sendable {
    /// The label.
    public let passFail: PassFail
    /// Hundredths of a point, from 0 to 10,000.
    public let finalScore: Int
    /// Breaks ties between equal scores.
    public let requiredSkillsMet: Int
    /// ``SkillKey`` of each skill of the job that it shows.
    public let shownSkills: [String]
    /// The revision of the job that was scored against.
    public let jobRevision: Int
    /// Whether the integrity report has findings.
    public let isFlagged: Bool
    /// Nil where it was not read.
    public let scores: ScoreBreakdown?
    /// Nil where it was not read.
    public let profile: CandidateProfile?
    /// Nil where it was not read.
    public let prefilter: Prefilter?
    /// Nil where it was not read.
    public let explanation: Explanation?
    /// Nil where it was not read.
    public let integrity: [IntegrityFinding]?

    /// Each parameter is the property of its name; what was not read is nil.
    public init(
        passFail: PassFail,
        finalScore: Int,
        requiredSkillsMet: Int,
        shownSkills: [String],
        jobRevision: Int,
        isFlagged: Bool,
        scores: ScoreBreakdown?,
        profile: consuming CandidateProfile?,
        prefilter: Prefilter?,
        explanation: consuming Explanation?,
        integrity: [IntegrityFinding]?
    ) {
        self.passFail = passFail
        self.finalScore = finalScore
        self.requiredSkillsMet = requiredSkillsMet
        self.shownSkills = shownSkills
        self.jobRevision = jobRevision
        self.isFlagged = isFlagged
        self.scores = scores
        self.profile = profile
        self.prefilter = prefilter
        self.explanation = explanation
        self.integrity = integrity
    }

    /// All of what screening gave.
    public convenience init(_ screened: ScreenedResume) {
        self.init(
            passFail: screened.prefilter.passFail,
            finalScore: screened.scores.finalScore,
            requiredSkillsMet: screened.requiredSkillsMet,
            shownSkills: Array(Set(screened.explanation.matchedSkills.map { SkillKey.of($0.skill) })).sorted(),
            jobRevision: screened.scores.jobRevision,
            isFlagged: !screened.integrity.findings.isEmpty,
            scores: screened.scores,
            profile: screened.profile,
            prefilter: screened.prefilter,
            explanation: screened.explanation,
            integrity: screened.integrity.findings
        )
    }
}

extension ScreeningResult: Equatable {
    /// Equal properties.
    public static func == (left: ScreeningResult, right: ScreeningResult) -> Bool {
        left.passFail == right.passFail && left.finalScore == right.finalScore
            && left.requiredSkillsMet == right.requiredSkillsMet && left.shownSkills == right.shownSkills
            && left.jobRevision == right.jobRevision && left.isFlagged == right.isFlagged
            && left.scores == right.scores && left.profile == right.profile && left.prefilter == right.prefilter
            && left.explanation == right.explanation && left.integrity == right.integrity
    }
}

/// What a recruiter decided about a resume.
public struct Decision: Sendable, Equatable, ObjectValue {
    /// What can be decided.
    public enum Outcome: String, Sendable, CaseIterable {
        case advance = "ADVANCE"
        case hold = "HOLD"
        case reject = "REJECT"
    }

    /// What was decided.
    public var outcome: Outcome
    /// Why, in the recruiter's words.
    public var note: String?
    /// Who decided.
    public var decidedBy: ObjectID
    /// When.
    public var decidedAt: Timestamp

    /// Each parameter is the property of its name.
    public init(outcome: Outcome, note: String?, decidedBy: ObjectID, decidedAt: Timestamp) {
        self.outcome = outcome
        self.note = note
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }
}

/// Names a skill where its own text cannot stand, as in names of fields.
public enum SkillKey {
    /// The first 16 digits of the SHA-256 of the skill in lower case.
    public static func of(_ skill: String) -> String {
        String(Digest.sha256(Array(skill.lowercased().utf8)).prefix(16))
    }
}
