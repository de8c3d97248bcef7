internal import MongoStore
internal import Pipeline
internal import Schema

/// Puts mails into the outbox, sealed, for ``MailSender`` to send.
struct OutboxMailer: Mailer {
    private let outbox: MongoOutbox
    private let sealer: Sealer
    private let wake: WakeSignal

    /// - Parameters:
    ///   - outbox: Where mails wait.
    ///   - sealer: Seals them: a code stands in no collection in plain text.
    ///   - wake: Is signalled when one waits.
    init(outbox: MongoOutbox, sealer: Sealer, wake: WakeSignal) {
        self.outbox = outbox
        self.sealer = sealer
        self.wake = wake
    }

    func send(_ mail: AccountMail?, to address: EmailAddress, expiresAt: Timestamp, at now: Timestamp) async throws {
        let id = ObjectID(at: now)
        let letter = OutboxLetter(mail: mail ?? .alreadyRegistered, to: address)
        try await outbox.put(
            try sealer.seal(letter.bytes, at: id.bytes),
            id: id,
            // No mail is one that is too late: nobody takes it, and it is erased like others that are.
            expiresAt: mail == nil ? now : expiresAt,
            at: now
        )
        wake.wake()
    }
}

/// What is sealed.
struct OutboxLetter: Equatable {
    let mail: AccountMail
    let to: EmailAddress

    init(mail: AccountMail, to: EmailAddress) {
        self.mail = mail
        self.to = to
    }

    /// Kind, code and address, each on a line.
    var bytes: [UInt8] {
        let (kind, code) =
            switch mail {
            case .verification(let code): ("verification", code)
            case .passwordReset(let code): ("passwordReset", code)
            case .alreadyRegistered: ("alreadyRegistered", "")
            case .signUpAgain: ("signUpAgain", "")
            case .passwordChanged: ("passwordChanged", "")
            }
        return Array("\(kind)\n\(code)\n\(to)".utf8)
    }

    /// Nil for what another version of the program put there.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, let to = EmailAddress(String(lines[2])) else { return nil }
        self.to = to
        switch lines[0] {
        case "verification": mail = .verification(code: String(lines[1]))
        case "passwordReset": mail = .passwordReset(code: String(lines[1]))
        case "alreadyRegistered": mail = .alreadyRegistered
        case "signUpAgain": mail = .signUpAgain
        case "passwordChanged": mail = .passwordChanged
        default: return nil
        }
    }
}
