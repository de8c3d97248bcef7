/// Hashes passwords, slowly and on threads of its own.
public protocol PasswordHasher: Sendable {
    /// The hash of a password, with a salt of its own.
    ///
    /// - Parameter password: At most 72 bytes, none of them NUL.
    /// - Returns: With everything that it takes to verify it.
    /// - Throws: ``PasswordHasherBusy``.
    func hash(_ password: [UInt8]) async throws -> String

    /// Whether a password has this hash.
    ///
    /// - Parameters:
    ///   - password: Any bytes.
    ///   - hash: Nil for none: the answer is no, and takes as long as any other.
    /// - Returns: Whether it is the one.
    /// - Throws: ``PasswordHasherBusy``.
    func verify(_ password: [UInt8], against hash: String?) async throws -> Bool
}

/// More passwords wait to be hashed than ought to.
public struct PasswordHasherBusy: Error {
    /// When to come again.
    public let retryAfter: Duration

    /// - Parameter retryAfter: When to come again.
    public init(retryAfter: Duration) { self.retryAfter = retryAfter }
}

/// What accounts need of cryptography.
public protocol AccountCryptography: Sendable {
    /// Bytes that nobody can guess.
    func randomBytes(_ count: Int) throws -> [UInt8]

    /// 32 bytes that nobody can tell who sees the message alone, under a key that never changes.
    func authenticate(_ message: [UInt8]) throws -> [UInt8]

    /// The same under each secret of the server: those of the first are stored, all are recognised.
    func digests(of message: [UInt8]) throws -> [[UInt8]]

    /// 32 bytes that tell the message from every other.
    func digest(_ message: [UInt8]) throws -> [UInt8]

    /// Whether both are equal; takes as long where they differ early as where they differ late.
    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool

    /// An access token of a session.
    func accessToken(
        for recruiter: ObjectID,
        session: ObjectID,
        at now: Timestamp
    ) throws -> (token: String, expiresAt: Timestamp)
}
