/// What accounts write to people.
///
/// Nothing that a stranger typed is in it, so that nobody sends their own words through this server.
public enum AccountMail: Sendable, Equatable {
    /// Six digits that verify an address.
    case verification(code: String)
    /// Somebody signed up with the address of an account.
    case alreadyRegistered
    /// Another code was asked for, and the sign-up that waits may be somebody else's.
    case signUpAgain
    /// Six digits that allow to set a new password.
    case passwordReset(code: String)
    /// A new password was set.
    case passwordChanged
}

/// Sends mail, sooner or later.
public protocol Mailer: Sendable {
    /// Takes a mail to be sent.
    ///
    /// - Parameters:
    ///   - mail: Nil for none at all: that costs what a mail costs, so that nobody sees by the time whether one is sent.
    ///   - address: To whom.
    ///   - expiresAt: After which it is of no use.
    ///   - now: When.
    /// - Throws: What went wrong; then it is not sent.
    func send(_ mail: AccountMail?, to address: EmailAddress, expiresAt: Timestamp, at now: Timestamp) async throws
}
