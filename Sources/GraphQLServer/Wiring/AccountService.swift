internal import MongoStore
internal import Pipeline
internal import Schema

/// Accounts as a server has them: their rules, and what sends their mail.
struct AccountService: Sendable {
    let accounts: Accounts
    private let sender: MailSender

    /// - Parameters:
    ///   - database: Prepared.
    ///   - mail: How mail is sent.
    ///   - limiter: Nil for no bounds.
    ///   - log: Is told of trouble with mail.
    /// - Throws: ``Cryptography/Failure``.
    init(_ database: Database, mail: MailOptions.Values, limiter: (any RateLimiter)?, log: Log) throws {
        let outbox = MongoOutbox(database.workers)
        let sealer = try Sealer(secrets: database.secrets, purpose: "outbox")
        let wake = WakeSignal()
        accounts = Accounts(
            store: MongoAccountStore(database.workers),
            sessions: MongoSessionStore(database.workers),
            mailer: OutboxMailer(outbox: outbox, sealer: sealer, wake: wake),
            hasher: PasswordThreads(),
            cryptography: try ServerCryptography(
                tokens: database.tokens,
                secrets: database.secrets,
                accountSecret: database.accountSecret
            ),
            limiter: limiter
        )
        sender = MailSender(
            outbox: outbox,
            sealer: sealer,
            transport: mail.transport,
            from: mail.from,
            wake: wake,
            log: log
        )
    }

    /// Sends mail from now on.
    ///
    /// - Returns: Ends when it is cancelled, once the mail that is being sent is.
    func sendMail() -> Task<Void, Never> {
        Task(priority: .utility) { [sender] in await sender.run() }
    }
}
