internal import Schema

/// What accounts need of cryptography, under the secrets of this server.
struct ServerCryptography: AccountCryptography {
    private let tokens: AccessTokens
    private let accountKey: [UInt8]
    private let codeKeys: [[UInt8]]

    /// - Parameters:
    ///   - tokens: Makes access tokens.
    ///   - secrets: Those that sign; codes are kept under keys that follow from them.
    ///   - accountSecret: The one that never changes, so that refresh tokens outlive a change of the others.
    /// - Throws: ``Cryptography/Failure``.
    init(tokens: AccessTokens, secrets: [[UInt8]], accountSecret: [UInt8]) throws {
        self.tokens = tokens
        // Each use has a key of its own: what is made for one is worth nothing for another.
        accountKey = try Cryptography.hmacSHA256(Array("shortlist refresh tokens".utf8), key: accountSecret)
        codeKeys = try secrets.map { secret throws(Cryptography.Failure) in
            try Cryptography.hmacSHA256(Array("shortlist one-time codes".utf8), key: secret)
        }
    }

    func randomBytes(_ count: Int) throws -> [UInt8] { try Cryptography.randomBytes(count) }

    func authenticate(_ message: [UInt8]) throws -> [UInt8] {
        try Cryptography.hmacSHA256(message, key: accountKey)
    }

    func digests(of message: [UInt8]) throws -> [[UInt8]] {
        try codeKeys.map { key throws(Cryptography.Failure) in try Cryptography.hmacSHA256(message, key: key) }
    }

    func digest(_ message: [UInt8]) throws -> [UInt8] { try Cryptography.sha256(message) }

    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { Cryptography.areEqual(left, right) }

    func accessToken(
        for recruiter: ObjectID,
        session: ObjectID,
        at now: Timestamp
    ) throws -> (token: String, expiresAt: Timestamp) {
        try tokens.issue(to: recruiter, session: session, at: now)
    }
}
