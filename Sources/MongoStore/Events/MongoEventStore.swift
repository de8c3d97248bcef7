public import Schema

/// Reads the collection `events`.
public struct MongoEventStore: EventStore {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// For each query one round trip for the rows, and one each for the count and for what lies beyond a cursor, where they
    /// are asked for.
    public func events(_ queries: [EventQuery], of recruiter: ObjectID) async throws -> [Page<JobEvent>] {
        try await workers.withClient { client in
            try queries.map { query in
                try KeysetQuery(query, of: recruiter).read(
                    client,
                    total: query.page.needsTotal ? Self.total(query.job, of: recruiter, client) : nil
                ) { try EventDocument.decode($0.copy()) }
            }
        }
    }

    /// The number of the newest: nothing is counted.
    private static func total(
        _ job: ObjectID,
        of recruiter: ObjectID,
        _ client: borrowing MongoClient
    ) throws -> Int {
        let newest = try client.find(
            Collections.events.name,
            ["jobId": .objectID(job), "recruiterId": .objectID(recruiter)],
            ["sort": ["number": -1], "limit": 1, "projection": ["number": 1], "maxTimeMS": 10_000],
            isCommitted: true
        )
        return try newest.first?.int("number") ?? 0
    }
}

extension KeysetQuery {
    /// A part of a job's events, newest first.
    init(_ query: EventQuery, of recruiter: ObjectID) {
        self.init(
            collection: Collections.events,
            prefix: [("jobId", .objectID(query.job))],
            key: "number",
            isKeyUnique: true,
            filter: [("recruiterId", .objectID(recruiter))],
            isDescending: true,
            page: query.page,
            projection: query.needsDetails ? [:] : EventDocument.headProjection
        )
    }
}
