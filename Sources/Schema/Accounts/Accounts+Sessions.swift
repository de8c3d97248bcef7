internal import GraphQL

/// What a client gets that signed in.
struct Session: ObjectValue {
    let accessToken: String
    let accessTokenExpiresAt: Timestamp
    let refreshToken: String
    let refreshTokenExpiresAt: Timestamp
    let recruiter: Recruiter
}

extension Accounts {
    /// Begins a session on another device.
    func begin(_ owner: Verified, at now: Timestamp) async throws -> Session {
        let id = ObjectID(at: now)
        let token = try RefreshToken(of: id, cryptography)
        let session = StoredSession(
            id: id,
            recruiterID: owner.recruiter.id,
            digest: try token.digest(cryptography),
            rotatedAt: now,
            createdAt: now,
            expiresAt: now.advanced(by: RefreshToken.lifetime)
        )
        // The password was changed while it was compared: then it was the wrong one.
        guard try await sessions.begin(session, recognisedBy: owner.passwordHash) else { throw Self.wrongCredentials }
        return try shown(session, token, owner.recruiter, at: now)
    }

    /// Trades a refresh token for a new one and an access token.
    ///
    /// A token that was traded before ends the session, since two have it and one of them is a thief; but the last one does so
    /// only after ten seconds, and until then gets the same successor again.
    ///
    /// - Throws: `UNAUTHENTICATED`.
    func refresh(
        _ text: String,
        recruiters: any RecruiterStore,
        from client: String,
        at now: Timestamp
    ) async throws -> Session {
        try await take([RateCharge(RateLimits.sessionByClient, of: client)], at: now)
        guard let token = try RefreshToken(text, cryptography) else { throw Self.ended }
        let successor = try token.successor(cryptography)
        let digest = try token.digest(cryptography)
        let successorDigest = try successor.digest(cryptography)
        guard let before = try await sessions.session(token.session, at: now) else { throw Self.ended }
        let rotated = try await sessions.rotate(
            token.session,
            from: digest,
            to: successorDigest,
            expiresAt: min(
                now.advanced(by: RefreshToken.lifetime),
                before.createdAt.advanced(by: RefreshToken.sessionLifetime)
            ),
            at: now
        )
        let session: StoredSession
        if let rotated {
            session = rotated
        } else {
            guard let current = try await sessions.session(token.session, at: now) else { throw Self.ended }
            guard let previous = current.previousDigest, cryptography.areEqual(previous, digest),
                cryptography.areEqual(current.digest, successorDigest),
                now <= current.rotatedAt.advanced(by: RefreshToken.grace)
            else {
                _ = try await sessions.end(token.session)
                throw Self.ended
            }
            session = current
        }
        guard let recruiter = try await recruiters.recruiter(session.recruiterID) else { throw Self.ended }
        return try shown(session, successor, recruiter, at: now)
    }

    /// Ends the session of a refresh token, or every session of its recruiter.
    ///
    /// A token that was traded already also ends its session: whoever holds one may.
    ///
    /// - Returns: Whether there was such a session.
    func logOut(_ text: String, everywhere: Bool, from client: String, at now: Timestamp) async throws -> Bool {
        try await take([RateCharge(RateLimits.sessionByClient, of: client)], at: now)
        guard let token = try RefreshToken(text, cryptography) else { return false }
        guard everywhere else { return try await sessions.end(token.session) != nil }
        // All in one write: were this session ended before the others, one that fails could not be tried again.
        guard let session = try await sessions.session(token.session, at: now) else { return false }
        try await sessions.endAll(of: session.recruiterID)
        return true
    }

    private func shown(
        _ session: StoredSession,
        _ token: RefreshToken,
        _ recruiter: Recruiter,
        at now: Timestamp
    ) throws -> Session {
        let access = try cryptography.accessToken(for: recruiter.id, session: session.id, at: now)
        return Session(
            accessToken: access.token,
            accessTokenExpiresAt: access.expiresAt,
            refreshToken: token.text,
            refreshTokenExpiresAt: session.expiresAt,
            recruiter: recruiter
        )
    }

    private static let ended = GraphQLError(
        "The session has ended. Log in again.",
        extensions: ["code": .string("UNAUTHENTICATED")]
    )
}
