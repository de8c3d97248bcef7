public import Fetch
internal import Foundation
public import Pipeline
public import Schema
internal import Synchronization

/// One lending of one resume to a worker.
public struct ResumeLease: Sendable {
    /// Of this lending.
    let id: ObjectID
    let resume: ObjectID
    let job: ObjectID
    let batch: ObjectID
    let attempt: Int
    let sha256: String?
    let fileName: String
    let mediaType: String
    /// What a file that lies elsewhere turned out to be.
    let fetched = FetchedContent()

    /// Of the content, in lower-case hexadecimal; nil until it was seen.
    var contentSHA256: String? { fetched.sha256 ?? sha256 }
}

/// What is known of a file once it was fetched.
final class FetchedContent: Sendable {
    private let value = Mutex<String?>(nil)
    var sha256: String? { value.withLock { $0 } }
    func set(_ sha256: String) { value.withLock { $0 = sha256 } }
}

/// Resumes that wait in the collection `resumes`: those whose `task.availableAt` has come.
///
/// The same field says until when a resume is lent: when its worker is silent for longer, it waits again by itself.
public struct MongoProcessingQueue: ProcessingQueue {
    private let workers: MongoWorkers
    private let files: MongoFileStore
    private let fetcher: FileFetcher?
    private let writer: CompletionWriter
    private let clock: @Sendable () -> Timestamp

    /// How long a resume is lent unless the worker renews it.
    public static let leaseDuration = Duration.seconds(15)

    /// - Parameters:
    ///   - workers: Connected to a database that was prepared.
    ///   - fetcher: Fetches files that lie elsewhere; nil where there are none.
    ///   - onCommit: Is told what became of resumes, once it is certain.
    ///   - clock: Tells the time; those of all machines should agree within a second or so.
    public init(
        _ workers: MongoWorkers,
        fetcher: FileFetcher? = nil,
        onCommit: (@Sendable (CommitReport) -> Void)? = nil,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.workers = workers
        self.clock = clock
        self.fetcher = fetcher
        files = MongoFileStore(workers, clock: clock)
        writer = CompletionWriter(workers, onCommit: onCommit)
    }

    /// Two round trips; one more for a resume that was begun before, and two for one whose text is stored.
    public func claim() async throws -> ClaimedResume<ResumeLease>? {
        while true {
            let now = clock()
            let (claimed, isCancelled) = try await workers.withClient { client in
                let claimed = try claim(at: now, client)
                return (claimed, try claimed.map { try Self.isCancelled($0.lease, client) } ?? false)
            }
            guard let claimed else { return nil }
            guard isCancelled else {
                await writer.touch(CompletionWriter.Entry(lease: claimed.lease, change: .touched, at: now))
                return claimed
            }
            // Given back, it is what it was before its batch.
            try await release(claimed.lease)
        }
    }

    /// Whether nobody waits any more for a resume whose worker was lost: what waited for its first is stopped with its batch.
    private static func isCancelled(_ lease: ResumeLease, _ client: borrowing MongoClient) throws -> Bool {
        guard lease.attempt > 1 else { return false }
        return try !client.find(
            Collections.batches.name,
            ["_id": .objectID(lease.batch), "isCancelled": true],
            ["projection": ["_id": 1], "limit": 1]
        ).isEmpty
    }

    private func claim(at now: Timestamp, _ client: borrowing MongoClient) throws -> ClaimedResume<ResumeLease>? {
        let id = ObjectID(at: now)
        let reply = try client.write([
            "findAndModify": .string(Collections.resumes.name),
            "query": ["task.availableAt": ["$lte": .time(now)]], "sort": ["task.availableAt": 1],
            "update": [
                "$set": [
                    "status": "PROCESSING", "stage": .string(PipelineError.Stage.fetch.rawValue),
                    "task.lease": .objectID(id),
                    "task.availableAt": .time(now.advanced(by: Self.leaseDuration)),
                ],
                "$inc": ["attempts": 1],
            ],
            "new": true,
            "fields": [
                "recruiterId": 1, "jobId": 1, "file": 1, "task": 1, "attempts": 1, "createdAt": 1,
            ],
        ])
        guard let document = try reply.first("value")?.document() else { return nil }
        let file = try document.document("file")
        let task = try document.document("task")
        let lease = ResumeLease(
            id: id,
            resume: try document.objectID("_id"),
            job: try document.objectID("jobId"),
            batch: try task.objectID("batchId"),
            attempt: try document.int("attempts"),
            sha256: try file.first("sha256")?.string,
            fileName: try file.string("name"),
            mediaType: try file.string("mediaType")
        )
        let found = try client.find(Collections.jobs.name, ["_id": .objectID(lease.job)], ["limit": 1]).first
        let job = try found.map { try JobDocument.decode($0) }
        return ClaimedResume(
            name: NodeID(.resume, lease.resume).description,
            lease: lease,
            job: job.map(Job.init) ?? Job(title: "", description: ""),
            jobKey: "\(lease.job)#\(job?.revision ?? 0)",
            registeredOn: try document.timestamp("createdAt").day,
            material: try material(lease, job, task, file, document, client)
        )
    }

