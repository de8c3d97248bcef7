public import Schema

/// Batches in the collection `batches`.
///
/// Resumes are marked as queued, and as stopped, some hundreds at a time, each in a transaction of its own; what a server that
/// died left half done is taken up again, by the same request or by the upkeep.
public struct MongoBatchStore: BatchStore {
    let workers: MongoWorkers
    private let reads: GatheredReads<Wanted, StoredBatch>
    /// Told when there is something new to do.
    private let onQueued: @Sendable () -> Void
    private let patience: Duration
    /// How many resumes change in one transaction: few enough to be short, many enough to be quick.
    static let portion = 500
    /// How many at least, where others change the same job again and again.
    static let smallestPortion = 25
    /// How long workers have at most between two portions.
    static let longestPause = Duration.milliseconds(250)
    /// How long a key means the same batch.
    private static let keyLifetime = Duration.seconds(24 * 3600)

    /// - Parameters:
    ///   - workers: Connected to a database that was prepared.
    ///   - patience: How long cancelling waits for what has begun, so that its answer is mostly the last word.
    ///   - onQueued: Is called when resumes were queued.
    public init(
        _ workers: MongoWorkers,
        patience: Duration = .seconds(2),
        onQueued: @escaping @Sendable () -> Void = {}
    ) {
        self.workers = workers
        reads = GatheredReads { wanted in try await workers.withClient { try Self.read(wanted, $0) } }
        self.patience = patience
        self.onQueued = onQueued
    }

    /// One round trip for all who ask at the same time, however many there are.
    public func batches(_ ids: [ObjectID], of recruiter: ObjectID) async throws -> [StoredBatch] {
        Array(try await reads.values(of: Set(ids.map { Wanted(id: $0, recruiter: recruiter) })).values)
    }

    /// What is read of whom.
    private struct Wanted: Hashable, Sendable {
        let id: ObjectID
        let recruiter: ObjectID
    }

    private static func read(_ wanted: Set<Wanted>, _ client: borrowing MongoClient) throws -> [Wanted: StoredBatch] {
        var found: [Wanted: StoredBatch] = [:]
        try client.find(
            Collections.batches.name,
            ["_id": .one(of: Set(wanted.map(\.id))), "recruiterId": .one(of: Set(wanted.map(\.recruiter)))],
            ["hint": ["_id": 1], "projection": ["target": 0], "limit": .int(wanted.count), "maxTimeMS": 10_000],
            isCommitted: true
        ) { document in
            let batch = try BatchDocument.decode(document)
            found[Wanted(id: batch.id, recruiter: batch.recruiterID)] = batch
            return true
        }
        // What is someone else's was not asked for.
        return found.filter { wanted.contains($0.key) }
    }

    /// For each query one round trip for the rows, and one each for the count and for what lies beyond a cursor, where they
    /// are asked for.
    public func batches(_ queries: [BatchQuery], of recruiter: ObjectID) async throws -> [Page<StoredBatch>] {
        try await workers.withClient { client in
            try queries.map { query in
                try KeysetQuery(
                    collection: Collections.batches,
                    prefix: [("jobId", .objectID(query.job))],
                    key: "createdAt",
                    filter: [("recruiterId", .objectID(recruiter))],
                    isDescending: true,
                    page: query.page,
                    projection: ["target": 0]
                ).read(client) { try BatchDocument.decode($0.copy()) }
            }
        }
    }

    // MARK: - Making

    /// Two round trips, one transaction, and one for each 500 resumes.
    public func create(
        _ request: BatchRequest,
        of recruiter: ObjectID,
        at now: Timestamp
    ) async throws -> BatchCreation {
        let author = JobEventAuthor.recruiter(recruiter)
        let made = try await workers.withClient { client in
            try Self.begin(request, of: recruiter, by: author, at: now, client)
        }
        guard case .made(let batch, let isReplayed) = made, batch.isFilling else { return made }
        guard let filled = try await fill(batch.id, at: now) else { return .noJob }
        onQueued()
        return .made(filled, isReplayed: isReplayed)
    }

