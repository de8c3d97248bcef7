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

/// Ends the command with one line on standard error.
struct CommandFailure: Error {
    var status: ExitCode
    var message: String
}
