internal import Schema

/// Hands a message on.
protocol MailTransport: Sendable {
    /// Delivers a message to the next one who has to do with it.
    ///
    /// - Parameters:
    ///   - message: Whole, as of ``MIMEMessage/bytes``.
    ///   - identifier: Names it among messages.
    ///   - sender: Who is told of trouble on the way.
    ///   - recipient: To whom.
    /// - Throws: ``MailFailure``.
    func deliver(
        _ message: [UInt8],
        named identifier: String,
        from sender: EmailAddress,
        to recipient: EmailAddress
    )
        async throws

    /// Does all that delivering takes, but for the message.
    ///
    /// - Returns: What there is, in some words.
    /// - Throws: ``MailFailure``.
    func check() async throws -> String
}

/// Why a message was not handed on.
struct MailFailure: Error, CustomStringConvertible {
    /// For the log: no address, no code.
    let description: String
    /// Whether it will never be, however often it is tried.
    let isFinal: Bool
}
