/// Where resumes that wait for processing are kept, and where their results go.
///
/// A resume is lent to one worker by a lease, which runs out unless it is renewed: a resume whose worker died is lent again.
/// What a worker brings back counts only while it holds the lease.
public protocol ProcessingQueue: Sendable {
    /// Names one lending of one resume.
    associatedtype Lease: Sendable

    /// Lends the resume that has waited longest; nil where none is due.
    func claim() async throws -> ClaimedResume<Lease>?

    /// Keeps the lease for another while, and says what the worker does.
    ///
    /// - Returns: False where the lease was lost: the work is in vain.
    func renew(_ lease: Lease, stage: PipelineError.Stage) async throws -> Bool

    /// Records the result, once: counters change together with the resume or not at all.
    func complete(_ lease: Lease, _ result: ProcessedResume) async throws

    /// Records why the attempt failed; the resume waits for another one where ``RetryPolicy`` says so.
    func fail(_ lease: Lease, _ error: PipelineError) async throws

    /// Gives the resume back as if it had not been claimed; where nobody waits for it any more, as if it had never waited.
    func release(_ lease: Lease) async throws
}

/// A resume that is lent to a worker.
public struct ClaimedResume<Lease: Sendable>: Sendable {
    /// What the worker starts from.
    public enum Material: Sendable {
        /// The file, read from its start; `read` hands each piece to what it is given.
        case file(name: String, read: @Sendable (@Sendable ([UInt8]) async throws -> Void) async throws -> Void)
        /// What an earlier run kept; `vectors` is nil where there are none.
        case text(ExtractedDocument, vectors: ResumeVectors?)
        /// Nothing can be done: it is failed with this error.
        case nothing(PipelineError)
    }

    /// For the log.
    public let name: String
    /// Of this lending.
    public let lease: Lease
    /// What it is compared with.
    public let job: Job
    /// Equal for equal jobs and revisions.
    public let jobKey: String
    /// The day that “present” stands for.
    public let registeredOn: CalendarDay
    /// What the worker starts from.
    public let material: Material

    /// Each parameter is the property of its name.
    public init(
        name: String,
        lease: Lease,
        job: Job,
        jobKey: String,
        registeredOn: CalendarDay,
        material: Material
    ) {
        self.name = name
        self.lease = lease
        self.job = job
        self.jobKey = jobKey
        self.registeredOn = registeredOn
        self.material = material
    }
}

/// What a worker found out about a resume.
public struct ProcessedResume: Sendable {
    /// What the file holds; nil where the text was there already.
    public var document: ExtractedDocument?
    /// Computed in this run; nil where the stored ones were good.
    public var vectors: ResumeVectors?
    /// For the job that came with the claim.
    public var screened: ScreenedResume

    /// Each parameter is the property of its name.
    public init(document: ExtractedDocument?, vectors: ResumeVectors?, screened: ScreenedResume) {
        self.document = document
        self.vectors = vectors
        self.screened = screened
    }
}
