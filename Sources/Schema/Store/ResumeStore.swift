public import Pipeline

/// Where resumes are kept.
///
/// Every call is scoped to a recruiter: what is someone else's is not there. Every change of a resume changes its job's
/// counters with it, or neither.
public protocol ResumeStore: Sendable {
    /// The resumes with these identifiers, those that are not there left out, in no order.
    func resumes(_ ids: [ObjectID], of recruiter: ObjectID, parts: ResumeParts) async throws -> [StoredResume]

    /// A part of the resumes of each job, in the order of the queries.
    func resumes(_ queries: [ResumeQuery], of recruiter: ObjectID) async throws -> [Page<StoredResume>]

    /// Adds resumes to a job, each unless the job has its content already.
    ///
    /// - Parameters:
    ///   - files: Whole files of the recruiter's, none of them held by a resume, and files that lie elsewhere. A file whose
    ///     content the job has, or that comes twice, is not held afterwards and will be erased. Of one that lies elsewhere
    ///     the URL tells, and what the client says of the content.
    ///   - job: Which job.
    ///   - recruiter: Whose.
    ///   - now: When.
    ///   - parts: What is read of a resume that has the content already, beside its file.
    /// - Returns: For each file what became of it, and the job as it is now; nil where there is no job.
    /// - Throws: What the store says went wrong.
    func register(
        _ files: [ResumeFile],
        in job: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        parts: ResumeParts
    ) async throws -> (resumes: [Registration], job: StoredJob)?

    /// The resumes of a job that have one of these contents.
    ///
    /// - Parameters:
    ///   - sha256: In lower-case hexadecimal.
    ///   - job: Which job.
    ///   - recruiter: Whose.
    /// - Returns: In no order.
    /// - Throws: What the store says went wrong.
    func resumes(withContent sha256: [String], in job: ObjectID, of recruiter: ObjectID) async throws -> [StoredResume]

    /// Erases a resume with all that was derived from it.
    ///
    /// - Returns: Its job as it is now; nil where there is no such resume.
    func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> StoredJob?

    /// Records a decision.
    ///
    /// - Returns: The resume as it is now; nil where there is none.
    func decide(_ id: ObjectID, of recruiter: ObjectID, _ decision: Decision) async throws -> StoredResume?

    /// How many completed resumes of a job score higher, and one.
    ///
    /// - Parameter places: Jobs and scores in hundredths of a point.
    /// - Returns: One rank for each place.
    /// - Throws: What the store says went wrong.
    func ranks(_ places: [ScorePlace]) async throws -> [Int]

    /// What screening reads of completed resumes.
    ///
    /// - Parameters:
    ///   - job: Which job.
    ///   - recruiter: Whose.
    ///   - only: One resume, or nil for all completed ones, the best first.
    ///   - limit: How many at most.
    /// - Returns: Those whose text is stored.
    /// - Throws: What the store says went wrong.
    func material(
        of job: ObjectID,
        of recruiter: ObjectID,
        only: ObjectID?,
        limit: Int
    ) async throws -> [ScreeningMaterial]
}

/// What became of a file that was to be registered.
public enum Registration: Sendable, Equatable {
    case registered(StoredResume)
    /// The job has a resume with this content.
    case duplicate(StoredResume)
    /// The file has gone, or belongs to a resume of another job.
    case unavailable
}

