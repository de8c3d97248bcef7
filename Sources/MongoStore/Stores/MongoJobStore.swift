public import Schema

/// Jobs in the collection `jobs`.
public struct MongoJobStore: JobStore {
    private let workers: MongoWorkers
    private let reads: GatheredReads<Wanted, StoredJob>

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
        reads = GatheredReads { wanted in try await workers.withClient { try Self.read(wanted, $0) } }
    }

    /// One transaction: the job and the first event of its chain.
    public func insert(_ job: StoredJob) async throws {
        let event = JobEventDraft.created(job, by: .recruiter(job.recruiterID))
        try await workers.withClient { client in
            try client.transaction(isOptional: true) { client in try Self.insert(job, [event], client) }
        }
    }

    /// Inserts a job with the beginning of its chain of events.
    static func insert(_ job: StoredJob, _ events: [JobEventDraft], _ client: borrowing MongoClient) throws {
        let links = EventChain.Links(events, to: job.id, of: job.recruiterID, after: nil, at: job.lastUpdatedAt)
        let document = JobDocument.encode(job, eventHead: links.head)
        try client.write(
            BSONWriter.document(capacity: document.byteCount + 64) { writer in
                writer.append("insert", .string(Collections.jobs.name))
                writer.appendArray("documents", [document])
            }
        )
        try EventChain.insert(links, client)
        client.note(.job(job.id))
    }

    /// One round trip for all who ask at the same time, however many there are.
    public func jobs(_ ids: [ObjectID], of recruiter: ObjectID, parts: JobParts) async throws -> [StoredJob] {
        let wanted = Set(ids.map { Wanted(id: $0, recruiter: recruiter, parts: parts) })
        return Array(try await reads.values(of: wanted).values)
    }

    /// What is read of whom.
    private struct Wanted: Hashable, Sendable {
        let id: ObjectID
        let recruiter: ObjectID
        let parts: JobParts
    }

    private static func read(_ wanted: Set<Wanted>, _ client: borrowing MongoClient) throws -> [Wanted: StoredJob] {
        var found: [Wanted: StoredJob] = [:]
        // Mostly all want the same parts.
        for (parts, wanted) in Dictionary(grouping: wanted, by: \.parts) {
            let jobs = try client.find(
                Collections.jobs.name,
                ["_id": .one(of: Set(wanted.map(\.id))), "recruiterId": .one(of: Set(wanted.map(\.recruiter)))],
                [
                    // Without it MongoDB weighs the other indexes that begin with the recruiter each time.
                    "hint": ["_id": 1], "limit": .int(wanted.count), "maxTimeMS": 10_000,
                    "projection": JobDocument.projection(parts),
                ],
                isCommitted: true
            ) { try JobDocument.decode($0, parts) }
            // What is someone else's was not asked for, and is left out below.
            for job in jobs { found[Wanted(id: job.id, recruiter: job.recruiterID, parts: parts)] = job }
        }
        return found.filter { wanted.contains($0.key) }
    }

    /// One round trip for the rows, and one each for the count and for what lies beyond a cursor, where they are asked for.
    public func jobs(_ query: JobQuery, of recruiter: ObjectID) async throws -> Page<StoredJob> {
        let keyset = KeysetQuery(query, of: recruiter)
        return try await workers.withClient { client in
            try keyset.read(client) { try JobDocument.decode($0, query.parts) }
        }
    }

    /// One transaction: the job and its event change together.
    public func update(
        _ id: ObjectID,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ change: @escaping @Sendable (inout StoredJob) throws -> Void
    ) async throws -> StoredJob? {
        let author = JobEventAuthor.recruiter(recruiter)
        return try await workers.withClient { client in
            // Another change between reading and writing makes it begin again.
            try client.transaction(isOptional: true) { client in
                let found = try client.find(
                    Collections.jobs.name,
                    ["_id": .objectID(id), "recruiterId": .objectID(recruiter)],
                    ["limit": 1, "maxTimeMS": 10_000]
                ).first
                guard let found else { return nil }
                let before = try JobDocument.decode(found)
                var job = before
                guard try job.apply(at: now, change) else { return before }
                let links = EventChain.Links(
                    [.changed(job, from: before, by: author)],
                    to: id,
                    of: recruiter,
                    after: try EventDocument.head(of: found),
                    at: job.lastUpdatedAt
                )
                // The version tells it where there are no transactions.
                let reply = try client.write([
                    "update": .string(Collections.jobs.name),
                    "updates": [
                        [
                            "q": ["_id": .objectID(id), "version": .int64(before.version)],
                            "u": JobDocument.update(job, before: before, eventHead: links.head),
                        ]
                    ],
                ])
                guard try reply.int("n") == 1 else {
                    throw MongoError(code: 112, message: "the job \(id) was changed meanwhile", isTransient: true)
                }
                try EventChain.insert(links, client)
                client.note(.job(id))
                return job
            }
        }
    }

    /// One transaction, and then some round trips for each 200 resumes.
    public func delete(_ id: ObjectID, of recruiter: ObjectID, at now: Timestamp) async throws -> Bool {
        let author = JobEventAuthor.recruiter(recruiter)
        return try await workers.withClient { client in
            let isDeleted = try client.transaction { client in
                let reply = try client.write([
                    "findAndModify": .string(Collections.jobs.name),
                    "query": ["_id": .objectID(id), "recruiterId": .objectID(recruiter)], "remove": true,
                    "fields": ["lastUpdatedAt": 1, "counters.total": 1, "eventHead": 1],
                ])
                guard let job = try reply.first("value")?.document() else { return false }
                client.note(.job(id))
                try Self.closeChain(of: id, job, by: author, recruiter, at: now, client)
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

    /// The chain outlasts the job, and with it where it ends.
    private static func closeChain(
        of id: ObjectID,
        _ job: BSONDocument,
        by author: JobEventAuthor,
        _ recruiter: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws {
        let last = try job.timestamp("lastUpdatedAt")
        let head = try EventChain.append(
            [.deleted(id, resumes: job.document("counters").int("total"), by: author)],
            to: id,
            of: recruiter,
            after: EventDocument.head(of: job),
            at: max(now, Timestamp(milliseconds: last.milliseconds + 1)),
            client
        )
        try client.write([
            "insert": .string(Collections.eventHeads.name),
            "documents": [["_id": .objectID(id), "recruiterId": .objectID(recruiter), "eventHead": head]],
        ])
    }
}
