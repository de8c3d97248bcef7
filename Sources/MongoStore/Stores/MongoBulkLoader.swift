public import Pipeline
public import Schema

/// Brings whole jobs in, each with its completed resumes: for filling a database, not for screening.
///
/// A job is there only when all of its resumes are: they are written first, some hundreds at a time and several times at once,
/// and in one transaction at the end come the job, its counters, its counts of scores and the batch that stands for the work.
/// What is broken off leaves nothing that a recruiter could see, and is erased: at once, or by the upkeep where the process died.
public struct MongoBulkLoader: Sendable {
    private let workers: MongoWorkers
    /// How many resumes share a round trip: enough to be quick, few enough for the 48 MB of a message.
    private static let portion = 500
    /// Portions that are made or written at the same time.
    private static let concurrentPortions = 4
    /// When the upkeep may take what is there of a job for something left behind.
    private static let patience = Duration.seconds(24 * 3600)

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// The upkeep took the job for something left behind.
    public struct TookTooLong: Error, CustomStringConvertible {
        /// One line.
        public var description: String { "loading a job took longer than a day: nothing of it was kept" }
    }

    /// Writes a job and its resumes.
    ///
    /// - Parameters:
    ///   - job: With nothing counted; what is below it is no younger than its `lastUpdatedAt`.
    ///   - count: How many resumes.
    ///   - resume: Makes the resume of a number from 0; called by several tasks at once.
    ///   - onProgress: Is told after each portion how many resumes were added by it.
    /// - Returns: The job as it is then.
    /// - Throws: What the store says went wrong; then nothing of the job is kept.
    public func load(
        _ job: StoredJob,
        count: Int,
        resume: @escaping @Sendable (Int) -> LoadedResume,
        onProgress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> StoredJob {
        let begun = job.lastUpdatedAt
        try await announce(job.id, until: begun.advanced(by: Self.patience))
        do {
            let batch = ObjectID(at: begun)
            let change = try await write(job, batch, count, resume, onProgress)
            return try await finish(job, batch, change)
        } catch {
            // Not part of this task, which may have been cancelled.
            await Task { [workers] in
                try? await workers.withClient { client in try Self.discard(job.id, at: begun, client) }
            }.value
            throw error
        }
    }

    /// Erases what is there of a job, unless it is there as a whole: that its last transaction failed may be all that is known
    /// of it when it was committed.
    private static func discard(_ job: ObjectID, at time: Timestamp, _ client: borrowing MongoClient) throws {
        // A write, so that the transaction that takes the announcement away is committed before it, or never.
        let reply = try client.write([
            "update": .string(Collections.erasures.name),
            "updates": [["q": ["_id": .objectID(job)], "u": ["$set": ["deletedAt": .time(time)]]]],
        ])
        let isWhole =
            try reply.int("n") == 0
            && !client.find(Collections.jobs.name, ["_id": .objectID(job)], ["projection": ["_id": 1], "limit": 1])
                .isEmpty
        if !isWhole { try JobEraser.erase(job, at: time, client) }
    }

    /// Should this process die, the upkeep finds what is left.
    func announce(_ job: ObjectID, until time: Timestamp) async throws {
        try await workers.withClient { client in
            _ = try client.write([
                "insert": .string(Collections.erasures.name),
                "documents": [["_id": .objectID(job), "deletedAt": .time(time)]],
            ])
        }
    }

    /// Writes the resumes, portion by portion.
    ///
    /// - Returns: What they add to the job's counters.
    private func write(
        _ job: StoredJob,
        _ batch: ObjectID,
        _ count: Int,
        _ resume: @escaping @Sendable (Int) -> LoadedResume,
        _ onProgress: @escaping @Sendable (Int) -> Void
    ) async throws -> CounterChange {
        try await withThrowingTaskGroup(of: CounterChange.self) { group in
            var sum = CounterChange()
            var running = 0
            for start in stride(from: 0, to: count, by: Self.portion) {
                if running == Self.concurrentPortions, let change = try await group.next() {
                    sum.add(change)
                    onProgress(change.total)
                    running -= 1
                }
                let numbers = start..<min(count, start + Self.portion)
                group.addTask { try await write(numbers.map(resume), in: job, batch) }
                running += 1
            }
            for try await change in group {
                sum.add(change)
                onProgress(change.total)
            }
            return sum
        }
    }

    /// Three round trips; fewer where there are no texts or vectors.
    private func write(_ portion: [LoadedResume], in job: StoredJob, _ batch: ObjectID) async throws -> CounterChange {
        try Task.checkCancellation()
        var change = CounterChange()
        var resumes: [BSONDocument] = []
        var texts: [BSONDocument] = []
        var vectors: [BSONDocument] = []
        for loaded in portion {
            let resume = loaded.stored(in: job, batch)
            change.add(ResumeStanding(resume).contribution)
            resumes.append(ResumeDocument.encode(completed: resume, loaded.processed.screened))
            if let document = loaded.processed.document {
                texts.append(try MongoResumeStore.encode(document, of: resume.id, in: job.id))
            }
            if let found = loaded.processed.vectors {
                vectors.append(MongoResumeStore.encode(found, of: resume.id, in: job.id))
            }
        }
        // Resumes come last: a text without a resume is not found, a resume without its text would be.
        let inserts = [(Collections.texts, texts), (Collections.embeddings, vectors), (Collections.resumes, resumes)]
            .filter { !$1.isEmpty }.map { Self.insert($1, into: $0) }
        try await workers.withClient { client in
            for insert in inserts { try client.write(insert) }
        }
        return change
    }

    private static func insert(_ documents: [BSONDocument], into collection: Collection) -> BSONDocument {
        let size = documents.reduce(128) { $0 + $1.byteCount + 16 }
        return BSONWriter.document(capacity: size) { writer in
            writer.append("insert", .string(collection.name))
            writer.append("ordered", false)
            writer.appendArray("documents", documents)
        }
    }

    /// One transaction.
    private func finish(_ job: StoredJob, _ batch: ObjectID, _ change: CounterChange) async throws -> StoredJob {
        var finished = StoredBatch(id: batch, recruiterID: job.recruiterID, jobID: job.id, createdAt: job.createdAt)
        finished.status = .completed
        finished.total = change.total
        finished.completed = change.completed
        finished.isFilling = false
        finished.lastUpdatedAt = job.lastUpdatedAt
        finished.finishedAt = job.lastUpdatedAt
        var whole = job
        whole.counters.add(change)
        let events: [JobEventDraft] = [.created(whole, by: JobEventAuthor(.operator)), .finished(finished)]
        let documents = [BatchDocument.encode(finished, .registered)]
        let (loaded, scores) = (whole, ScoreCounts.updates(change.scores, of: job.id))
        try await workers.withClient { client in
            try client.transaction { client in
                let reply = try client.write([
                    "delete": .string(Collections.erasures.name),
                    "deletes": [["q": ["_id": .objectID(job.id)], "limit": 1]],
                ])
                guard try reply.int("n") == 1 else { throw TookTooLong() }
                if !scores.isEmpty {
                    try client.write(["update": .string(Collections.scoreCounts.name), "updates": .array(scores)])
                }
                try client.write(Self.insert(documents, into: Collections.batches))
                try MongoJobStore.insert(loaded, events, client)
            }
        }
        return whole
    }
}

/// A completed resume that is brought in.
public struct LoadedResume: Sendable {
    /// Not in the server's own store.
    public var file: ResumeFile
    /// When it was registered.
    public var createdAt: Timestamp
    /// When its processing ended.
    public var processedAt: Timestamp
    /// What was found out; text and vectors are stored where they are there.
    public var processed: ProcessedResume

    /// Each parameter is the property of its name.
    public init(file: ResumeFile, createdAt: Timestamp, processedAt: Timestamp, processed: ProcessedResume) {
        self.file = file
        self.createdAt = createdAt
        self.processedAt = processedAt
        self.processed = processed
    }

    fileprivate func stored(in job: StoredJob, _ batch: ObjectID) -> StoredResume {
        var resume = StoredResume(
            id: ObjectID(at: createdAt),
            recruiterID: job.recruiterID,
            jobID: job.id,
            file: file,
            createdAt: createdAt
        )
        resume.status = .completed
        resume.attempts = 1
        resume.batchID = batch
        resume.result = ScreeningResult(processed.screened)
        resume.lastUpdatedAt = processedAt
        resume.processedAt = processedAt
        return resume
    }
}
