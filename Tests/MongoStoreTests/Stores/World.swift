import Dispatch
import Foundation
import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore
@testable import Pipeline

/// A prepared database with its stores, a recruiter, and a clock that a test sets.
struct World {
    static let start = Timestamp(milliseconds: 1_795_425_302_123)

    let workers: MongoWorkers
    let jobs: MongoJobStore
    let resumes: MongoResumeStore
    let batches: MongoBatchStore
    let files: MongoFileStore
    let queue: MongoProcessingQueue
    let clock: TestClock
    let anna = ObjectID(at: start)
    let ben = ObjectID(at: start)

    /// Tells the time that it was set to.
    final class TestClock: Sendable {
        private let time = Mutex(World.start)
        var now: Timestamp { time.withLock { $0 } }
        func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
    }

    static func with<Result>(threads: Int = 4, _ body: (World) async throws -> Result) async throws -> Result {
        try await withDatabase(threads: threads) { workers in
            try await workers.prepareDatabase(at: start)
            let clock = TestClock()
            return try await body(
                World(
                    workers: workers,
                    jobs: MongoJobStore(workers),
                    resumes: MongoResumeStore(workers),
                    batches: MongoBatchStore(workers, patience: .zero),
                    files: MongoFileStore(workers) { clock.now },
                    queue: MongoProcessingQueue(workers) { clock.now },
                    clock: clock
                )
            )
        }
    }

