public import Schema

/// Accounts in the collection `recruiters`.
public struct MongoRecruiterStore: RecruiterStore {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// One round trip.
    public func recruiter(_ id: ObjectID) async throws -> Recruiter? {
        try await workers.withClient { client in
            try client.find(Collections.recruiters.name, ["_id": .objectID(id)], ["limit": 1, "maxTimeMS": 10_000])
                .first.map(Self.decode)
        }
    }

    /// One round trip, and a second one where another server makes the same account at the same time.
    public func verifiedRecruiter(email: EmailAddress, name: String?, at now: Timestamp) async throws -> Recruiter {
        let local = email.description.prefix { $0 != "@" }
        let command: BSONDocument = [
            "findAndModify": .string(Collections.recruiters.name),
            "query": ["emailKey": .string(email.key)],
            "update": [
                "$set": ["emailVerified": true],
                "$setOnInsert": [
                    "_id": .objectID(ObjectID(at: now)), "email": .string(email.description),
                    "name": .string(name ?? String(local)), "createdAt": .time(now),
                ],
            ],
            "upsert": true, "new": true,
        ]
        return try await workers.withClient { client in
            do {
                return try Self.decode(try client.write(command).document("value"))
            } catch let error as MongoError where error.isDuplicateKey {
                return try Self.decode(try client.write(command).document("value"))
            }
        }
    }

    static func decode(_ document: BSONDocument) throws -> Recruiter {
        Recruiter(
            id: try document.objectID("_id"),
            email: try document.required("email") { $0.string.flatMap(EmailAddress.init) },
            name: try document.string("name"),
            isEmailVerified: try document.bool("emailVerified"),
            createdAt: try document.timestamp("createdAt")
        )
    }
}
