internal import GraphQL

/// The rules of accounts: sign-up, codes, passwords and sessions.
///
/// Whoever asks learns nothing of an address but what its owner knows: known and unknown ones are answered the same, after the
/// same work.
///
/// A class, since it is part of every request's context.
public final class Accounts: Sendable {
    let store: any AccountStore
    let sessions: any SessionStore
    private let mailer: any Mailer
    private let hasher: any PasswordHasher
    let cryptography: any AccountCryptography
    private let limiter: (any RateLimiter)?

    /// How long a sign-up waits for its code.
    private static let signUpLifetime = Duration.seconds(24 * 3600)
    /// How long a note without a code is worth sending.
    private static let noteLifetime = Duration.seconds(3 * 24 * 3600)

    /// - Parameters:
    ///   - store: Of passwords and codes.
    ///   - sessions: Of sessions.
    ///   - mailer: Sends codes.
    ///   - hasher: Of passwords.
    ///   - cryptography: The server's.
    ///   - limiter: Bounds how often anything is tried; nil for no bounds.
    public init(
        store: any AccountStore,
        sessions: any SessionStore,
        mailer: any Mailer,
        hasher: any PasswordHasher,
        cryptography: any AccountCryptography,
        limiter: (any RateLimiter)?
    ) {
        self.store = store
        self.sessions = sessions
        self.mailer = mailer
        self.hasher = hasher
        self.cryptography = cryptography
        self.limiter = limiter
    }

    // MARK: - Signing up

    /// Remembers a sign-up, and mails the code that turns it into an account.
    ///
    /// Name and password belong to the code: whoever signs up with a stranger's address sets nothing without reading its mail.
    /// Each sign-up has a code of its own, so none is ever entered for the password of another one.
    ///
    /// - Returns: When the code stops working.
    func signUp(
        _ email: EmailAddress,
        password: String,
        name: String,
        from client: String,
        at now: Timestamp
    ) async throws -> Timestamp {
        let bytes = try PasswordRules.check(password, field: "input.password")
        let name = try PasswordRules.name(name)
        try await take(
            [RateCharge(RateLimits.signUpByClient, of: client), RateCharge(RateLimits.signUpByAccount, of: email.key)],
            at: now
        )
        let hash = try await hashing { try await hasher.hash(bytes) }
        let code = try OneTimeCode(cryptography)
        while true {
            let known = try await store.credentials(of: email, at: now)
            var signUp = NewCode.SignUp(
                name: name,
                passwordHash: hash,
                comparedHash: known.pending?.passwordHash,
                expiresAt: now.advanced(by: Self.signUpLifetime)
            )
            // The same password again keeps its hash: by another one the store tells that somebody else may be signing up.
            if let pending = known.pending?.passwordHash,
                try await hashing({ try await hasher.verify(bytes, against: pending) })
            {
                signUp.passwordHash = pending
            }
            let owner = known.verified
            let current: CurrentCode
            do {
                current = try await put(code, isMailed: owner == nil, .signUp, email, signUp: signUp, at: now)
            } catch is UncomparedSignUp {
                // It may have the same password: who clicks twice signs up twice at once.
                continue
            }
            let kind: AccountMail = owner == nil ? .verification(code: code.digits) : .alreadyRegistered
            try await mail(kind, owner?.email ?? email, current, at: now)
            return current.expiresAt
        }
    }

    /// Mails another code for a sign-up that waits for one.
    ///
    /// Whoever has signed up does not see that somebody else has done so since. So a contested sign-up gets no other code than its
    /// first, which goes on working: another one would be taken for that of one's own.
    ///
    /// - Returns: When the code that counts stops working; that of a contested sign-up may have done so.
    func resendVerification(_ email: EmailAddress, from client: String, at now: Timestamp) async throws -> Timestamp {
        try await takeMail(email, client, at: now)
        let known = try await store.credentials(of: email, at: now)
        let owner = known.verified
        let pending = owner == nil ? known.pending : nil
        let code = try OneTimeCode(cryptography)
        let current = try await put(
            code,
            isMailed: pending != nil,
            .signUp,
            email,
            at: now
        )
        let kind: AccountMail? =
            if owner != nil {
                .alreadyRegistered
            } else {
                pending.map { _ in current.isContested ? .signUpAgain : .verification(code: code.digits) }
            }
        try await mail(kind, owner?.email ?? pending?.email ?? email, current, at: now)
        return current.expiresAt
    }

    /// Trades a code for an account and a session.
    func verifyEmail(
        _ email: EmailAddress,
        code: String,
        from client: String,
        at now: Timestamp
    ) async throws -> Session {
        let digest = try await check(code, .signUp, email, from: client, at: now)
        guard let verified = try await store.verify(email, by: digest, at: now) else { throw Self.wrongCode }
        return try await begin(verified, at: now)
    }

    // MARK: - Setting a new password

    /// Mails a code that allows to set a new password.
    ///
    /// - Returns: When the code that counts stops working.
    func requestPasswordReset(_ email: EmailAddress, from client: String, at now: Timestamp) async throws -> Timestamp {
        try await takeMail(email, client, at: now)
        let owner = try await store.credentials(of: email, at: now).verified
        let code = try OneTimeCode(cryptography)
        let current = try await put(
            code,
            isMailed: owner != nil,
            .passwordReset,
            email,
            at: now
        )
        try await mail(owner.map { _ in .passwordReset(code: code.digits) }, owner?.email ?? email, current, at: now)
        return current.expiresAt
    }

