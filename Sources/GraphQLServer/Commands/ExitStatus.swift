internal import ArgumentParser

/// Exit statuses of the contract.
enum ExitStatus {
    /// Some input failed, the others were done.
    static let someFailed = ExitCode(1)
    /// The call was wrong.
    static let usage = ExitCode(2)
    /// Something outside is missing.
    static let missing = ExitCode(3)
}

/// Ends the command with a line on standard error for each thing that is wrong.
struct CommandFailure: Error {
    var status: ExitCode
    /// Each is one line; never empty.
    var messages: [String]

    init(status: ExitCode, messages: [String]) {
        precondition(!messages.isEmpty, "a failure that says nothing")
        self.status = status
        self.messages = messages
    }

    init(status: ExitCode, message: String) {
        self.init(status: status, messages: [message])
    }

    /// All that is wrong, in lines.
    var message: String { messages.joined(separator: "\n") }
}
