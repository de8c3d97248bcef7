public import Schema

/// Mails that wait to be sent, in the collection `outbox`; what is in them is sealed by whoever puts them there.
public struct MongoOutbox: Sendable {
    private let workers: MongoWorkers

    /// How long a sender has for a mail before another one takes it.
    public static let leaseDuration = Duration.seconds(60)

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// A mail that was taken to be sent.
    public struct Letter: Sendable {
        /// In the store.
        public let id: ObjectID
        /// As it was put.
        public let sealed: [UInt8]
        /// How often it was tried, this time included.
        public let attempts: Int
        let lease: ObjectID
    }

    /// Puts a mail; one that has expired costs the same and is never taken.
    public func put(_ sealed: [UInt8], id: ObjectID, expiresAt: Timestamp, at now: Timestamp) async throws {
        _ = try await workers.withClient { client in
            try client.write([
                "insert": .string(Collections.outbox.name),
                "documents": [
                    [
                        "_id": .objectID(id), "sealed": .binary(sealed), "attempts": 0,
                        "availableAt": .time(now), "expiresAt": .time(expiresAt), "createdAt": .time(now),
                    ]
                ],
            ])
        }
    }

    /// Takes the mail that has waited longest of those that are due.
    ///
    /// - Returns: Nil where none is due.
    /// - Throws: ``MongoError``.
    public func take(at now: Timestamp) async throws -> Letter? {
        let lease = ObjectID(at: now)
        return try await workers.withClient { client in
            let reply = try client.write([
                "findAndModify": .string(Collections.outbox.name),
                "query": ["availableAt": ["$lte": .time(now)], "expiresAt": ["$gt": .time(now)]],
                "sort": ["availableAt": 1],
                "update": [
                    "$set": ["availableAt": .time(now.advanced(by: Self.leaseDuration)), "lease": .objectID(lease)],
                    "$inc": ["attempts": 1],
                ],
                "new": true,
            ])
            guard let document = try reply.first("value")?.document() else { return nil }
            return Letter(
                id: try document.objectID("_id"),
                sealed: try document.required("sealed") { $0.binary.map { Array($0) } },
                attempts: try document.int("attempts"),
                lease: lease
            )
        }
    }

    /// Erases a mail that was sent, or never can be.
    public func erase(_ letter: Letter) async throws {
        _ = try await workers.withClient { client in
            try client.write([
                "delete": .string(Collections.outbox.name),
                "deletes": [["q": ["_id": .objectID(letter.id)], "limit": 1]],
            ])
        }
    }

    /// Puts a mail back that could not be sent.
    public func putBack(_ letter: Letter, until time: Timestamp) async throws {
        _ = try await workers.withClient { client in
            try client.write([
                "update": .string(Collections.outbox.name),
                "updates": [
                    [
                        "q": ["_id": .objectID(letter.id), "lease": .objectID(letter.lease)],
                        "u": ["$set": ["availableAt": .time(time)], "$unset": ["lease": ""]],
                    ]
                ],
            ])
        }
    }

    /// How many mails wait.
    public func count(at now: Timestamp) async throws -> Int {
        try await workers.withClient { client in
            try client.read([
                "count": .string(Collections.outbox.name), "query": ["expiresAt": ["$gt": .time(now)]],
                "maxTimeMS": 10_000,
            ]).int("n")
        }
    }
}
