internal import MongoStore
internal import Pipeline
internal import Schema

/// Sends what waits in the outbox, one mail after the other, for as long as it takes.
///
/// A mail is erased once it was handed on; a server that dies in between may send it twice, and never not at all.
final class MailSender: Sendable {
    private let outbox: MongoOutbox
    private let sealer: Sealer
    private let transport: any MailTransport
    private let from: Mailbox
    private let wake: WakeSignal
    private let log: Log

    /// What others put there is looked for so often.
    private static let pollInterval = Duration.seconds(1)
    private static let maxBackoff = 30

    /// - Parameters:
    ///   - outbox: Where mails wait.
    ///   - sealer: That they were sealed by.
    ///   - transport: Hands them on.
    ///   - from: Who sends them.
    ///   - wake: Tells that one waits.
    ///   - log: Is told of trouble, and never an address or a code.
    init(
        outbox: MongoOutbox,
        sealer: Sealer,
        transport: any MailTransport,
        from: Mailbox,
        wake: WakeSignal,
        log: Log
    ) {
        self.outbox = outbox
        self.sealer = sealer
        self.transport = transport
        self.from = from
        self.wake = wake
        self.log = log
    }

    /// Sends until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let generation = wake.generation
            do {
                while let letter = try await outbox.take(at: .now) {
                    // Not cancelled with this task: a mail that was handed on must be erased.
                    try await Task { try await send(letter) }.value
                }
            } catch is CancellationError {
                return
            } catch {
                log.write(.warning, "trouble with the outbox", ["error": .string("\(error)")])
            }
            await wake.wait(since: generation, atMost: Self.pollInterval)
        }
    }

    private func send(_ letter: MongoOutbox.Letter) async throws {
        guard let bytes = try sealer.open(letter.sealed, at: letter.id.bytes), let content = OutboxLetter(bytes) else {
            // Another server may know the secret, or the version.
            log.write(
                .warning,
                "a mail is of no use here: its secret is not among TOKEN_SECRETS",
                ["mail": name(letter)]
            )
            try await outbox.putBack(letter, until: later(letter))
            return
        }
        let text = AccountMailText(content.mail)
        let message = MIMEMessage(
            from: from,
            to: content.to,
            subject: text.subject,
            text: text.text,
            html: text.html,
            date: .now,
            identifier: Self.letters(letter.id)
        )
        do {
            try await transport.deliver(
                message.bytes,
                named: message.identifier,
                from: from.address,
                to: content.to
            )
        } catch let failure as MailFailure where failure.isFinal {
            log.write(
                .notice,
                "a mail was refused",
                ["mail": name(letter), "reason": .string(failure.description)]
            )
        } catch let failure as MailFailure {
            log.write(
                .warning,
                "a mail waits",
                [
                    "mail": name(letter), "attempts": .int(letter.attempts), "reason": .string(failure.description),
                ]
            )
            try await outbox.putBack(letter, until: later(letter))
            return
        }
        try await outbox.erase(letter)
        log.write(.debug, "a mail was handed on", ["mail": name(letter), "attempts": .int(letter.attempts)])
    }

    private func name(_ letter: MongoOutbox.Letter) -> JSONValue { .string(letter.id.description) }

    /// After 1, 2, 4, 8, 16, 30, 30 … seconds, a quarter more or less.
    private func later(_ letter: MongoOutbox.Letter) -> Timestamp {
        let seconds = min(Self.maxBackoff, 1 << min(10, max(0, letter.attempts - 1)))
        return Timestamp.now.advanced(by: .milliseconds(Int(Double(seconds) * 1000 * .random(in: 0.75...1.25))))
    }

    /// The identifier in letters alone: a run of digits in a header could be taken for a code.
    static func letters(_ id: ObjectID) -> String {
        String(
            decoding: id.bytes.flatMap { [UInt8(ascii: "a") + $0 >> 4, UInt8(ascii: "a") + $0 & 15] },
            as: UTF8.self
        )
    }
}
