public import Schema

/// What recruiters use up, in the collection `usage`.
public struct MongoUsageStore: UsageStore {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// One round trip.
    public func usage(of recruiter: ObjectID, at now: Timestamp) async throws -> StoredUsage {
        try await workers.withClient { client in try Self.usage(of: recruiter, at: now, client) }
    }

    static func usage(
        of recruiter: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws -> StoredUsage {
        var usage = StoredUsage(at: now)
        let found = try client.find(
            Collections.usage.name,
            ["_id": id(recruiter, now)],
            ["limit": 1, "maxTimeMS": 10_000]
        ).first
        guard let found else { return usage }
        func number(_ name: String) throws -> Int { Int(try found.first(name)?.int ?? 0) }
        usage.resumesProcessed = try number("resumesProcessed")
        usage.analyses = try number("analyses")
        usage.promptTokens = try number("promptTokens")
        usage.completionTokens = try number("completionTokens")
        return usage
    }

    /// Counts resumes that were read and scored, in the transaction that stores them.
    static func count(
        _ resumes: Int,
        of recruiter: ObjectID,
        at now: Timestamp,
        _ client: borrowing MongoClient
    ) throws {
        guard resumes > 0 else { return }
        try client.write([
            "update": .string(Collections.usage.name),
            "updates": [
                ["q": ["_id": id(recruiter, now)], "u": ["$inc": ["resumesProcessed": .int(resumes)]], "upsert": true]
            ],
        ])
    }

    private static func id(_ recruiter: ObjectID, _ now: Timestamp) -> BSONValue {
        ["recruiterId": .objectID(recruiter), "month": .time(now.startOfMonth)]
    }
}
