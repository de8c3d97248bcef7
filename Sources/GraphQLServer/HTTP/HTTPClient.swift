internal import CHTTP

/// Who waits for an answer, as far as the connection tells.
struct HTTPClient: Sendable {
    let exchange: Exchange

    /// Whether the client has closed its connection.
    ///
    /// One that has only ended its own side looks the same: ask about those alone that wait for long.
    var hasLeft: Bool { exchange.clientLeft }

    /// Cancels the task that answers.
    func abandon() { exchange.cancel() }
}
