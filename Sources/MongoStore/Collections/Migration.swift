public import Schema

/// A change of stored documents from one version of the program to the next.
///
/// Indexes and validators need none: they are made at every start. A migration can be begun by two servers at once, and
/// be broken off at any moment, so making it twice must do no harm.
struct Migration: Sendable {
    /// Grows by one from each to the next.
    let number: Int
    /// What it does, for the log.
    let name: String
    let make: @Sendable (borrowing MongoClient) throws -> Void

    /// In their order.
    static let all = [
        Migration(number: 1, name: "begin with the collections of the first version") { _ in },
        Migration(number: 2, name: "count skills by their keys") { client in
            // No resume could be processed before: there is nothing to count.
            try client.write([
                "update": .string(Collections.jobs.name),
                "updates": [
                    [
                        "q": ["counters.skills": ["$type": "array"]], "u": ["$set": ["counters.skills": [:]]],
                        "multi": true,
                    ]
                ],
            ])
        },
        Migration(number: 3, name: "find files by their marks, and what waits by its batch", make: MarkMigration.make),
        Migration(number: 4, name: "tell the kelvin sign and İ in addresses from k and i") { client in
            let accounts = try client.find(
                Collections.recruiters.name,
                ["email": lookAlike],
                ["projection": ["email": 1]]
            )
            for account in accounts {
                let key = try account.required("email") { $0.string.flatMap(EmailAddress.init)?.key }
                try client.write([
                    "update": .string(Collections.recruiters.name),
                    "updates": [
                        [
                            "q": ["_id": .objectID(try account.objectID("_id"))],
                            "u": ["$set": ["emailKey": .string(key)]],
                        ]
                    ],
                ])
            }
        },
        Migration(number: 5, name: "forget sign-ups that wait where another address would verify them") { client in
            let waiting = try client.find(
                Collections.oneTimeCodes.name,
                ["signUp.email": lookAlike],
                ["projection": ["signUp.email": 1]]
            )
            for code in waiting {
                let email = try code.document("signUp").required("email") { $0.string.flatMap(EmailAddress.init) }
                let id = try code.string("_id")
                guard id != MongoAccountStore.id(.signUp, email) else { continue }
                try client.write([
                    "delete": .string(Collections.oneTimeCodes.name),
                    "deletes": [["q": ["_id": .string(id)], "limit": 1]],
                ])
            }
        },
    ]

    /// Addresses whose letters in lower case are those of others: their keys were the same until the fourth migration.
    private static let lookAlike: BSONValue = ["$regex": "[\u{212A}\u{130}]"]
}

/// A database that this program cannot work with.
public struct DatabaseMismatch: Error, CustomStringConvertible {
    /// Which, and what to do.
    public let description: String
}

extension MongoWorkers {
    /// Makes collections, validators and indexes, and the migrations that were not made yet.
    ///
    /// Does no harm when it is done again, or by several servers at once.
    ///
    /// - Parameter now: For the record.
    /// - Throws: ``DatabaseMismatch`` where a newer program has migrated the database; ``MongoError``.
    public func prepareDatabase(at now: Timestamp) async throws {
        try await prepareDatabase(at: now, migrations: Migration.all)
    }

    func prepareDatabase(at now: Timestamp, migrations: [Migration]) async throws {
        try await withClient { client in
            let made = try client.find(Collections.migrations.name, [:], ["sort": ["_id": -1], "limit": 1])
            let last = try made.first?.int("_id") ?? 0
            let newest = migrations.last?.number ?? 0
            guard last <= newest else {
                throw DatabaseMismatch(
                    description:
                        "the database \"\(client.database)\" is at migration \(last), this program knows \(newest):"
                        + " use the newer program"
                )
            }
            let validators = try Collection.validators(client)
            for collection in Collections.all { try collection.ensure(client, validators) }
            for migration in migrations where migration.number > last {
                try migration.make(client)
                try client.write([
                    "update": .string(Collections.migrations.name),
                    "updates": [
                        [
                            "q": ["_id": .int(migration.number)],
                            "u": ["$setOnInsert": ["name": .string(migration.name), "madeAt": .time(now)]],
                            "upsert": true,
                        ]
                    ],
                ])
            }
        }
    }

    /// Whether the database answers.
    public func ping() async throws {
        try await withClient { _ = try $0.read(["ping": 1, "maxTimeMS": 2000]) }
    }

    /// Whether the database has transactions and change streams: a replica set or a sharded cluster.
    ///
    /// - Returns: False for a server alone.
    /// - Throws: ``MongoError``.
    public func isReplicated() async throws -> Bool {
        let hello = try await withClient { try $0.read(["hello": 1, "maxTimeMS": 2000]) }
        return try hello.first("setName") != nil || hello.first("msg")?.string == "isdbgrid"
    }
}
