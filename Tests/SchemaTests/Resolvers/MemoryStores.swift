import GraphQL
import Synchronization

@testable import Schema

/// Stores in memory, as plain as can be: what the store's tests on MongoDB prove is not proved again with these.
final class MemoryStores: RecruiterStore, JobStore {
    static let now = Timestamp(milliseconds: 1_795_425_302_123)

    private let recruiters = Mutex<[Recruiter]>([])
    private let jobs = Mutex<[StoredJob]>([])
    private let used = Mutex<Set<ObjectID>>([])
    private let asked = Mutex<[JobQuery]>([])

    /// The queries that came, in order.
    var queries: [JobQuery] { asked.withLock { $0 } }

    func use(_ job: ObjectID) { used.withLock { _ = $0.insert(job) } }

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

    func jobs(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredJob] {
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

    func delete(_ id: ObjectID, of recruiter: ObjectID) async throws -> Bool {
        jobs.withLock { jobs in
            let count = jobs.count
            jobs.removeAll { $0.id == id && $0.recruiterID == recruiter }
            return jobs.count < count
        }
    }

    func jobsInUse(_ ids: [ObjectID], by what: JobUse) async throws -> Set<ObjectID> {
        used.withLock { $0.intersection(ids) }
    }

    /// Executes an operation as a recruiter, or as nobody, and gives the response as JSON.
    func respond(_ text: String, as recruiter: ObjectID?, variables: Value.Object = [:]) async throws -> String {
        let executable = try ServedSchema.executable()
        let preparer = DocumentPreparer(schema: executable.schema, sha256: { _ in "" })
        do throws(RequestErrors) {
            let plan = try preparer.prepare(OperationRequest(query: Array(text.utf8))).plan(on: executable)
            let context = RequestContext(recruiterID: recruiter, recruiters: self, jobs: self, now: Self.now)
            return String(decoding: await plan.execute(variables: variables, context: context).json, as: UTF8.self)
        } catch {
            return String(decoding: ExecutionResult(error).json, as: UTF8.self)
        }
    }
}