/// Parts of a resume that are long and read only where they are asked for.
public struct ResumeParts: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int
    /// Makes a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// ``ScreeningResult/scores``.
    public static let scores = ResumeParts(rawValue: 1)
    /// Of ``ScreeningResult/profile`` what fits a row of a table: name, place and years.
    public static let profileHead = ResumeParts(rawValue: 2)
    /// ``ScreeningResult/prefilter``.
    public static let prefilter = ResumeParts(rawValue: 4)
    /// Of ``ScreeningResult/explanation`` the summary.
    public static let summary = ResumeParts(rawValue: 8)
    /// ``ScreeningResult/integrity``.
    public static let integrity = ResumeParts(rawValue: 16)
    /// The profile's ways to reach the candidate, its headline and summary, highest education, certifications and languages.
    public static let profileDetails = ResumeParts(rawValue: 32)
    /// The names of the profile's skills.
    public static let skills = ResumeParts(rawValue: 64)
    /// The passages that show the profile's skills.
    public static let skillEvidence = ResumeParts(rawValue: 128)
    /// The profile's positions.
    public static let experience = ResumeParts(rawValue: 256)
    /// The profile's degrees.
    public static let education = ResumeParts(rawValue: 512)
    /// Of ``ScreeningResult/explanation`` everything but the summary.
    public static let reasons = ResumeParts(rawValue: 1024)
    /// ``ScreeningResult/shownSkills``, which only counting reads.
    public static let shownSkills = ResumeParts(rawValue: 2048)
    /// Of ``StoredResume/file`` everything but its name.
    public static let file = ResumeParts(rawValue: 4096)
    /// ``StoredResume/storedRankKey``, which cursors are made of.
    public static let rankKey = ResumeParts(rawValue: 8192)
    /// ``StoredResume/storedNameKey``, which cursors are made of.
    public static let nameKey = ResumeParts(rawValue: 16384)

    /// ``ScreeningResult/profile``.
    public static let profile: ResumeParts = [
        .profileHead, .profileDetails, .skills, .skillEvidence, .experience, .education,
    ]
    /// ``ScreeningResult/explanation``.
    public static let explanation: ResumeParts = [.summary, .reasons]
    /// Everything.
    public static let all: ResumeParts = [
        .scores, .profile, .prefilter, .explanation, .integrity, .shownSkills, .file, .rankKey, .nameKey,
    ]
}

/// A score in a job.
public struct ScorePlace: Hashable, Sendable {
    /// Which job.
    public var job: ObjectID
    /// Hundredths of a point.
    public var score: Int

    /// Each parameter is the property of its name.
    public init(job: ObjectID, score: Int) {
        self.job = job
        self.score = score
    }
}

/// What screening reads of a resume that was processed before.
public struct ScreeningMaterial: Sendable {
    /// The resume, with its scores.
    public var resume: StoredResume
    /// As extraction gave it.
    public var document: ExtractedDocument
    /// Nil where none are stored.
    public var vectors: ResumeVectors?

    /// Each parameter is the property of its name.
    public init(resume: StoredResume, document: ExtractedDocument, vectors: ResumeVectors?) {
        self.resume = resume
        self.document = document
        self.vectors = vectors
    }
}

/// Which resumes of a job, in which order.
public struct ResumeQuery: Sendable, Equatable {
    /// What resumes are sorted by; equal ones by their identifier.
    public enum Order: Character, Sendable, CaseIterable {
        /// The best first; those without a score come after all others.
        case rank = "r"
        case createdAt = "c"
        case lastUpdatedAt = "u"
        /// Of the candidate, or else of the file.
        case name = "n"
    }

    /// The job.
    public var job: ObjectID
    /// Only those in one of these; empty for none at all, nil for all.
    public var statuses: Set<ResumeStatus>?
    /// Only completed ones with this label.
    public var passFail: PassFail?
    /// Only completed ones with a score in this range, in hundredths of a point.
    public var scores: ClosedRange<Int>?
    /// Only those with all of these skills, by ``SkillKey``.
    public var skills: [String] = []
    /// Only those with at least so many years.
    public var minYears: Double?
    /// Only those with this decision.
    public var decision: Decision.Outcome?
    /// Only those with, or without, findings.
    public var isFlagged: Bool?
    /// Only those scored against an older revision than this one, or only the others.
    public var staleness: (isStale: Bool, revision: Int)?
    /// Only those that this batch processed last.
    public var batch: ObjectID?
    /// Only those whose names have a word that starts with each of these, folded by ``TitleWords``.
    public var words: [String] = []
    /// Only those about which something was decided.
    public var mustBeDecided = false
    /// What they are sorted by.
    public var order = Order.rank
    /// Whether the order is turned round.
    public var isReversed = false
    /// Which part.
    public var page = PageRequest()
    /// What is read of each.
    public var parts: ResumeParts = []
    /// How many resumes the job has, where that is at hand: an unfiltered connection need not ask for it.
    public var jobTotal: Int?

