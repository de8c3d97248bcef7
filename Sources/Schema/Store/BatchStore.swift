/// Where batches are kept: the only way in to processing.
///
/// Every call is scoped to a recruiter: what is someone else's is not there.
public protocol BatchStore: Sendable {
    /// The batches with these identifiers, those that are not there left out, in no order.
    func batches(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredBatch]

    /// A part of the batches of each job, newest first, in the order of the queries.
    func batches(_ queries: [BatchQuery], of recruiter: ObjectID) async throws -> [Page<StoredBatch>]

    /// Makes a batch, and marks its resumes as queued.
    ///
    /// - Parameters:
    ///   - request: What is asked for.
    ///   - recruiter: Whose.
    ///   - now: When.
    /// - Returns: What came of it.
    /// - Throws: What the store says went wrong. The batch is then filled by itself after a while, or by the same request.
    func create(_ request: BatchRequest, of recruiter: ObjectID, at now: Timestamp) async throws -> BatchCreation

    /// Stops what has not started.
    ///
    /// - Returns: The batch as it is now; nil where there is none.
    func cancel(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> StoredBatch?
}

/// What `createBatch` asks for.
public struct BatchRequest: Sendable, Equatable {
    /// Which job.
    public var job: ObjectID
    /// Which of its resumes.
    public var target: BatchTarget
    /// The same key within 24 hours means the same batch.
    public var idempotencyKey: String?
    /// How many resumes the recruiter may process in the calendar month; nil for any number.
    public var quota: Int?

    /// Each parameter is the property of its name.
    public init(job: ObjectID, target: BatchTarget, idempotencyKey: String?, quota: Int? = nil) {
        self.job = job
        self.target = target
        self.idempotencyKey = idempotencyKey
        self.quota = quota
    }
}

/// What came of a request for a batch.
public enum BatchCreation: Sendable, Equatable {
    /// `isReplayed` tells that the key had been used before.
    case made(StoredBatch, isReplayed: Bool)
    /// There is no such job.
    case noJob
    /// These are no resumes of the job.
    case noResumes([ObjectID])
    /// The key was used for another request.
    case otherRequest
    /// Nothing was begun: the month's quota has only so many left, those not counted that wait already.
    case overQuota(asked: Int, left: Int)
}

/// Which batches of a job.
public struct BatchQuery: Sendable, Equatable {
    /// Tells cursors of this order from others.
    static let order: Character = "b"

    /// The job.
    public var job: ObjectID
    /// Which part.
    public var page: PageRequest

    /// Each parameter is the property of its name.
    public init(job: ObjectID, page: PageRequest) {
        self.job = job
        self.page = page
    }

    /// Where a batch stands.
    public func cursor(of batch: StoredBatch) -> PageCursor {
        PageCursor(order: Self.order, key: .time(batch.createdAt), id: batch.id)
    }
}
