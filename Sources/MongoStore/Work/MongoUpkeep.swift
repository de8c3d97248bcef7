public import Schema

/// What any server does now and then for all: it takes up what a server that died left half done, and erases what nobody
/// holds any more.
///
/// Every part may be done by several at once, and be broken off at any moment.
public struct MongoUpkeep: Sendable {
    private let workers: MongoWorkers
    private let batches: MongoBatchStore
    /// Whoever began something has so long to end it.
    private static let patience = Duration.seconds(30)
    private static let portion = 100

    /// What was done.
    public struct Report: Sendable, Equatable {
        /// Files that nobody held.
        public var erasedFiles = 0
        /// Resumes that were older than their jobs keep them.
        public var erasedResumes = 0
        /// Jobs that were deleted, and of which something was left.
        public var erasedJobs = 0
        /// Batches whose resumes were not all marked.
        public var filledBatches = 0
        /// Batches whose resumes were not all stopped.
        public var stoppedBatches = 0

        /// Nothing.
        public init() {}
    }

    /// - Parameters:
    ///   - workers: Connected to a database that was prepared.
    ///   - batches: Fills and stops batches.
    public init(_ workers: MongoWorkers, batches: MongoBatchStore) {
        self.workers = workers
        self.batches = batches
    }

    /// Does what is due; what fails keeps nothing else from being done.
    ///
    /// - Returns: What was done.
    /// - Throws: The first thing that the store says went wrong; it is done another time.
    public func run(at now: Timestamp) async throws -> Report {
        var report = Report()
        var failures = Failures()
        let before = now.advanced(by: .zero - Self.patience)
        await failures.passing { report.erasedFiles = try await eraseFiles(at: now) }
        await failures.passing { report.erasedResumes = try await RetentionEraser(workers).run(at: now) }
        for batch in await failures.passing({ try await unfinished("isFilling", before: before) }) ?? [] {
            await failures.passing {
                _ = try await batches.fill(batch, at: now)
                report.filledBatches += 1
            }
        }
        for batch in await failures.passing({ try await unfinished("isCancelling", before: before) }) ?? [] {
            await failures.passing {
                try await batches.stop(batch, at: now)
                report.stoppedBatches += 1
            }
        }
        for job in await failures.passing({ try await deletedJobs(before: before) }) ?? [] {
            await failures.passing {
                try await workers.withClient { client in try JobEraser.erase(job, at: now, client) }
                report.erasedJobs += 1
            }
        }
        if let first = failures.first { throw first }
        return report
    }

    /// Files whose time is over: those that were never registered, and those whose resume was deleted.
    private func eraseFiles(at now: Timestamp) async throws -> Int {
        var count = 0
        while true {
            let erased = try await workers.withClient { client in
                let expired: BSONValue = ["$lte": .time(now)]
                let ids = try client.find(
                    Collections.files.name,
                    ["metadata.expiresAt": expired],
                    ["projection": ["_id": 1], "limit": .int(Self.portion), "maxTimeMS": 10_000]
                ).map { try $0.objectID("_id") }
                guard !ids.isEmpty else { return 0 }
                // First made unusable, so that nobody registers a file which is being erased.
                try client.write([
                    "update": .string(Collections.files.name),
                    "updates": [
                        [
                            "q": [
                                "_id": ["$in": .array(ids.map(BSONValue.objectID))], "metadata.expiresAt": expired,
                                "metadata.resumeId": ["$exists": false],
                            ],
                            "u": ["$set": ["metadata.whole": false, "metadata.isErased": true]], "multi": true,
                        ]
                    ],
                ])
                let gone = try client.find(
                    Collections.files.name,
                    ["_id": ["$in": .array(ids.map(BSONValue.objectID))], "metadata.isErased": true],
                    ["projection": ["_id": 1], "maxTimeMS": 10_000]
                ).map { try $0.objectID("_id") }
                try MongoFileStore.erase(gone, client)
                return gone.count
            }
            count += erased
            if erased < Self.portion { return count }
        }
    }

    private func unfinished(_ field: String, before: Timestamp) async throws -> [ObjectID] {
        try await workers.withClient { client in
            let filter = BSONWriter.document { writer in
                writer.append(field, true)
                writer.append("lastUpdatedAt", ["$lt": .time(before)] as BSONValue)
            }
            return try client.find(
                Collections.batches.name,
                filter,
                ["projection": ["_id": 1], "limit": .int(Self.portion), "maxTimeMS": 10_000]
            ).map { try $0.objectID("_id") }
        }
    }

    private func deletedJobs(before: Timestamp) async throws -> [ObjectID] {
        try await workers.withClient { client in
            try client.find(
                Collections.erasures.name,
                ["deletedAt": ["$lt": .time(before)]],
                ["projection": ["_id": 1], "limit": .int(Self.portion), "maxTimeMS": 10_000]
            ).map { try $0.objectID("_id") }
        }
    }
}

/// Erases what lies under a job that was deleted.
enum JobEraser {
    private static let portion = 200

    /// Erases everything, portion by portion, and forgets at last that there was something to erase.
    static func erase(_ job: ObjectID, at now: Timestamp, _ client: borrowing MongoClient) throws {
        while true {
            let rows = try client.find(
                Collections.resumes.name,
                ["jobId": .objectID(job)],
                ["projection": ["file.storeId": 1], "limit": .int(portion), "maxTimeMS": 10_000]
            )
            let ids = try rows.map { try $0.objectID("_id") }
            guard !ids.isEmpty else { break }
            let files = try rows.compactMap { try $0.document("file").first("storeId")?.objectID }
            // The file goes first, or nobody would know any more that it is to go.
            try MongoFileStore.erase(files, client)
            for collection in [Collections.texts, Collections.embeddings, Collections.resumes] {
                try client.write([
                    "delete": .string(collection.name),
                    "deletes": [["q": ["_id": ["$in": .array(ids.map(BSONValue.objectID))]], "limit": 0]],
                ])
            }
        }
        for collection in [
            Collections.texts, Collections.embeddings, Collections.batches, Collections.scoreCounts,
        ] {
            try client.write([
                "delete": .string(collection.name), "deletes": [["q": ["jobId": .objectID(job)], "limit": 0]],
            ])
        }
        try EventChain.eraseWords(of: job, client)
        try client.write([
            "delete": .string(Collections.erasures.name), "deletes": [["q": ["_id": .objectID(job)], "limit": 1]],
        ])
    }
}

/// What failed first, of what is done one after the other.
struct Failures {
    private(set) var first: (any Error)?

    /// Does something, and goes on where it fails.
    ///
    /// - Returns: What it gives; nil where it fails.
    @discardableResult
    mutating func passing<Result>(_ body: () async throws -> Result) async -> Result? {
        do {
            return try await body()
        } catch {
            first = first ?? error
            return nil
        }
    }
}
