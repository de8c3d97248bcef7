/// Where jobs are kept.
///
/// Every call is scoped to a recruiter: what is someone else's is not there.
public protocol JobStore: Sendable {
    /// Adds a job.
    ///
    /// - Parameter job: New; its `recruiterID` is the signed-in recruiter.
    /// - Throws: What the store says went wrong.
    func insert(_ job: StoredJob) async throws

    /// The jobs with these identifiers, those that are not there left out, in no order.
    ///
    /// - Parameters:
    ///   - ids: Which.
    ///   - recruiter: Whose.
    ///   - parts: What is read of them beside what fits a row of a table.
    /// - Returns: Those that are there.
    /// - Throws: What the store says went wrong.
    func jobs(_ ids: [ObjectID], of recruiter: ObjectID, parts: JobParts) async throws -> [StoredJob]

    /// A part of the recruiter's jobs.
    func jobs(_ query: JobQuery, of recruiter: ObjectID) async throws -> Page<StoredJob>

    /// Changes a job, atomically: nobody sees half of it, and no other change is lost.
    ///
    /// - Parameters:
    ///   - id: Which job.
    ///   - recruiter: Whose.
    ///   - now: When.
    ///   - change: May be called again with a newer state; what it throws ends the update.
    /// - Returns: The job as it is now; nil where there is none.
    /// - Throws: What `change` throws; what the store says went wrong.
    func update(
        _ id: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ change: @escaping @Sendable (inout StoredJob) throws -> Void
    ) async throws -> StoredJob?

    /// Deletes a job and everything under it.
    ///
    /// - Returns: Whether it was there.
    func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> Bool
}

extension JobStore {
    /// The whole jobs with these identifiers, those that are not there left out, in no order.
    public func jobs(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredJob] {
        try await jobs(ids, of: recruiter, parts: .all)
    }
}

/// What is read of a job only where it is asked for.
public struct JobParts: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int
    /// Makes a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// ``JobContent/description``, which may be long.
    public static let description = JobParts(rawValue: 1)
    /// ``JobContent/requirements``.
    public static let requirements = JobParts(rawValue: 2)
    /// ``JobContent/weights``.
    public static let weights = JobParts(rawValue: 4)
    /// ``JobCounters/skills``.
    public static let skills = JobParts(rawValue: 8)
    /// ``JobContent/company``.
    public static let company = JobParts(rawValue: 16)
    /// ``JobContent/location``.
    public static let location = JobParts(rawValue: 32)
    /// ``JobContent/retentionDays``.
    public static let retentionDays = JobParts(rawValue: 64)
    /// Everything.
    public static let all: JobParts = [
        .description, .requirements, .weights, .skills, .company, .location, .retentionDays,
    ]
}

/// Which jobs, in which order.
public struct JobQuery: Sendable, Equatable {
    /// What jobs are sorted by; equal ones by their identifier.
    public enum Order: Character, Sendable, CaseIterable {
        case lastUpdatedAt = "u"
        case createdAt = "c"
        case title = "n"
    }

    /// Only those; nil for all.
    public var status: JobStatus?
    /// Only those whose title has a word that starts with each of these, folded by ``TitleWords``.
    public var words: [String] = []
    /// What they are sorted by.
    public var order = Order.lastUpdatedAt
    /// Whether the largest comes first.
    public var isDescending = true
    /// Which part.
    public var page = PageRequest()
    /// What is read of them.
    public var parts = JobParts.all

    /// The first page of all jobs, newest change first.
    public init() {}

    /// Where a job stands in this order.
    public func cursor(of job: StoredJob) -> PageCursor {
        let key: PageCursor.Key =
            switch order {
            case .lastUpdatedAt: .time(job.lastUpdatedAt)
            case .createdAt: .time(job.createdAt)
            case .title: .text(TitleWords.key(job.content.title))
            }
        return PageCursor(order: order.rawValue, key: key, id: job.id)
    }
}
