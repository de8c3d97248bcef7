public import GraphQL

/// What somebody did with a job, as a link of the job's chain: written with the change itself, and never changed.
///
/// Each link holds the digest of the one before, so that what is changed, taken out or put in afterwards is found.
public struct JobEvent: Sendable, Equatable, ObjectValue {
    /// In the store.
    public let id: ObjectID
    /// Whose job it is.
    public let recruiterID: ObjectID
    /// The job that it happened to.
    public let jobID: ObjectID
    /// 1 for the first of the job, and one more for each that follows.
    public let number: Int
    /// The job's `lastUpdatedAt` after the change.
    public let at: Timestamp
    /// Who did it.
    public let author: JobEventAuthor
    /// What was done.
    public let action: Action
    /// What it was done to; nil for several resumes.
    public let target: NodeID?
    /// What changed; nil where it was not read, or has been erased with the job.
    public let details: Details?
    /// Of the details: it stays when they go.
    public let detailsDigest: String
    /// ``digest`` of the event before; nil for the first.
    public let previousDigest: String?
    /// Of everything else; in lower-case hexadecimal.
    public let digest: String

    /// What can be done.
    public enum Action: String, Sendable, CaseIterable {
        case jobCreated = "JOB_CREATED"
        case jobUpdated = "JOB_UPDATED"
        case jobStatusChanged = "JOB_STATUS_CHANGED"
        case jobDeleted = "JOB_DELETED"
        case resumesRegistered = "RESUMES_REGISTERED"
        case resumeDeleted = "RESUME_DELETED"
        case resumeDecided = "RESUME_DECIDED"
        case batchCreated = "BATCH_CREATED"
        case batchCancelled = "BATCH_CANCELLED"
        case batchFinished = "BATCH_FINISHED"
        case countersRepaired = "COUNTERS_REPAIRED"

        /// Whether its details hold a recruiter's words, which go with the job.
        public var hasWords: Bool { self == .jobCreated || self == .jobUpdated }
    }

    /// What changed.
    public struct Details: Sendable, Equatable {
        /// 32 hexadecimal digits that nobody knows beforehand: without them erased words could be guessed from their digest.
        public let salt: String
        /// In the order of ``JobEventChange``'s makers.
        public let changes: [JobEventChange]

        /// Each parameter is the property of its name.
        public init(salt: String, changes: [JobEventChange]) {
            self.salt = salt
            self.changes = changes
        }
    }

    /// Each parameter is the property of its name; what a store has read, be it right or not.
    public init(
        id: ObjectID,
        recruiterID: ObjectID,
        jobID: ObjectID,
        number: Int,
        at: Timestamp,
        author: JobEventAuthor,
        action: Action,
        target: NodeID?,
        details: Details?,
        detailsDigest: String,
        previousDigest: String?,
        digest: String
    ) {
        self.id = id
        self.recruiterID = recruiterID
        self.jobID = jobID
        self.number = number
        self.at = at
        self.author = author
        self.action = action
        self.target = target
        self.details = details
        self.detailsDigest = detailsDigest
        self.previousDigest = previousDigest
        self.digest = digest
    }
}

/// Who did something.
public struct JobEventAuthor: Sendable, Equatable {
    /// What kind of author.
    public let actor: Actor
    /// Of the recruiter; nil for others.
    public let recruiterID: ObjectID?
    /// Of the request by which it was done, as the server's log has it.
    public let requestID: String?

    /// Kinds of authors.
    public enum Actor: String, Sendable, CaseIterable {
        /// Through the API.
        case recruiter = "RECRUITER"
        /// The erasing of what is older than a job keeps it.
        case retention = "RETENTION"
        /// The processing of resumes.
        case pipeline = "PIPELINE"
        /// Whoever runs the server, by a command.
        case `operator` = "OPERATOR"
    }

    /// Each parameter is the property of its name.
    public init(_ actor: Actor, recruiterID: ObjectID? = nil, requestID: String? = nil) {
        self.actor = actor
        self.recruiterID = recruiterID
        self.requestID = requestID
    }

    /// A recruiter, by the request that this task answers.
    public static func recruiter(_ id: ObjectID) -> JobEventAuthor {
        let request = CurrentRequest.id
        return JobEventAuthor(.recruiter, recruiterID: id, requestID: request.isEmpty ? nil : request)
    }
}

/// A field that changed.
public struct JobEventChange: Sendable, Equatable, ObjectValue {
    /// Such as `requiredSkills`.
    public let field: String
    /// One text, or those of a list in their order; nil where there was nothing.
    public let before: [String]?
    /// One text, or those of a list in their order; nil where there is nothing.
    public let after: [String]?

    /// Each parameter is the property of its name.
    public init(field: String, before: [String]?, after: [String]?) {
        self.field = field
        self.before = before
        self.after = after
    }
}

/// Where a chain ends.
public struct JobEventHead: Sendable, Equatable {
    /// Of the last event.
    public let number: Int
    /// Of the last event.
    public let digest: String

    /// Each parameter is the property of its name.
    public init(number: Int, digest: String) {
        self.number = number
        self.digest = digest
    }
}
