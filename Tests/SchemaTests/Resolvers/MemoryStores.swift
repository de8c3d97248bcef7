import GraphQL
import Pipeline
import Synchronization

@testable import Schema

/// Stores in memory, as plain as can be: what the store's tests on MongoDB prove is not proved again with these.
final class MemoryStores: RecruiterStore, JobStore, ResumeStore, BatchStore, EventStore, FileStore, FileLinks,
    ChangeFeed
{
    static let now = Timestamp(milliseconds: 1_795_425_302_123)

    private let recruiters = Mutex<[Recruiter]>([])
    private let jobs = Mutex<[StoredJob]>([])
    private let resumes = Mutex<[StoredResume]>([])
    private let askedOfResumes = Mutex<[ResumeQuery]>([])
    private let askedOfDuplicates = Mutex<[ResumeParts]>([])
    private let asked = Mutex<[JobQuery]>([])

    /// The queries that came, in order.
    var queries: [JobQuery] { asked.withLock { $0 } }

    /// The queries for resumes that came, in order.
    var resumeQueries: [ResumeQuery] { askedOfResumes.withLock { $0 } }

    /// What registrations wanted to know of resumes that are there already, in order.
    var duplicateParts: [ResumeParts] { askedOfDuplicates.withLock { $0 } }

    /// Some account.
    var anyone: ObjectID? { recruiters.withLock { $0.first?.id } }

    func add(_ resume: StoredResume) { resumes.withLock { $0.append(resume) } }

    func recruiter(_ id: ObjectID) async throws -> Recruiter? { recruiters.withLock { $0.first { $0.id == id } } }

    func verifiedRecruiter(email: EmailAddress, name: String?, at now: Timestamp) async throws -> Recruiter {
        recruiters.withLock { recruiters in
            if let known = recruiters.first(where: { $0.email == email }) { return known }
            let fresh = Recruiter(
                id: ObjectID(at: now),
                email: email,
                name: name ?? "",
                isEmailVerified: true,
                createdAt: now
            )
            recruiters.append(fresh)
            return fresh
        }
    }

    func insert(_ job: StoredJob) async throws { jobs.withLock { $0.append(job) } }

    func jobs(_ ids: [ObjectID], of recruiter: ObjectID, parts: JobParts) async throws -> [StoredJob] {
        jobs.withLock { $0.filter { ids.contains($0.id) && $0.recruiterID == recruiter } }
    }

    func jobs(_ query: JobQuery, of recruiter: ObjectID) async throws -> Page<StoredJob> {
        asked.withLock { $0.append(query) }
        let rows = jobs.withLock { $0.filter { $0.recruiterID == recruiter } }
        return Page(rows: rows, hasPrevious: false, hasNext: false, total: query.page.needsTotal ? rows.count : nil)
    }

    func update(
        _ id: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ change: @escaping @Sendable (inout StoredJob) throws -> Void
    ) async throws -> StoredJob? {
        try jobs.withLock { jobs in
            guard let place = jobs.firstIndex(where: { $0.id == id && $0.recruiterID == recruiter }) else { return nil }
            _ = try jobs[place].apply(at: now, change)
            return jobs[place]
        }
    }

    func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> Bool {
        jobs.withLock { jobs in
            let count = jobs.count
            jobs.removeAll { $0.id == id && $0.recruiterID == recruiter }
            return jobs.count < count
        }
    }

    // MARK: - Resumes

    func resumes(_ ids: [ObjectID], of recruiter: ObjectID, parts: ResumeParts) async throws -> [StoredResume] {
        resumes.withLock { $0.filter { ids.contains($0.id) && $0.recruiterID == recruiter } }
    }

    func resumes(_ queries: [ResumeQuery], of recruiter: ObjectID) async throws -> [Page<StoredResume>] {
        askedOfResumes.withLock { $0 += queries }
        return queries.map { query in
            let rows = resumes.withLock { $0.filter { $0.jobID == query.job && $0.recruiterID == recruiter } }
            return Page(rows: rows, hasPrevious: false, hasNext: false, total: rows.count)
        }
    }

    func register(
        _ files: [ResumeFile],
        in job: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        parts: ResumeParts
    ) async throws -> (resumes: [Registration], job: StoredJob)? {
        askedOfDuplicates.withLock { $0.append(parts) }
        guard let job = try await jobs([job], of: recruiter).first else { return nil }
        let fresh = files.map {
            StoredResume(
                id: ObjectID(at: now),
                recruiterID: recruiter,
                jobID: job.id,
                file: $0,
                createdAt: now
            )
        }
        resumes.withLock { $0 += fresh }
        return (fresh.map { .registered($0) }, job)
    }

    func resumes(
        withContent sha256: [String],
        in job: ObjectID,
        of recruiter: ObjectID
    ) async throws -> [StoredResume] { [] }

    func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> StoredJob? { nil }

    func decide(_ id: ObjectID, of recruiter: ObjectID, _ decision: Decision) async throws -> StoredResume? {
        resumes.withLock { resumes in
            guard let place = resumes.firstIndex(where: { $0.id == id && $0.recruiterID == recruiter }) else {
                return nil
            }
            resumes[place].decision = decision
            return resumes[place]
        }
    }

    func ranks(_ places: [ScorePlace]) async throws -> [Int] {
        places.map { place in
            1 + resumes.withLock { $0.count { $0.jobID == place.job && $0.result?.finalScore ?? 0 > place.score } }
        }
    }

    func material(
        of job: ObjectID,
        of recruiter: ObjectID,
        only: ObjectID?,
        limit: Int
    ) async throws -> [ScreeningMaterial] { [] }

    // MARK: - Changes

    let hub = ChangeHub()

    func watch(_ topics: Set<ChangeTopic>) -> ChangeWatch { hub.watch(topics) }

    func versions(of topics: Set<ChangeTopic>, of recruiter: ObjectID) async throws -> [ChangeTopic: Int64] {
        let jobs = jobs.withLock { $0.filter { $0.recruiterID == recruiter } }
        return topics.reduce(into: [:]) { versions, topic in
            if case .job(let id) = topic, let job = jobs.first(where: { $0.id == id }) { versions[topic] = job.version }
        }
    }

    // MARK: - Batches, files and links

    func batches(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredBatch] { [] }

    func batches(_ queries: [BatchQuery], of recruiter: ObjectID) async throws -> [Page<StoredBatch>] {
        queries.map { _ in Page(rows: [], hasPrevious: false, hasNext: false, total: 0) }
    }

    func events(_ queries: [EventQuery], of recruiter: ObjectID) async throws -> [Page<JobEvent>] {
        queries.map { _ in Page(rows: [], hasPrevious: false, hasNext: false, total: 0) }
    }

    func create(_ request: BatchRequest, of recruiter: ObjectID, at now: Timestamp) async throws -> BatchCreation {
        .noJob
    }

    func cancel(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> StoredBatch? { nil }

    func write(_ file: NewFile, _ next: @Sendable () async throws -> [UInt8]?) async throws -> StoredFile {
        throw FileRefusal.empty
    }

    func files(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredFile] { [] }
    func read(_ file: StoredFile, _ write: @Sendable ([UInt8]) async throws -> Void) async throws {}
    func release(_ ids: [ObjectID], of recruiter: ObjectID, at now: Timestamp) async throws {}

    func upload(_ file: NewFile) throws -> UploadLink {
        UploadLink(url: "http://x/up/\(file.id)", fileURL: "http://x/\(file.id)", expiresAt: file.expiresAt)
    }

    func download(_ file: ObjectID, of recruiter: ObjectID, now: Timestamp) throws -> String { "http://x/down/\(file)" }
    func place(of url: String) -> FilePlace {
        url.hasPrefix("https://files.example/")
            ? .elsewhere : .refused(PipelineError(.fileUnreachable, "no", stage: .fetch))
    }

    func context(as recruiter: ObjectID?, limiter: (any RateLimiter)? = nil) -> RequestContext {
        let stores = Stores(
            recruiters: self,
            jobs: self,
            resumes: self,
            batches: self,
            events: self,
            files: self,
            changes: self
        )
        return RequestContext(
            recruiterID: recruiter,
            services: Services(stores: stores, links: self, rescorer: nil, limiter: limiter),
            now: Self.now
        )
    }

    /// Executes an operation as a recruiter, or as nobody, and gives the response as JSON.
    func respond(_ text: String, as recruiter: ObjectID?, variables: Value.Object = [:]) async throws -> String {
        let executable = try ServedSchema.executable()
        let preparer = DocumentPreparer(schema: executable.schema, sha256: { _ in "" })
        do throws(RequestErrors) {
            let plan = try preparer.prepare(OperationRequest(query: Array(text.utf8))).plan(on: executable)
            let context = context(as: recruiter)
            return String(decoding: await plan.execute(variables: variables, context: context).json, as: UTF8.self)
        } catch {
            return String(decoding: ExecutionResult(error).json, as: UTF8.self)
        }
    }
}
