public import Schema

/// Passwords in the collection `recruiters`; one-time codes, and sign-ups that wait for theirs, in `oneTimeCodes`.
public struct MongoAccountStore: AccountStore {
    private let workers: MongoWorkers

    /// - Parameter workers: Connected to a database that was prepared.
    public init(_ workers: MongoWorkers) {
        self.workers = workers
    }

    /// Two round trips, whatever there is.
    public func credentials(of email: EmailAddress, at now: Timestamp) async throws -> Credentials {
        try await workers.withClient { client in
            let options: BSONDocument = ["limit": 1, "maxTimeMS": 10_000]
            let account = try client.find(
                Collections.recruiters.name,
                ["emailKey": .string(email.key)],
                options
            ).first
            let pending = try client.find(
                Collections.oneTimeCodes.name,
                ["_id": .string(Self.id(.signUp, email)), "signUp.expiresAt": ["$gt": .time(now)]],
                options
            ).first
            return Credentials(
                recruiter: try account.map(MongoRecruiterStore.decode),
                passwordHash: try account?.first("passwordHash")?.string,
                pending: try pending.map { try Self.pending($0.document("signUp")) }
            )
        }
    }

    private static func pending(_ signUp: BSONDocument) throws -> PendingSignUp {
        PendingSignUp(
            email: try signUp.required("email") { $0.string.flatMap(EmailAddress.init) },
            passwordHash: try signUp.string("passwordHash")
        )
    }

    /// One round trip for an address that has no code; a second one for another.
    public func put(_ code: NewCode, at now: Timestamp) async throws -> CurrentCode {
        let id: BSONValue = .string(Self.id(code.purpose, code.email))
        let expiresAt = now.advanced(by: code.lifetime)
        let fresh: BSONValue = [
            "digest": .binary(code.digest), "sentAt": .time(now), "expiresAt": .time(expiresAt),
            "triesLeft": .int(code.tries),
        ]
        @Sendable func values(isContested: Bool) -> [(key: String, value: BSONValue)] {
            guard let signUp = code.signUp else { return [("code", fresh)] }
            let waiting: BSONValue = [
                "email": .string(code.email.description), "name": .string(signUp.name),
                "passwordHash": .string(signUp.passwordHash), "expiresAt": .time(signUp.expiresAt),
                "isContested": .bool(isContested),
            ]
            return [("code", fresh), ("signUp", waiting)]
        }
        // A sign-up that waits is kept for as long as it waits, a code alone for as long as it works.
        let forgetAt = max(expiresAt, code.signUp?.expiresAt ?? expiresAt)
        return try await workers.withClient { client in
            while true {
                let reply: BSONDocument
                do {
                    reply = try client.write([
                        "findAndModify": .string(Collections.oneTimeCodes.name), "query": ["_id": id],
                        "update": [
                            "$setOnInsert": .document(values(isContested: false) + [("forgetAt", .time(forgetAt))])
                        ],
                        "upsert": true,
                    ])
                } catch let error as MongoError where error.isDuplicateKey {
                    continue
                }
                guard let before = try reply.first("value")?.document() else {
                    return CurrentCode(expiresAt: expiresAt, isNew: true)
                }
                let known = try before.document("code")
                let sentAt = try known.timestamp("sentAt")
                // A sign-up has a code of its own at once: the one that counts may be for somebody else's password.
                if code.signUp == nil, now < sentAt.advanced(by: code.coolDown) {
                    // As it was told then, also where a contested sign-up has kept an older code.
                    return CurrentCode(expiresAt: sentAt.advanced(by: code.lifetime), isNew: false)
                }
                let isContested = try Self.isContested(code.signUp, after: before, at: now)
                // What was mailed for it goes on working: no other code is mailed in its place.
                let isKept = isContested && code.signUp == nil
                let values = isKept ? [("code.sentAt", .time(now))] : values(isContested: isContested)
                let changed = try client.write([
                    "update": .string(Collections.oneTimeCodes.name),
                    "updates": [
                        [
                            // Unless another one was put since.
                            "q": [
                                "_id": id, "code.digest": .binary(Self.digest(of: known)),
                                "code.sentAt": .time(sentAt),
                            ],
                            "u": ["$set": .document(values), "$max": ["forgetAt": .time(forgetAt)]],
                        ]
                    ],
                ])
                guard try changed.int("n") == 1 else { continue }
                return CurrentCode(expiresAt: expiresAt, isNew: true, isContested: isContested)
            }
        }
    }

