/// What all servers of one database share.
public struct MongoSettings: Sendable {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// The secret that signs access tokens, made once for all servers.
    ///
    /// - Parameter fresh: Becomes the secret where there is none yet.
    /// - Returns: The secret that counts.
    /// - Throws: ``MongoError``.
    public func tokenSecret(orElse fresh: [UInt8]) async throws -> [UInt8] {
        try await secret("tokenSecret", orElse: fresh)
    }

    /// The secret that accounts hang on, made once for all servers; it never changes, whatever signs access tokens.
    ///
    /// - Parameter fresh: Becomes the secret where there is none yet.
    /// - Returns: The secret that counts.
    /// - Throws: ``MongoError``.
    public func accountSecret(orElse fresh: [UInt8]) async throws -> [UInt8] {
        try await secret("accountSecret", orElse: fresh)
    }

    private func secret(_ name: String, orElse fresh: [UInt8]) async throws -> [UInt8] {
        let command: BSONDocument = [
            "findAndModify": .string(Collections.settings.name),
            "query": ["_id": .string(name)],
            "update": ["$setOnInsert": ["secret": .binary(fresh)]],
            "upsert": true, "new": true,
        ]
        return try await workers.withClient { client in
            do {
                return try Self.secret(try client.write(command))
            } catch let error as MongoError where error.isDuplicateKey {
                // Another server was first, at the same moment.
                return try Self.secret(try client.write(command))
            }
        }
    }

    private static func secret(_ reply: BSONDocument) throws -> [UInt8] {
        try reply.document("value").required("secret") { $0.binary.map { Array($0) } }
    }
}
