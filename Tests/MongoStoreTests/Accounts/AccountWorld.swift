import Foundation
import GraphQL
import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore
@testable import Schema

/// The rules of accounts over a real database, with a clock that a test sets, and with passwords and mail that cost nothing.
struct AccountWorld {
    let workers: MongoWorkers
    let accounts: Accounts
    let recruiters: MongoRecruiterStore
    let hasher = CountingHasher()
    let mailer = Postbox()
    let clock = World.TestClock()

    static func with<Result>(
        isLimited: Bool = false,
        secrets: [String] = ["secret"],
        _ body: (AccountWorld) async throws -> Result
    ) async throws -> Result {
        try await withDatabase(threads: 4) { workers in
            try await workers.prepareDatabase(at: World.start)
            return try await body(AccountWorld(workers, isLimited: isLimited, secrets: secrets))
        }
    }

    init(
        _ workers: MongoWorkers,
        isLimited: Bool = false,
        secrets: [String] = ["secret"],
        accounts: (any AccountStore)? = nil,
        sessions: (any SessionStore)? = nil
    ) {
        self.workers = workers
        recruiters = MongoRecruiterStore(workers)
        clock.catchUp()
        self.accounts = Accounts(
            store: accounts ?? MongoAccountStore(workers),
            sessions: sessions ?? MongoSessionStore(workers),
            mailer: mailer,
            hasher: hasher,
            cryptography: PlainCryptography(secrets: secrets),
            limiter: isLimited ? MongoRateLimiter(workers) : nil
        )
    }

    /// Tells what it was asked for, and hashes at once, no password twice to the same.
    final class CountingHasher: PasswordHasher {
        private let asked = Mutex(0)
        var count: Int { asked.withLock { $0 } }

        func hash(_ password: [UInt8]) async throws -> String {
            asked.withLock { $0 += 1 }
            return "\(UInt64.random(in: 0 ... .max)) hash of " + String(decoding: password, as: UTF8.self)
        }

        func verify(_ password: [UInt8], against hash: String?) async throws -> Bool {
            asked.withLock { $0 += 1 }
            return hash?.drop { $0.isNumber } == " hash of " + String(decoding: password, as: UTF8.self)
        }
    }

    /// Keeps what was sent.
    final class Postbox: Mailer {
        private let sent = Mutex<[(mail: AccountMail?, to: EmailAddress)]>([])
        var count: Int { sent.withLock { $0.count } }
        var last: AccountMail? { sent.withLock { $0.last?.mail } }
        var lastAddress: String? { sent.withLock { $0.last?.to.description } }

        func send(_ mail: AccountMail?, to address: EmailAddress, expiresAt: Timestamp, at now: Timestamp) async throws
        {
            sent.withLock { $0.append((mail, address)) }
        }

        /// The code in the last mail.
        func code() throws -> String {
            switch last {
            case .verification(let code), .passwordReset(let code): return code
            default: throw NoCode()
            }
        }

        struct NoCode: Error {}
    }

    /// Digests instead of codes: what is proved of the rules hangs on no key.
    struct PlainCryptography: AccountCryptography {
        let secrets: [String]

        func randomBytes(_ count: Int) throws -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
        func authenticate(_ message: [UInt8]) throws -> [UInt8] { try digest(Array("account".utf8) + message) }
        func digests(of message: [UInt8]) throws -> [[UInt8]] {
            try secrets.map { try digest(Array($0.utf8) + message) }
        }
        func digest(_ message: [UInt8]) throws -> [UInt8] {
            let hexadecimal = Array(Digest.sha256(message))
            return stride(from: 0, to: 64, by: 2).map { UInt8(String(hexadecimal[$0...$0 + 1]), radix: 16) ?? 0 }
        }
        func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { left == right }
        func accessToken(
            for recruiter: ObjectID,
            session: ObjectID,
            at now: Timestamp
        ) throws -> (token: String, expiresAt: Timestamp) {
            ("\(recruiter) \(session)", now)
        }
    }

    // MARK: - What clients do

    static let password = "correct horse"
    let anna: EmailAddress = address("Anna@example.com")
    let ben: EmailAddress = address("ben@example.com")

    static func address(_ text: String) -> EmailAddress {
        guard let address = EmailAddress(text) else { preconditionFailure("\(text) is no address") }
        return address
    }

    @discardableResult
    func signUp(_ email: EmailAddress, _ password: String = password, name: String = "Anna") async throws -> Timestamp {
        try await accounts.signUp(email, password: password, name: name, from: "1.2.3.4", at: clock.now)
    }

    func resend(_ email: EmailAddress) async throws -> Timestamp {
        try await accounts.resendVerification(email, from: "1.2.3.4", at: clock.now)
    }

    func verify(_ email: EmailAddress, _ code: String) async throws -> Session {
        try await accounts.verifyEmail(email, code: code, from: "1.2.3.4", at: clock.now)
    }

    func logIn(
        _ email: EmailAddress,
        _ password: String = password,
        from client: String = "1.2.3.4"
    ) async throws -> Session {
        try await accounts.logIn(email, password: password, from: client, at: clock.now)
    }

    func refresh(_ token: String) async throws -> Session {
        try await accounts.refresh(token, recruiters: recruiters, from: "1.2.3.4", at: clock.now)
    }

    func logOut(_ token: String, everywhere: Bool = false) async throws -> Bool {
        try await accounts.logOut(token, everywhere: everywhere, from: "1.2.3.4", at: clock.now)
    }

    func requestReset(_ email: EmailAddress) async throws -> Timestamp {
        try await accounts.requestPasswordReset(email, from: "1.2.3.4", at: clock.now)
    }

    func reset(_ email: EmailAddress, _ code: String, to password: String) async throws -> Session {
        try await accounts.resetPassword(email, code: code, newPassword: password, from: "1.2.3.4", at: clock.now)
    }

    /// An account with a session.
    @discardableResult
    func account(_ email: EmailAddress, _ password: String = password) async throws -> Session {
        try await signUp(email, password)
        return try await verify(email, try mailer.code())
    }

    /// Another code than this one.
    static func wrong(_ code: String) -> String { code == "000000" ? "000001" : "000000" }
}

extension World.TestClock {
    /// Sets it to the machine's: what expires is erased by the database after that one.
    func catchUp() {
        advance(by: .milliseconds(Int64(Date().timeIntervalSince1970 * 1000) - now.milliseconds))
    }
}

/// What an error tells its client.
func told(_ body: () async throws -> some Any) async -> String {
    do {
        _ = try await body()
        return "nothing"
    } catch let error as GraphQLError {
        return "\(error.code ?? "no code"): \(error.message)"
    } catch {
        return "\(error)"
    }
}

/// Expects what an error tells its client to begin so; "nothing" for no error.
///
/// A function, since a closure inside of `#expect` is mistaken for another one of the same test by Swift 6.3.1.
func expect(
    _ start: String,
    sourceLocation: Testing.SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Any
) async {
    let answer = await told(body)
    #expect(answer.hasPrefix(start), sourceLocation: sourceLocation)
}
