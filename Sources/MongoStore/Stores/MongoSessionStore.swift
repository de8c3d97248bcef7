public import Schema

/// Sessions in the collection `sessions`.
public struct MongoSessionStore: SessionStore {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// One transaction, which a change of the password at the same moment makes start over.
    public func begin(_ session: StoredSession, recognisedBy passwordHash: String) async throws -> Bool {
        try await workers.withClient { client in
            try client.transaction { client in
                let reply = try client.write([
                    "update": .string(Collections.recruiters.name),
                    "updates": [
                        [
                            "q": ["_id": .objectID(session.recruiterID), "passwordHash": .string(passwordHash)],
                            "u": ["$set": ["lastLogInAt": .time(session.createdAt)]],
                        ]
                    ],
                ])
                guard try reply.int("n") == 1 else { return false }
                try client.write([
                    "insert": .string(Collections.sessions.name),
                    "documents": [
                        [
                            "_id": .objectID(session.id), "recruiterId": .objectID(session.recruiterID),
                            "digest": .binary(session.digest), "rotatedAt": .time(session.rotatedAt),
                            "createdAt": .time(session.createdAt), "expiresAt": .time(session.expiresAt),
                        ]
                    ],
                ])
                return true
            }
        }
    }

    /// One round trip.
    public func rotate(
        _ id: ObjectID,
        from digest: [UInt8],
        to successor: [UInt8],
        expiresAt: Timestamp,
        at now: Timestamp
    ) async throws -> StoredSession? {
        try await workers.withClient { client in
            let reply = try client.write([
                "findAndModify": .string(Collections.sessions.name),
                "query": [
                    "_id": .objectID(id), "digest": .binary(digest), "expiresAt": ["$gt": .time(now)],
                ],
                "update": [
                    "$set": [
                        "digest": .binary(successor), "previousDigest": .binary(digest), "rotatedAt": .time(now),
                        "expiresAt": .time(expiresAt),
                    ]
                ],
                "new": true,
            ])
            return try reply.first("value")?.document().map(Self.decode)
        }
    }

    /// One round trip.
    public func session(_ id: ObjectID, at now: Timestamp) async throws -> StoredSession? {
        try await workers.withClient { client in
            try client.find(
                Collections.sessions.name,
                ["_id": .objectID(id), "expiresAt": ["$gt": .time(now)]],
                ["limit": 1, "maxTimeMS": 10_000]
            ).first.map(Self.decode)
        }
    }

    /// One round trip.
    public func end(_ id: ObjectID) async throws -> ObjectID? {
        try await workers.withClient { client in
            let reply = try client.write([
                "findAndModify": .string(Collections.sessions.name), "query": ["_id": .objectID(id)], "remove": true,
            ])
            return try reply.first("value")?.document()?.objectID("recruiterId")
        }
    }

    /// One round trip.
    public func endAll(of recruiter: ObjectID) async throws {
        try await workers.withClient { client in try Self.endAll(of: recruiter, client) }
    }

    static func endAll(of recruiter: ObjectID, _ client: borrowing MongoClient) throws {
        try client.write([
            "delete": .string(Collections.sessions.name),
            "deletes": [["q": ["recruiterId": .objectID(recruiter)], "limit": 0]],
        ])
    }

    private static func decode(_ document: BSONDocument) throws -> StoredSession {
        StoredSession(
            id: try document.objectID("_id"),
            recruiterID: try document.objectID("recruiterId"),
            digest: try document.required("digest") { $0.binary.map { Array($0) } },
            previousDigest: try document.first("previousDigest")?.binary.map { Array($0) },
            rotatedAt: try document.timestamp("rotatedAt"),
            createdAt: try document.timestamp("createdAt"),
            expiresAt: try document.timestamp("expiresAt")
        )
    }
}
