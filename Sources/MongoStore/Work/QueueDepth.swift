internal import Pipeline
public import Schema

/// How much waits for workers.
public struct QueueDepth: Sendable, Equatable {
    /// Resumes that could be claimed now; those that wait for another attempt are not among them.
    public let due: Int
    /// Since when the one of them waits that is claimed next; nil where none does.
    public let oldestSince: Timestamp?

    /// Each parameter is the property of its name.
    public init(due: Int, oldestSince: Timestamp?) {
        self.due = due
        self.oldestSince = oldestSince
    }
}

extension MongoWorkers {
    /// How many resumes wait, and how long: one read of one index, which touches no document.
    ///
    /// - Parameters:
    ///   - now: What is due by then counts.
    ///   - limit: So many are counted at most.
    /// - Returns: Of all jobs together.
    /// - Throws: ``MongoError``.
    public func queueDepth(at now: Timestamp, limit: Int = 100_000) async throws -> QueueDepth {
        let command = Self.queueDepthCommand(at: now, limit: limit)
        return try await withClient { client in
            let rows = try client.read(command).document("cursor").array("firstBatch") { try $0.document() }
            guard let row = rows.first else { return QueueDepth(due: 0, oldestSince: nil) }
            return QueueDepth(due: try row.int("due"), oldestSince: try row.timestamp("since"))
        }
    }

    static func queueDepthCommand(at now: Timestamp, limit: Int) -> BSONDocument {
        [
            "aggregate": .string(Collections.resumes.name),
            "pipeline": [
                ["$match": ["task.availableAt": ["$lte": .time(now)]]], ["$sort": ["task.availableAt": 1]],
                ["$limit": .int(limit)],
                ["$group": ["_id": .null, "due": ["$sum": 1], "since": ["$min": "$task.availableAt"]]],
            ],
            "cursor": [:], "maxTimeMS": 2_000,
        ]
    }
}
