/// Where sessions are kept: each is one device's family of refresh tokens, of which only digests are stored.
public protocol SessionStore: Sendable {
    /// Begins a session, unless the account's password is another one by now.
    ///
    /// - Parameters:
    ///   - session: The new session.
    ///   - passwordHash: By which the account's owner was recognised.
    /// - Returns: False where the password was changed meanwhile.
    /// - Throws: What the store says went wrong.
    func begin(_ session: StoredSession, recognisedBy passwordHash: String) async throws -> Bool

    /// Replaces the token of a session in one step, if it is still the one that counts.
    ///
    /// - Parameters:
    ///   - id: Of the session.
    ///   - digest: Of the token that was presented.
    ///   - successor: Of the token that is to count.
    ///   - expiresAt: When that one stops working.
    ///   - now: When.
    /// - Returns: The session as it is then; nil where the token does not count.
    /// - Throws: What the store says went wrong.
    func rotate(
        _ id: ObjectID,
        from digest: [UInt8],
        to successor: [UInt8],
        expiresAt: Timestamp,
        at now: Timestamp
    ) async throws -> StoredSession?

    /// A session that has not ended; nil where there is none.
    func session(_ id: ObjectID, at now: Timestamp) async throws -> StoredSession?

    /// Ends a session.
    ///
    /// - Returns: Whose it was; nil where there is none.
    func end(_ id: ObjectID) async throws -> ObjectID?

    /// Ends every session of a recruiter.
    func endAll(of recruiter: ObjectID) async throws
}

/// A session of one device.
public struct StoredSession: Sendable, Equatable {
    /// In the store.
    public var id: ObjectID
    /// Whose.
    public var recruiterID: ObjectID
    /// Of the refresh token that counts.
    public var digest: [UInt8]
    /// Of the one before; nil where there was none.
    public var previousDigest: [UInt8]?
    /// When the token that counts was given out.
    public var rotatedAt: Timestamp
    /// When the session began.
    public var createdAt: Timestamp
    /// When the token that counts stops working.
    public var expiresAt: Timestamp

    /// Each parameter is the property of its name.
    public init(
        id: ObjectID,
        recruiterID: ObjectID,
        digest: [UInt8],
        previousDigest: [UInt8]? = nil,
        rotatedAt: Timestamp,
        createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.recruiterID = recruiterID
        self.digest = digest
        self.previousDigest = previousDigest
        self.rotatedAt = rotatedAt
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
