/// Where passwords and one-time codes are kept.
///
/// Everything about codes hangs on the address that was given, never on whether it has an account, so that both cost the same.
public protocol AccountStore: Sendable {
    /// What is known of an address.
    func credentials(of email: EmailAddress, at now: Timestamp) async throws -> Credentials

    /// Makes a code the one that counts, unless the one before is too fresh, or belongs to a contested sign-up; that of a new
    /// sign-up always.
    ///
    /// - Parameters:
    ///   - code: The code, and what belongs to it.
    ///   - now: When.
    /// - Returns: The code that counts from now on.
    /// - Throws: ``UncomparedSignUp``, or what the store says went wrong.
    func put(_ code: NewCode, at now: Timestamp) async throws -> CurrentCode

    /// Counts a try, in one step with the question whether there is one left.
    ///
    /// - Returns: The digest of the code that counts; nil where none does, or its tries are used up.
    func countTry(_ purpose: CodePurpose, of email: EmailAddress, at now: Timestamp) async throws -> [UInt8]?

    /// Uses up a code, and makes the account of the sign-up that it belongs to.
    ///
    /// - Parameters:
    ///   - email: The address, which is verified thereby.
    ///   - digest: Of the code.
    ///   - now: When.
    /// - Returns: Nil where the code counts no more.
    /// - Throws: What the store says went wrong.
    func verify(_ email: EmailAddress, by digest: [UInt8], at now: Timestamp) async throws -> Verified?

    /// Uses up a code, sets a password, and ends every session of the account.
    ///
    /// - Parameters:
    ///   - passwordHash: Of the new password.
    ///   - email: The account's address.
    ///   - digest: Of the code.
    ///   - now: When.
    /// - Returns: Nil where the code counts no more.
    /// - Throws: What the store says went wrong.
    func reset(
        to passwordHash: String,
        of email: EmailAddress,
        by digest: [UInt8],
        at now: Timestamp
    ) async throws -> Verified?
}

/// What a one-time code is for.
public enum CodePurpose: String, Sendable, CaseIterable {
    /// Verifies the address of a sign-up.
    case signUp = "SIGN_UP"
    /// Allows to set a new password.
    case passwordReset = "PASSWORD_RESET"
}

/// What is known of an address.
public struct Credentials: Sendable, Equatable {
    /// The account; nil where there is none.
    public var recruiter: Recruiter?
    /// Of the account; nil where it has no password.
    public var passwordHash: String?
    /// The newest sign-up whose code was not entered yet.
    public var pending: PendingSignUp?

    /// Each parameter is the property of its name.
    public init(recruiter: Recruiter? = nil, passwordHash: String? = nil, pending: PendingSignUp? = nil) {
        self.recruiter = recruiter
        self.passwordHash = passwordHash
        self.pending = pending
    }

    /// The account, where its owner has proved to read its mail.
    var verified: Recruiter? { recruiter.flatMap { $0.isEmailVerified ? $0 : nil } }
}

/// A sign-up whose code was not entered yet.
public struct PendingSignUp: Sendable, Equatable {
    /// As it was given then.
    public var email: EmailAddress
    /// Of its password.
    public var passwordHash: String

    /// Each parameter is the property of its name.
    public init(email: EmailAddress, passwordHash: String) {
        self.email = email
        self.passwordHash = passwordHash
    }
}

/// An account whose owner has just proved to read its mail.
public struct Verified: Sendable, Equatable {
    /// The account.
    public var recruiter: Recruiter
    /// Its password's.
    public var passwordHash: String

    /// Each parameter is the property of its name.
    public init(recruiter: Recruiter, passwordHash: String) {
        self.recruiter = recruiter
        self.passwordHash = passwordHash
    }
}

/// A code that is to count.
public struct NewCode: Sendable {
    /// What it is for.
    public var purpose: CodePurpose
    /// Whose.
    public var email: EmailAddress
    /// Keyed, of the code; random where no code is mailed.
    public var digest: [UInt8]
    /// How long it works.
    public var lifetime: Duration
    /// How often it may be tried.
    public var tries: Int
    /// What becomes the account once the code is entered, contested where another one with another hash waits; nil leaves the
    /// sign-up that is there.
    public var signUp: SignUp?
    /// A code that is younger stays the one that counts, unless this is a sign-up's.
    public var coolDown: Duration

    /// A sign-up that waits for its code.
    public struct SignUp: Sendable, Equatable {
        /// Of the account.
        public var name: String
        /// Of the password; that of the sign-up that waits, where it is the same password.
        public var passwordHash: String
        /// That of the sign-up that was found waiting, with whose password this one's was compared; nil where none was.
        public var comparedHash: String?
        /// When it is forgotten.
        public var expiresAt: Timestamp

        /// Each parameter is the property of its name.
        public init(name: String, passwordHash: String, comparedHash: String?, expiresAt: Timestamp) {
            self.name = name
            self.passwordHash = passwordHash
            self.comparedHash = comparedHash
            self.expiresAt = expiresAt
        }
    }

    /// Each parameter is the property of its name.
    public init(
        purpose: CodePurpose,
        email: EmailAddress,
        digest: [UInt8],
        lifetime: Duration,
        tries: Int,
        signUp: SignUp? = nil,
        coolDown: Duration
    ) {
        self.purpose = purpose
        self.email = email
        self.digest = digest
        self.lifetime = lifetime
        self.tries = tries
        self.signUp = signUp
        self.coolDown = coolDown
    }
}

/// Nothing was put: since the sign-up was compared with the one that waits, another one with another hash has come.
public struct UncomparedSignUp: Error {
    /// Makes one.
    public init() {}
}

/// The code that counts.
public struct CurrentCode: Sendable, Equatable {
    /// When it stops working; that of a contested sign-up may earlier.
    public var expiresAt: Timestamp
    /// Whether it is of now; false where the one before was too fresh.
    public var isNew: Bool
    /// Whether the sign-up that waits has taken the place of one with another password: it keeps the code that it came with.
    public var isContested: Bool

    /// Each parameter is the property of its name.
    public init(expiresAt: Timestamp, isNew: Bool, isContested: Bool = false) {
        self.expiresAt = expiresAt
        self.isNew = isNew
        self.isContested = isContested
    }
}