    private func material(
        _ lease: ResumeLease,
        _ job: StoredJob?,
        _ task: BSONDocument,
        _ file: BSONDocument,
        _ document: BSONDocument,
        _ client: borrowing MongoClient
    ) throws -> ClaimedResume<ResumeLease>.Material {
        guard job != nil else { return .nothing(Self.noJob) }
        guard lease.attempt <= RetryPolicy.maxAttempts else { return .nothing(Self.neverEnds) }
        if try task.string("kind") == "RESCORE",
            let text = try MongoResumeStore.texts([lease.resume], client)[lease.resume]
        {
            return .text(text, vectors: try MongoResumeStore.vectors([lease.resume], client)[lease.resume])
        }
        if let url = try file.first("url")?.string {
            guard let fetcher else { return .nothing(Self.noFetcher) }
            // Only what the client said binds: a file that failed may be mended where it lies.
            let expected = try file.first("claimedSha256")?.string
            return .file(name: lease.fileName) { write in
                try await fetch(url, fetcher, expected: expected, lease, write)
            }
        }
        guard let id = try file.first("storeId")?.objectID else { return .nothing(Self.noFile) }
        let stored = StoredFile(
            id: id,
            recruiterID: try document.objectID("recruiterId"),
            name: lease.fileName,
            mediaType: lease.mediaType,
            byteCount: try file.int("byteCount"),
            sha256: lease.sha256 ?? ""
        )
        return .file(name: lease.fileName) { [files] write in try await files.read(stored, write) }
    }

    private static let noJob = PipelineError(
        .internal,
        "The job was deleted.",
        stage: .fetch
    )
    private static let noFile = PipelineError(
        .fileUnreachable,
        "The file is not in the store: register it again.",
        stage: .fetch
    )
    private static let noFetcher = PipelineError(
        .fileUnreachable,
        "This server fetches no files: register the file again by way of createUploads.",
        stage: .fetch
    )
    private static let duplicate = PipelineError(
        .duplicateFile,
        "The job has another resume with exactly this content: delete one of the two.",
        stage: .fetch
    )
    private static let neverEnds = PipelineError(
        .internal,
        "Processing was broken off again and again: save the file again in another format and register that.",
        stage: .extract
    )

    /// Hands on a file that lies elsewhere, and records what it is: until now nobody has seen it.
    private func fetch(
        _ url: String,
        _ fetcher: FileFetcher,
        expected: String?,
        _ lease: ResumeLease,
        _ write: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let digest = Mutex(Digest())
        let count = Mutex(0)
        try await fetcher.fetch(url) { piece in
            digest.withLock { $0.update(piece) }
            count.withLock { $0 += piece.count }
            try await write(piece)
        }
        let sha256 = digest.withLock { exchange(&$0, with: Digest()).hexadecimal() }
        let byteCount = count.withLock { $0 }
        guard byteCount > 0 else { throw PipelineError.emptyUpload }
        guard expected == nil || expected == sha256 else { throw PipelineError.otherContent }
        lease.fetched.set(sha256)
        let marks = [.url(url), .content(sha256)] + [expected.map(FileMark.claim)].compactMap { $0 }
        do {
            try await workers.withClient { client in
                let reply = try client.write([
                    "update": .string(Collections.resumes.name),
                    "updates": [
                        [
                            "q": [
                                "_id": .objectID(lease.resume), "status": "PROCESSING",
                                "task.lease": .objectID(lease.id),
                            ],
                            "u": [
                                "$set": [
                                    "file.sha256": .string(sha256), "file.byteCount": .int(byteCount),
                                    "file.marks": .strings(marks.map(\.text)),
                                ]
                            ],
                        ]
                    ],
                ])
                // Whoever has the lease now fetches again.
                guard try reply.int("n") == 1 else { throw CancellationError() }
            }
        } catch let error as MongoError where error.isDuplicateKey {
            throw Self.duplicate
        }
        await writer.touch(CompletionWriter.Entry(lease: lease, change: .touched, at: clock()))
    }

    /// One round trip.
    public func renew(_ lease: ResumeLease, stage: PipelineError.Stage) async throws -> Bool {
        let now = clock()
        let isHeld = try await workers.withClient { client in
            let reply = try client.write([
                "update": .string(Collections.resumes.name),
                "updates": [
                    [
                        "q": [
                            "_id": .objectID(lease.resume), "status": "PROCESSING", "task.lease": .objectID(lease.id),
                        ],
                        "u": [
                            "$set": [
                                "task.availableAt": .time(now.advanced(by: Self.leaseDuration)),
                                "stage": .string(stage.rawValue),
                            ]
                        ],
                    ]
                ],
            ])
            return try reply.int("n") == 1
        }
        if isHeld { await writer.touch(CompletionWriter.Entry(lease: lease, change: .touched, at: now)) }
        return isHeld
    }

    /// Part of one transaction, which others share.
    public func complete(_ lease: ResumeLease, _ result: ProcessedResume) async throws {
        let now = clock()
        _ = try await writer.write(
            CompletionWriter.Entry(
                lease: lease,
                change: .completed(
                    .init(result.screened, mediaType: result.document?.mediaType, of: lease, at: now)
                ),
                text: try result.document.map {
                    try MongoResumeStore.encode($0, of: lease.resume, in: lease.job)
                },
                vectors: result.vectors.map { MongoResumeStore.encode($0, of: lease.resume, in: lease.job) },
                at: now
            )
        )
    }

    /// Part of one transaction, which others share.
    public func fail(_ lease: ResumeLease, _ error: PipelineError) async throws {
        let now = clock()
        var change = CompletionWriter.Entry.Change.failed(ProcessingFailure(error))
        if let delay = RetryPolicy.delay(after: lease.attempt, error, chance: .random(in: 0...1)) {
            let next = now.advanced(by: delay)
            change = .postponed(ProcessingFailure(error, nextAttemptAt: next), until: next)
        }
        _ = try await writer.write(CompletionWriter.Entry(lease: lease, change: change, at: now))
    }

    /// Part of one transaction, which others share.
    public func release(_ lease: ResumeLease) async throws {
        _ = try await writer.write(CompletionWriter.Entry(lease: lease, change: .released, at: clock()))
    }
}
