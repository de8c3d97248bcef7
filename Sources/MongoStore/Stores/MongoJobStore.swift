public import Schema

/// Jobs in the collection `jobs`.
public struct MongoJobStore: JobStore {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// One round trip.
    public func insert(_ job: StoredJob) async throws {
        try await workers.withClient { client in
            let document = JobDocument.encode(job)
            let command = BSONWriter.document(capacity: document.byteCount + 64) { writer in
                writer.append("insert", .string(Collections.jobs.name))
                writer.appendArray("documents", [document])
            }
            try client.write(command)
            client.note(.job(job.id))
        }
    }

    /// One round trip, however many there are.
    public func jobs(_ ids: [ObjectID], of recruiter: ObjectID, parts: JobParts) async throws -> [StoredJob] {
        try await workers.withClient { client in
            try client.find(
                Collections.jobs.name,
                ["_id": ["$in": .array(ids.map(BSONValue.objectID))], "recruiterId": .objectID(recruiter)],
                ["maxTimeMS": 10_000, "projection": JobDocument.projection(parts)],
                isCommitted: true
            ).map(JobDocument.decode)
        }
    }

    /// One round trip for the rows, and one each for the count and for what lies beyond a cursor, where they are asked for.
    public func jobs(_ query: JobQuery, of recruiter: ObjectID) async throws -> Page<StoredJob> {
        let keyset = KeysetQuery(query, of: recruiter)
        return try await workers.withClient { client in try keyset.read(client, JobDocument.decode) }
    }

    /// Two round trips where nobody else changes the job at the same time.
    public func update(
        _ id: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ change: @escaping @Sendable (inout StoredJob) throws -> Void
    ) async throws -> StoredJob? {
        try await workers.withClient { client in
            for _ in 0..<Self.maxAttempts {
                let found = try client.find(
                    Collections.jobs.name,
                    ["_id": .objectID(id), "recruiterId": .objectID(recruiter)],
                    ["limit": 1, "maxTimeMS": 10_000]
                )
                guard var job = try found.first.map(JobDocument.decode) else { return nil }
                let before = job
                guard try job.apply(at: now, change) else { return job }
                let reply = try client.write([
                    "update": .string(Collections.jobs.name),
                    "updates": [
                        [
                            "q": [
                                "_id": .objectID(id), "recruiterId": .objectID(recruiter),
                                "version": .int64(before.version),
                            ],
                            "u": JobDocument.update(job, before: before),
                        ]
                    ],
                ])
                if try reply.int("n") == 1 {
                    client.note(.job(id))
                    return job
                }
            }
            throw MongoError(code: 112, message: "the job \(id) is changed too often to be updated")
        }
    }

    /// Another change between reading and writing makes an update begin again.
    private static let maxAttempts = 50

    /// One transaction, and then some round trips for each 200 resumes.
    public func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> Bool {
        try await workers.withClient { client in
            let isDeleted = try client.transaction { client in
                let reply = try client.write([
                    "delete": .string(Collections.jobs.name),
                    "deletes": [["q": ["_id": .objectID(id), "recruiterId": .objectID(recruiter)], "limit": 1]],
                ])
                guard try reply.int("n") == 1 else { return false }
                client.note(.job(id))
                // Whatever lies under it goes one after the other: should that be broken off, this tells what is left.
                try client.write([
                    "insert": .string(Collections.erasures.name),
                    "documents": [["_id": .objectID(id), "deletedAt": .time(now)]],
                ])
                return true
            }
            if isDeleted { try JobEraser.erase(id, at: now, client) }
            return isDeleted
        }
    }
}