    /// The first page of the ranked table.
    public init(job: ObjectID) { self.job = job }

    /// Whether all resumes of the job are in it.
    public var isUnfiltered: Bool {
        statuses == nil && passFail == nil && scores == nil && skills.isEmpty && minYears == nil && decision == nil
            && isFlagged == nil && staleness == nil && batch == nil && words.isEmpty && !mustBeDecided
    }

    /// Equal fields.
    public static func == (left: ResumeQuery, right: ResumeQuery) -> Bool {
        left.job == right.job && left.statuses == right.statuses && left.passFail == right.passFail
            && left.scores == right.scores && left.skills == right.skills && left.minYears == right.minYears
            && left.decision == right.decision && left.isFlagged == right.isFlagged
            && left.staleness?.isStale == right.staleness?.isStale
            && left.staleness?.revision == right.staleness?.revision && left.batch == right.batch
            && left.words == right.words && left.mustBeDecided == right.mustBeDecided && left.order == right.order
            && left.isReversed == right.isReversed && left.page == right.page && left.parts == right.parts
            && left.jobTotal == right.jobTotal
    }

    /// Where a resume stands in this order.
    public func cursor(of resume: StoredResume) -> PageCursor {
        let key: PageCursor.Key =
            switch order {
            case .rank: .text(resume.rankKey)
            case .createdAt: .time(resume.createdAt)
            case .lastUpdatedAt: .time(resume.lastUpdatedAt)
            case .name: .text(resume.nameKey)
            }
        return PageCursor(order: order.rawValue, key: key, id: resume.id)
    }
}

extension StoredResume {
    /// What the ranked table is sorted by: higher score first, then more required skills met, then content hash; resumes
    /// that are not completed come last, batch by batch.
    public var rankKey: String { storedRankKey ?? derivedRankKey }

    /// ``rankKey`` as it follows from status, result and file.
    public var derivedRankKey: String {
        guard status == .completed, let result else { return Self.rankKey(unrankedIn: batchID) }
        return Self.rankKey(
            finalScore: result.finalScore,
            requiredSkillsMet: result.requiredSkillsMet,
            sha256: file.sha256
        )
    }

    /// ``rankKey`` of a completed resume.
    ///
    /// - Parameters:
    ///   - finalScore: Hundredths of a point.
    ///   - requiredSkillsMet: How many required skills it shows.
    ///   - sha256: Of the content.
    /// - Returns: A text whose order is that of the table.
    public static func rankKey(finalScore: Int, requiredSkillsMet: Int, sha256: String?) -> String {
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(max(0, number))
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        return digits(10_000 - finalScore, 5) + digits(9_999 - min(9_999, requiredSkillsMet), 4)
            + (sha256 ?? "").prefix(16)
    }

    /// ``rankKey`` of a resume that has no rank: the batch finds by it what waits.
    ///
    /// - Parameter batch: ``batchID``.
    /// - Returns: A text that is not before ``unranked``.
    public static func rankKey(unrankedIn batch: ObjectID?) -> String { unranked + (batch?.description ?? "") }

    /// What ``rankKey`` of a resume without a rank begins with; after all digits.
    public static let unranked = "~"

    /// ``rankKey`` of every resume with this score, or a lower one, is not before it.
    public static func rankKeyPrefix(score: Int) -> String {
        let text = String(10_000 - min(10_000, max(0, score)))
        return String(repeating: "0", count: 5 - text.utf8.count) + text
    }

    /// By which names are sorted: the candidate's, or else the file's.
    public var nameKey: String { storedNameKey ?? TitleWords.key(shownName) }

    /// What is searched by name.
    public var nameWords: [String] {
        TitleWords.words([result?.profile?.name, file.name].compactMap { $0 }.joined(separator: " "))
    }

    private var shownName: String { result?.profile?.name ?? file.name }
}