    /// Whether the sign-up that waits, or that takes its place now, has taken the place of one with another password.
    ///
    /// - Throws: ``UncomparedSignUp``.
    private static func isContested(
        _ signUp: NewCode.SignUp?,
        after before: BSONDocument,
        at now: Timestamp
    ) throws -> Bool {
        guard let waiting = try before.first("signUp")?.document(), now < (try waiting.timestamp("expiresAt")) else {
            return false
        }
        let isContested = try waiting.first("isContested")?.bool ?? false
        let hash = try waiting.string("passwordHash")
        guard let signUp, signUp.passwordHash != hash else { return isContested }
        guard signUp.comparedHash == hash else { throw UncomparedSignUp() }
        return true
    }

    /// One round trip.
    public func countTry(_ purpose: CodePurpose, of email: EmailAddress, at now: Timestamp) async throws -> [UInt8]? {
        try await workers.withClient { client in
            let reply = try client.write([
                "findAndModify": .string(Collections.oneTimeCodes.name),
                "query": [
                    "_id": .string(Self.id(purpose, email)), "code.triesLeft": ["$gt": 0],
                    "code.expiresAt": ["$gt": .time(now)],
                ],
                "update": ["$inc": ["code.triesLeft": -1]],
            ])
            return try reply.first("value")?.document().map { try Self.digest(of: $0.document("code")) }
        }
    }

    /// One transaction.
    public func verify(_ email: EmailAddress, by digest: [UInt8], at now: Timestamp) async throws -> Verified? {
        try await workers.withClient { client in
            do {
                return try client.transaction { client in
                    guard let used = try Self.use(.signUp, email, digest, client),
                        let signUp = try used.first("signUp")?.document(),
                        now < (try signUp.timestamp("expiresAt")),
                        // Once, addresses had the same key that are not the same.
                        EmailAddress(try signUp.string("email")) == email
                    else { return nil }
                    let reply = try client.write([
                        "findAndModify": .string(Collections.recruiters.name),
                        // An account that is verified already is no sign-up's any more: the index then refuses another one.
                        "query": ["emailKey": .string(email.key), "emailVerified": false],
                        "update": [
                            "$set": [
                                "email": .string(try signUp.string("email")),
                                "name": .string(try signUp.string("name")),
                                "passwordHash": .string(try signUp.string("passwordHash")), "emailVerified": true,
                            ],
                            "$setOnInsert": ["_id": .objectID(ObjectID(at: now)), "createdAt": .time(now)],
                        ],
                        "upsert": true, "new": true,
                    ])
                    return try Self.verified(reply.document("value"))
                }
            } catch let error as MongoError where error.isDuplicateKey {
                return nil
            }
        }
    }

    /// One transaction, with every session of the account.
    public func reset(
        to passwordHash: String,
        of email: EmailAddress,
        by digest: [UInt8],
        at now: Timestamp
    ) async throws -> Verified? {
        try await workers.withClient { client in
            try client.transaction { client in
                guard try Self.use(.passwordReset, email, digest, client) != nil else { return nil }
                let reply = try client.write([
                    "findAndModify": .string(Collections.recruiters.name),
                    "query": ["emailKey": .string(email.key), "emailVerified": true],
                    "update": ["$set": ["passwordHash": .string(passwordHash)]], "new": true,
                ])
                guard let account = try reply.first("value")?.document() else { return nil }
                let verified = try Self.verified(account)
                try MongoSessionStore.endAll(of: verified.recruiter.id, client)
                return verified
            }
        }
    }

    /// Erases the document of a code.
    ///
    /// - Returns: As it was; nil where another code counts.
    private static func use(
        _ purpose: CodePurpose,
        _ email: EmailAddress,
        _ digest: [UInt8],
        _ client: borrowing MongoClient
    ) throws -> BSONDocument? {
        let reply = try client.write([
            "findAndModify": .string(Collections.oneTimeCodes.name),
            "query": ["_id": .string(id(purpose, email)), "code.digest": .binary(digest)], "remove": true,
        ])
        return try reply.first("value")?.document()
    }

    private static func verified(_ account: BSONDocument) throws -> Verified {
        Verified(
            recruiter: try MongoRecruiterStore.decode(account),
            passwordHash: try account.string("passwordHash")
        )
    }

    static func id(_ purpose: CodePurpose, _ email: EmailAddress) -> String {
        "\(purpose.rawValue) \(email.key)"
    }

    private static func digest(of code: BSONDocument) throws -> [UInt8] {
        try code.required("digest") { $0.binary.map { Array($0) } }
    }
}