    private static func begin(
        _ request: BatchRequest,
        of recruiter: ObjectID,
        by author: JobEventAuthor,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> BatchCreation {
        let batch = StoredBatch(id: ObjectID(at: now), recruiterID: recruiter, jobID: request.job, createdAt: now)
        while true {
            // First of all: what was asked before is answered as before, whatever became of it.
            if let replayed = try replay(request, of: recruiter, at: now, client) { return replayed }
            if case .resumes(let ids) = request.target {
                let strangers = try strangers(among: ids, in: request.job, of: recruiter, client)
                guard strangers.isEmpty else { return .noResumes(strangers) }
            }
            let room = try room(for: request, of: recruiter, at: now, client)
            if let room, room.asked > room.left { return .overQuota(asked: room.asked, left: room.left) }
            do {
                return try client.transaction { client in
                    let job = try Ledger.add(
                        CounterChange(),
                        to: request.job,
                        of: recruiter,
                        at: now,
                        events: [.created(batch.id, for: request.target, by: author)],
                        client
                    )
                    guard job != nil else { return .noJob }
                    if let key = request.idempotencyKey {
                        try insert(
                            [
                                "_id": keyID(key, recruiter), "batchId": .objectID(batch.id),
                                "request": .string(fingerprint(request)), "createdAt": .time(now),
                            ],
                            into: Collections.idempotencyKeys,
                            client
                        )
                    }
                    let document = BatchDocument.encode(batch, request.target, limit: room?.asked)
                    try insert(document, into: Collections.batches, client)
                    return .made(batch, isReplayed: false)
                }
            } catch let error as MongoError where error.isDuplicateKey && request.idempotencyKey != nil {
                // The same key came at the same moment: its batch is there now.
                continue
            }
        }
    }

    /// How many resumes a batch is to charge to the month's quota, and how many that has left; nil where it charges none.
    ///
    /// What waits already counts as used, and what batches that are being filled have yet to mark; but for what is scored again
    /// from its text, which is free. Two batches made at the same moment may both find room that is there for one.
    private static func room(
        for request: BatchRequest,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> (asked: Int, left: Int)? {
        guard let quota = request.quota, request.target != .stale else { return nil }
        // One transaction, so that jobs and batches are of one moment.
        return try client.transaction { client in
            var asked = 0
            if case .resumes(let ids) = request.target { asked = try markable(ids, in: request.job, client) }
            var waiting = 0
            // Of a job that was deleted nothing waits.
            var jobs: Set<ObjectID> = []
            let fields: BSONDocument = ["projection": ["counters": 1], "maxTimeMS": 10_000]
            try client.find(Collections.jobs.name, ["recruiterId": .objectID(recruiter)], fields) { document in
                let (id, counters) = (try document.objectID("_id"), try document.document("counters"))
                let queued = try counters.int("queued")
                waiting += queued
                jobs.insert(id)
                guard id == request.job else { return true }
                switch request.target {
                case .registered:
                    let others = try ["completed", "failed"].reduce(queued) { $0 + (try counters.int($1)) }
                    asked = max(0, try counters.int("total") - others)
                case .failed: asked = try counters.int("failed")
                case .resumes, .stale: break
                }
                return true
            }
            try client.find(
                Collections.batches.name,
                [
                    "recruiterId": .objectID(recruiter), "status": ["$in": ["QUEUED", "RUNNING"]],
                    "target.selection": "STALE",
                ],
                ["projection": ["target": 0], "hint": ["recruiterId": 1, "status": 1], "maxTimeMS": 10_000]
            ) { document in
                let batch = try BatchDocument.decode(document)
                guard jobs.contains(batch.jobID) else { return true }
                waiting -= batch.total - batch.completed - batch.failed - batch.cancelled
                return true
            }
            try client.find(
                Collections.batches.name,
                ["isFilling": true, "recruiterId": .objectID(recruiter)],
                ["projection": ["target": 0], "hint": ["isFilling": 1, "lastUpdatedAt": 1], "maxTimeMS": 10_000]
            ) { document in
                let batch = try BatchDocument.decode(document)
                guard jobs.contains(batch.jobID), let limit = try BatchDocument.limit(document) else { return true }
                waiting += max(0, limit - batch.total)
                return true
            }
            let used = try MongoUsageStore.usage(of: recruiter, at: now, client).resumesProcessed
            return (asked, max(0, quota - used - waiting))
        }
    }

    /// How many of these resumes a batch of the job would mark.
    private static func markable(_ ids: [ObjectID], in job: ObjectID, _ client: borrowing MongoClient) throws -> Int {
        try client.find(
            Collections.resumes.name,
            ["_id": ["$in": .array(ids.map(BSONValue.objectID))], "jobId": .objectID(job), "status": markableStatus],
            ["projection": ["_id": 1], "maxTimeMS": 10_000]
        ).count
    }

    /// What is not waiting or being worked on already.
    static let markableStatus: BSONValue = ["$in": ["REGISTERED", "COMPLETED", "FAILED"]]

    /// What the key made before; nil where it is new.
    ///
    /// A key whose time is over is forgotten.
    private static func replay(
        _ request: BatchRequest,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> BatchCreation? {
        guard let key = request.idempotencyKey else { return nil }
        let id = keyID(key, recruiter)
        guard let known = try client.find(Collections.idempotencyKeys.name, ["_id": id], ["limit": 1]).first else {
            return nil
        }
        let madeAt = try known.timestamp("createdAt")
        let found = try client.find(
            Collections.batches.name,
            ["_id": .objectID(known.objectID("batchId")), "recruiterId": .objectID(recruiter)],
            ["limit": 1]
        ).first
        // The database forgets keys of itself, but not to the minute; and a batch may have gone with its job.
        guard let found, now < madeAt.advanced(by: keyLifetime) else {
            try client.write([
                "delete": .string(Collections.idempotencyKeys.name),
                "deletes": [["q": ["_id": id, "createdAt": .time(madeAt)], "limit": 1]],
            ])
            return nil
        }
        guard try known.string("request") == fingerprint(request) else { return .otherRequest }
        return .made(try BatchDocument.decode(found), isReplayed: true)
    }

    private static func keyID(_ key: String, _ recruiter: ObjectID) -> BSONValue {
        ["recruiterId": .objectID(recruiter), "key": .string(key)]
    }

    /// Equal for equal requests.
    private static func fingerprint(_ request: BatchRequest) -> String {
        switch request.target {
        case .resumes(let ids): "\(request.job) \(ids.map(\.description).joined(separator: " "))"
        case .registered: "\(request.job) REGISTERED"
        case .failed: "\(request.job) FAILED"
        case .stale: "\(request.job) STALE"
        }
    }

    private static func insert(
        _ document: BSONDocument,
        into collection: Collection,
        _ client: borrowing MongoClient
    ) throws {
        try client.write(
            BSONWriter.document(capacity: document.byteCount + 128) { writer in
                writer.append("insert", .string(collection.name))
                writer.appendArray("documents", [document])
            }
        )
    }

    /// Those that are no resumes of the job, in their order.
    private static func strangers(
        among ids: [ObjectID],
        in job: ObjectID,
        of recruiter: ObjectID,
        _ client: borrowing MongoClient
    ) throws -> [ObjectID] {
        var known: Set<ObjectID> = []
        try client.find(
            Collections.resumes.name,
            [
                "_id": ["$in": .array(ids.map(BSONValue.objectID))], "jobId": .objectID(job),
                "recruiterId": .objectID(recruiter),
            ],
            ["projection": ["_id": 1], "maxTimeMS": 10_000]
        ) { document in
            known.insert(try document.objectID("_id"))
            return true
        }
        return ids.filter { !known.contains($0) }
    }

    // MARK: - Cancelling

    /// One transaction, and one for each 500 resumes; then it is seen whether what had begun ends soon.
    public func cancel(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> StoredBatch? {
        let author = JobEventAuthor.recruiter(recruiter)
        let isRunning = try await workers.withClient { client in
            try client.transaction { client -> Bool? in
                let found = try client.find(
                    Collections.batches.name,
                    ["_id": .objectID(id), "recruiterId": .objectID(recruiter)],
                    ["limit": 1]
                )
                guard let batch = try found.first.map(BatchDocument.decode) else { return nil }
                // What is through stays as it is.
                guard batch.finishedAt == nil else { return false }
                let isNew = !batch.isCancelled
                try client.write([
                    "update": .string(Collections.batches.name),
                    "updates": [
                        [
                            "q": ["_id": .objectID(id)],
                            "u": [
                                "$set": ["isCancelled": true, "isCancelling": true],
                                "$unset": ["isFilling": ""], "$max": ["lastUpdatedAt": .time(now)],
                                "$inc": ["version": .int64(1)],
                            ],
                        ]
                    ],
                ])
                client.note(.batch(id))
                _ = try Ledger.add(
                    CounterChange(),
                    to: batch.jobID,
                    at: now,
                    events: isNew ? [.cancelled(id, by: author)] : [],
                    client
                )
                return true
            }
        }
        guard let isRunning else { return nil }
        if isRunning { try await stop(id, at: now) }
        let deadline = ContinuousClock.now + patience
        while true {
            let batch = try await batches([id], of: recruiter).first
            guard let batch, batch.finishedAt == nil, ContinuousClock.now < deadline else { return batch }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