    /// Trades a code for a new password and a session; every other session ends.
    func resetPassword(
        _ email: EmailAddress,
        code: String,
        newPassword: String,
        from client: String,
        at now: Timestamp
    ) async throws -> Session {
        let bytes = try PasswordRules.check(newPassword, field: "input.newPassword")
        let digest = try await check(code, .passwordReset, email, from: client, at: now)
        // Only whoever has the code comes so far: hashing tells nobody else anything.
        let hash = try await hashing { try await hasher.hash(bytes) }
        guard let verified = try await store.reset(to: hash, of: email, by: digest, at: now) else {
            throw Self.wrongCode
        }
        try await mailer.send(
            .passwordChanged,
            to: verified.recruiter.email,
            expiresAt: now.advanced(by: Self.noteLifetime),
            at: now
        )
        return try await begin(verified, at: now)
    }

    // MARK: - Logging in

    /// Trades a password for a session.
    ///
    /// - Throws: `UNAUTHENTICATED`, the same for an unknown address and a wrong password; `CONFLICT` for the right password of a
    ///   sign-up whose address was not verified yet.
    func logIn(
        _ email: EmailAddress,
        password: String,
        from client: String,
        at now: Timestamp
    ) async throws -> Session {
        try await take(
            [
                RateCharge(RateLimits.logInByClient, of: client),
                RateCharge(RateLimits.logInByClientAndAccount, of: "\(client) \(email.key)"),
                RateCharge(RateLimits.logInByAccount, of: email.key),
            ],
            at: now
        )
        let known = try await store.credentials(of: email, at: now)
        let bytes = Array(password.utf8)
        let isRight = try await hashing { try await hasher.verify(bytes, against: known.passwordHash) }
        if isRight, let recruiter = known.recruiter, let hash = known.passwordHash {
            return try await begin(Verified(recruiter: recruiter, passwordHash: hash), at: now)
        }
        // A sign-up is looked at also where there is an account, and costs the same there: else whoever signs up with an address
        // would learn from their own password whether it has one.
        if let pending = known.pending {
            let isPending = try await hashing { try await hasher.verify(bytes, against: pending.passwordHash) }
            guard isPending else { throw Self.wrongCredentials }
            throw GraphQLError.conflict(
                "This address is not verified yet: enter the code that was mailed, or have another one mailed."
            )
        }
        throw Self.wrongCredentials
    }

    // MARK: - Parts

    private func put(
        _ code: OneTimeCode,
        isMailed: Bool,
        _ purpose: CodePurpose,
        _ email: EmailAddress,
        signUp: NewCode.SignUp? = nil,
        at now: Timestamp
    ) async throws -> CurrentCode {
        // A code that nobody is told must not be found by trying either.
        let digest = isMailed ? try code.digests(purpose, email, cryptography)[0] : try cryptography.randomBytes(32)
        return try await store.put(
            NewCode(
                purpose: purpose,
                email: email,
                digest: digest,
                lifetime: OneTimeCode.lifetime,
                tries: OneTimeCode.tries,
                signUp: signUp,
                coolDown: OneTimeCode.coolDown
            ),
            at: now
        )
    }

    /// Sends a mail, unless the code that counts was mailed already.
    ///
    /// It goes to the address as it is stored, where it is: what was typed now may be spelled otherwise.
    private func mail(
        _ mail: AccountMail?,
        _ email: EmailAddress,
        _ current: CurrentCode,
        at now: Timestamp
    ) async throws {
        let expiresAt =
            switch mail {
            case .verification, .passwordReset, nil: current.expiresAt
            case .alreadyRegistered, .signUpAgain, .passwordChanged: now.advanced(by: Self.noteLifetime)
            }
        try await mailer.send(current.isNew ? mail : nil, to: email, expiresAt: expiresAt, at: now)
    }

    /// Counts a try, and compares.
    ///
    /// - Returns: The digest that is stored.
    private func check(
        _ text: String,
        _ purpose: CodePurpose,
        _ email: EmailAddress,
        from client: String,
        at now: Timestamp
    ) async throws -> [UInt8] {
        try await take(
            [RateCharge(RateLimits.codeByClient, of: client), RateCharge(RateLimits.codeByAccount, of: email.key)],
            at: now
        )
        guard let code = OneTimeCode(text) else {
            throw GraphQLError.badInput("A code has six digits.", field: "input.code")
        }
        let candidates = try code.digests(purpose, email, cryptography)
        guard let stored = try await store.countTry(purpose, of: email, at: now) else { throw Self.wrongCode }
        var isRight = false
        for candidate in candidates where cryptography.areEqual(candidate, stored) { isRight = true }
        guard isRight else { throw Self.wrongCode }
        return stored
    }

    private func takeMail(_ email: EmailAddress, _ client: String, at now: Timestamp) async throws {
        try await take(
            [RateCharge(RateLimits.mailByClient, of: client), RateCharge(RateLimits.mailByAccount, of: email.key)],
            at: now
        )
    }

    func take(_ charges: [RateCharge], at now: Timestamp) async throws {
        guard let wait = try await limiter?.take(charges, at: now) else { return }
        throw GraphQLError.rateLimited("This was tried too often. Wait a while.", retryAfter: wait)
    }

    private func hashing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let busy as PasswordHasherBusy {
            throw GraphQLError.rateLimited("Too many passwords are being checked.", retryAfter: busy.retryAfter)
        }
    }

    static let wrongCredentials = GraphQLError(
        "The address or the password is wrong.",
        extensions: ["code": .string("UNAUTHENTICATED")]
    )

    private static let wrongCode = GraphQLError.badInput(
        "The code is wrong, used, too old or was tried too often. Have another one mailed.",
        field: "input.code"
    )
}
