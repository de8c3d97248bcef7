internal import Foundation
internal import MongoStore
internal import Pipeline
internal import Schema

/// How many resumes of one job a second are completed when their stages cost nothing: what the queue alone allows.
///
/// Everything is claimed beforehand; then so many workers at a time bring back results, through the same store as the server.
/// Needs `MONGODB_URI`, whose database it fills; prints one line of JSON.
@main
enum CompletionBench {
    static let count = 4_000
    static let workers = 256

    static func main() async throws {
        let uri = ProcessInfo.processInfo.environment["MONGODB_URI"] ?? ""
        let workers = try MongoWorkers(uri: uri, threads: 6)
        try await workers.prepareDatabase(at: now)
        let queue = MongoProcessingQueue(workers) { now }
        let job = try await prepare(workers)
        let claims = try await claimAll(queue)
        let start = ContinuousClock.now
        try await eachOf(claims, atOnce: Self.workers) { try await queue.complete($0.lease, result) }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let report = try await CounterAudit(workers).run(isRepairing: false, at: now)
        let counted = try await MongoJobStore(workers).jobs([job.id], of: job.recruiterID).first?.counters.completed
        guard counted == claims.count, report.findings.isEmpty else {
            throw Failure(description: "\(claims.count) claimed, \(counted ?? 0) counted: \(report.findings)")
        }
        _ = try await MongoJobStore(workers).delete(job.id, of: job.recruiterID, at: now)
        await workers.shutDown()
        print(#"{"completions": \#(claims.count), "seconds": \#(seconds), "workers": \#(Self.workers)}"#)
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Stands still, so that no lease ends while the others are claimed.
    private static let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))

    /// A job with a batch of resumes that wait.
    private static func prepare(_ workers: MongoWorkers) async throws -> StoredJob {
        let recruiter = ObjectID(at: now)
        let job = StoredJob(
            id: ObjectID(at: now),
            recruiterID: recruiter,
            content: JobContent(title: "Cook", description: "Cooks."),
            createdAt: now
        )
        try await MongoJobStore(workers).insert(job)
        let store = MongoFileStore(workers) { now }
        let resumes = MongoResumeStore(workers)
        for start in stride(from: 0, to: count, by: 500) {
            let files = try await collect(start..<start + 500) { number in
                let text = Array("\(job.id) \(number)".utf8)
                let pieces = Pieces([text])
                let file = NewFile(
                    id: ObjectID(at: now),
                    recruiterID: recruiter,
                    name: "\(number).txt",
                    mediaType: "text/plain",
                    maxBytes: 1_000,
                    createdAt: now,
                    expiresAt: now.advanced(by: .seconds(600))
                )
                return try await store.write(file) { await pieces.next() }
            }
            _ = try await resumes.register(files.map(ResumeFile.init), in: job.id, of: recruiter, at: now)
        }
        let request = BatchRequest(job: job.id, target: .registered, idempotencyKey: nil)
        _ = try await MongoBatchStore(workers).create(request, of: recruiter, at: now)
        return job
    }

    private static func claimAll(_ queue: MongoProcessingQueue) async throws -> [ClaimedResume<ResumeLease>] {
        try await withThrowingTaskGroup(of: [ClaimedResume<ResumeLease>].self) { group in
            for _ in 0..<6 {
                group.addTask {
                    var claims: [ClaimedResume<ResumeLease>] = []
                    while let claim = try await queue.claim() { claims.append(claim) }
                    return claims
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// What a stage that costs nothing gives.
    private static let result = ProcessedResume(
        document: nil,
        vectors: nil,
        screened: Judge(job: Job(title: "Cook", description: "Cooks.")).judge(
            ParsedResume(profile: CandidateProfile()),
            skills: [],
            likenesses: Likenesses(title: 5_000, nearest: 5_000, mean: 5_000, bodyWords: 5_000, titleWords: 5_000),
            integrity: IntegrityReport(findings: [], instructionRanges: [], stuffedLists: []),
            fingerprint: "none"
        )
    )

    // MARK: - Tasks

    /// Hands out pieces of a file.
    private actor Pieces {
        private var left: [[UInt8]]
        init(_ pieces: [[UInt8]]) { left = pieces.reversed() }
        func next() -> [UInt8]? { left.popLast() }
    }

    private static func eachOf<Item: Sendable>(
        _ items: [Item],
        atOnce: Int,
        _ body: @escaping @Sendable (Item) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, item) in items.enumerated() {
                if place >= atOnce { _ = try await group.next() }
                group.addTask { try await body(item) }
            }
            try await group.waitForAll()
        }
    }

    private static func collect<Item: Sendable>(
        _ numbers: Range<Int>,
        _ body: @escaping @Sendable (Int) async throws -> Item
    ) async throws -> [Item] {
        try await withThrowingTaskGroup(of: Item.self) { group in
            for number in numbers { group.addTask { try await body(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