    /// Connections as another process would have them.
    func another() throws -> MongoWorkers {
        let uri = try #require(ProcessInfo.processInfo.environment["MONGODB_URI"])
        var components = try #require(URLComponents(string: uri))
        components.path = "/" + workers.database
        return try MongoWorkers(uri: try #require(components.string), threads: 1)
    }

    /// Does `work` through the connections of another server, which is held up right after its first commit until
    /// `meanwhile` is through.
    func interrupting<Result: Sendable>(
        _ work: @escaping @Sendable (MongoWorkers) async throws -> Result,
        by meanwhile: @escaping @Sendable () async throws -> Void
    ) async throws -> Result {
        let other = try another()
        let begun = Mutex<Task<Void, any Error>?>(nil)
        other.onChange { _ in
            let isThrough = DispatchSemaphore(value: 0)
            let isFirst = begun.withLock { begun in
                guard begun == nil else { return false }
                begun = Task {
                    defer { isThrough.signal() }
                    try await meanwhile()
                }
                return true
            }
            if isFirst { isThrough.wait() }
        }
        let result = await Task { try await work(other) }.result
        await other.shutDown()
        let task = try #require(begun.withLock { $0 })
        try await task.value
        return try result.get()
    }

    private struct LetGo: Error {}

    /// Does `meanwhile` while `work` cannot change a document, since a transaction of another server has; it has tried already.
    func holdingUp<Result: Sendable>(
        _ collection: Collection,
        _ id: ObjectID,
        _ work: @escaping @Sendable () async throws -> Result,
        by meanwhile: () async throws -> Void
    ) async throws -> Result {
        let other = try another()
        let (isHeld, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let holder = Task {
            try await other.withClient { client in
                try client.transaction { client in
                    try client.write([
                        "update": .string(collection.name),
                        "updates": [["q": ["_id": .objectID(id)], "u": ["$inc": ["version": .int64(1)]]]],
                    ])
                    isHeld.signal()
                    mayEnd.wait()
                    // Nothing of it stays.
                    throw LetGo()
                }
            }
        }
        await withCheckedContinuation { continuation in
            Thread {
                isHeld.wait()
                continuation.resume()
            }.start()
        }
        let refused = workers.failedCommandCount
        let working = Task { try await work() }
        while workers.failedCommandCount == refused { await Task.yield() }
        let outcome: Swift.Result<Void, any Error>
        do { outcome = .success(try await meanwhile()) } catch { outcome = .failure(error) }
        mayEnd.signal()
        _ = await holder.result
        await other.shutDown()
        try outcome.get()
        return try await working.value
    }

    /// Does `body` while somebody changes a job again and again.
    func keepingBusy<Result>(_ job: StoredJob, _ body: () async throws -> Result) async throws -> Result {
        let other = try another()
        let busy = Task {
            while !Task.isCancelled {
                try await other.withClient { client in
                    _ = try client.write([
                        "update": .string(Collections.jobs.name),
                        "updates": [["q": ["_id": .objectID(job.id)], "u": ["$inc": ["version": .int64(1)]]]],
                    ])
                }
            }
        }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        busy.cancel()
        _ = await busy.result
        await other.shutDown()
        return try result.get()
    }

    // MARK: - Making things

    func job(_ skills: [String] = ["Baking"], of recruiter: ObjectID? = nil) async throws -> StoredJob {
        var content = JobContent(title: "Cook", description: "Cooks dishes.")
        content.requirements.requiredSkills = skills
        let job = StoredJob(
            id: ObjectID(at: clock.now),
            recruiterID: recruiter ?? anna,
            content: content,
            createdAt: clock.now
        )
        try await jobs.insert(job)
        return job
    }

    /// Stores a file that nobody holds.
    func file(_ text: String, named name: String = "a.txt", of recruiter: ObjectID? = nil) async throws -> StoredFile {
        try await files.write(newFile(name, of: recruiter), pieces([Array(text.utf8)]))
    }

    func newFile(_ name: String = "a.txt", of recruiter: ObjectID? = nil, maxBytes: Int = 1 << 20) -> NewFile {
        NewFile(
            id: ObjectID(at: clock.now),
            recruiterID: recruiter ?? anna,
            name: name,
            mediaType: "text/plain",
            maxBytes: maxBytes,
            createdAt: clock.now,
            expiresAt: clock.now.advanced(by: .seconds(60))
        )
    }

    /// Hands out these pieces, one after the other.
    func pieces(_ pieces: [[UInt8]]) -> @Sendable () async throws -> [UInt8]? {
        let left = Mutex(pieces[...])
        return { left.withLock { $0.popFirst() } }
    }

    /// Registers so many resumes with contents of their own.
    func register(_ count: Int, in job: StoredJob, prefix: String = "resume") async throws -> [StoredResume] {
        var files: [StoredFile] = []
        for number in 0..<count {
            files.append(try await file("\(prefix) \(job.id) \(number)", named: "\(number).txt"))
        }
        let outcome = try #require(
            try await resumes.register(files.map(ResumeFile.init), in: job.id, of: job.recruiterID, at: clock.now)
        )
        return outcome.resumes.compactMap { if case .registered(let resume) = $0 { resume } else { nil } }
    }

    /// A batch as a server leaves it that dies before it marks any resume.
    func halfMade(_ target: BatchTarget, of job: StoredJob) async throws -> StoredBatch {
        let batch = StoredBatch(
            id: ObjectID(at: clock.now),
            recruiterID: job.recruiterID,
            jobID: job.id,
            createdAt: clock.now
        )
        let insert = BSONWriter.document { writer in
            writer.append("insert", .string(Collections.batches.name))
            writer.appendArray("documents", [BatchDocument.encode(batch, target)])
        }
        try await workers.withClient { client in _ = try client.write(insert) }
        return batch
    }

    /// A job with so many completed resumes.
    func completedJob(_ count: Int) async throws -> StoredJob {
        let start = clock.now
        let job = StoredJob(
            id: ObjectID(at: start),
            recruiterID: anna,
            content: JobContent(title: "Cook", description: "Cooks dishes."),
            createdAt: start
        )
        return try await MongoBulkLoader(workers).load(job, count: count) { number in
            LoadedResume(
                file: ResumeFile(
                    name: "\(number).pdf",
                    mediaType: "application/pdf",
                    byteCount: number,
                    sha256: Digest.sha256(Array("\(number)".utf8)),
                    storeID: nil
                ),
                createdAt: start,
                processedAt: start,
                processed: Self.processed(
                    score: 1_000 + number % 90 * 100,
                    skills: [],
                    Job(title: "Cook", description: "")
                )
            )
        }
    }

    func batch(_ target: BatchTarget, of job: StoredJob, key: String? = nil) async throws -> StoredBatch {
        let request = BatchRequest(job: job.id, target: target, idempotencyKey: key)
        guard case .made(let batch, _) = try await batches.create(request, of: job.recruiterID, at: clock.now) else {
            throw Unexpected()
        }
        return batch
    }

    struct Unexpected: Error {}

    /// Claims everything that is due, and completes it with scores that `score` gives.
    func complete(_ score: (Int) -> Int = { 1_000 + $0 * 100 }) async throws -> Int {
        var count = 0
        while let claimed = try await queue.claim() {
            try await queue.complete(
                claimed.lease,
                Self.processed(score: score(count), skills: claimed.job.requirements.requiredSkills, claimed.job)
            )
            count += 1
        }
        return count
    }

    static func processed(score: Int, skills: [String], name: String? = "Jane", _ job: Job) -> ProcessedResume {
        var profile = CandidateProfile()
        profile.name = name
        profile.skills = skills.map {
            CandidateSkill(name: $0, evidence: [Evidence(quote: $0, offset: 3, page: 1)])
        }
        profile.yearsExperience = 3.5
        profile.experience = [Position()]
        profile.education = [Education()]
        let none = ScoreComponent(value: 0, weight: 0)
        let scores = ScoreBreakdown(
            semantic: ScoreComponent(value: score, weight: 10_000),
            requiredSkills: none,
            preferredSkills: none,
            experience: none,
            education: none,
            version: "test",
            jobRevision: job.revision,
            fingerprint: "f"
        )
        let evidence = [Evidence(quote: "x", offset: 0, page: nil)]
        return ProcessedResume(
            document: ExtractedDocument(
                mediaType: "text/plain",
                text: "x",
                lines: [TextLine(text: "x", offset: 0)]
            ),
            vectors: ResumeVectors(version: "v", parts: [[0.25, -1]], titles: [1, 2]),
            screened: ScreenedResume(
                profile: profile,
                prefilter: Prefilter(
                    criteria: [
                        Criterion(
                            code: .semanticRelevance,
                            state: score < 3_000 ? .notMet : .met,
                            message: "m",
                            evidence: evidence
                        )
                    ]
                ),
                scores: scores,
                explanation: Explanation(
                    summary: "s",
                    matchedSkills: skills.map { SkillMatch(skill: $0, required: true, evidence: evidence) },
                    missingSkills: ["m"],
                    strengths: ["a"],
                    gaps: ["b"],
                    notes: ["c"]
                ),
                integrity: IntegrityReport(
                    findings: [IntegrityFinding(code: .hiddenText, message: "h", evidence: evidence)],
                    instructionRanges: [],
                    stuffedLists: []
                ),
                likenesses: Likenesses(),
                requiredSkillsMet: skills.count
            )
        )
    }

    // MARK: - Looking

    func current(_ job: StoredJob) async throws -> StoredJob {
        try #require(try await jobs.jobs([job.id], of: job.recruiterID).first)
    }

    func current(_ batch: StoredBatch) async throws -> StoredBatch {
        try #require(try await batches.batches([batch.id], of: batch.recruiterID).first)
    }

    func all(_ job: StoredJob, parts: ResumeParts = []) async throws -> [StoredResume] {
        var query = ResumeQuery(job: job.id)
        query.page.limit = 1_000
        query.parts = parts
        return try await resumes.resumes([query], of: job.recruiterID)[0].rows
    }

    /// All events of a job, be it deleted or not, the first first.
    func events(_ job: StoredJob) async throws -> [JobEvent] {
        var query = EventQuery(job: job.id)
        query.page.limit = 1_000
        return try await MongoEventStore(workers).events([query], of: job.recruiterID)[0].rows.reversed()
    }

    /// How many documents a collection has.
    func count(_ collection: Collection) async throws -> Int {
        try await workers.withClient { client in try client.find(collection.name, [:], ["projection": ["_id": 1]]).count
        }
    }

    /// Every counter is what the resumes say, and every chain of events is whole.
    func expectConsistent(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let report = try await CounterAudit(workers).run(isRepairing: false, at: clock.now)
        #expect(report.findings.isEmpty && report.unsettled.isEmpty, "\(report)", sourceLocation: sourceLocation)
        let events = try await EventAudit(workers).run()
        #expect(events.findings.isEmpty && events.unsettled.isEmpty, "\(events)", sourceLocation: sourceLocation)
    }
}
