public import GraphQL

/// Where a batch stands.
public enum BatchStatus: String, Sendable, CaseIterable {
    case queued = "QUEUED"
    case running = "RUNNING"
    case completed = "COMPLETED"
    case cancelled = "CANCELLED"
}

/// A batch as it is stored, with its counters.
public struct StoredBatch: Sendable, Equatable, ObjectValue {
    /// In the store.
    public var id: ObjectID
    /// Whose it is.
    public var recruiterID: ObjectID
    /// The job whose resumes it processes.
    public var jobID: ObjectID
    /// Where it stands.
    public var status = BatchStatus.queued
    /// How many resumes it was made for.
    public var total = 0
    /// Those that are done.
    public var completed = 0
    /// Those that failed for good.
    public var failed = 0
    /// Those that were stopped before they began, or deleted.
    public var cancelled = 0
    /// Grows with each change.
    public var version: Int64 = 0
    /// Whether resumes are still being added to it.
    public var isFilling = true
    /// Whether it is to end without beginning anything more: its status says so once all that had begun has ended.
    public var isCancelled = false
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var lastUpdatedAt: Timestamp
    /// When the last of its resumes was through.
    public var finishedAt: Timestamp?

    /// A batch without resumes.
    public init(id: ObjectID, recruiterID: ObjectID, jobID: ObjectID, createdAt: Timestamp) {
        self.id = id
        self.recruiterID = recruiterID
        self.jobID = jobID
        self.createdAt = createdAt
        lastUpdatedAt = createdAt
    }

    /// From 0 to 1; a batch without resumes is through.
    public var progress: Double {
        total > 0 ? Double(completed + failed + cancelled) / Double(total) : (isFilling ? 0 : 1)
    }
}

/// Which resumes a batch is made for.
public enum BatchTarget: Sendable, Equatable {
    /// Those with these identifiers that are not waiting or being worked on already.
    case resumes([ObjectID])
    /// Those that were never processed.
    case registered
    /// Those whose last attempt failed.
    case failed
    /// Completed ones that were scored against an older revision.
    case stale
}
