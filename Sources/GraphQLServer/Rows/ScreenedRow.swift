internal import Pipeline

/// One file's outcome of `shortlist screen`.
struct ScreenedRow: Sendable {
    /// The path as it was given.
    var file: String
    var outcome: Result<ScreenedResume, PipelineError>
    /// 1 for the best; nil for a file that failed.
    var finalRank: Int?

    init(file: String, outcome: Result<ScreenedResume, PipelineError>) {
        self.file = file
        self.outcome = outcome
    }

    /// What was found out.
    var screened: ScreenedResume? { try? outcome.get() }

    /// Why it failed.
    var error: PipelineError? {
        if case .failure(let error) = outcome { error } else { nil }
    }

    /// The row of the contract, and where asked for what its semantic value was blended of.
    func json(likenesses: Bool) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("file", .string(file)),
            ("status", .string(screened == nil ? "FAILED" : "COMPLETED")),
            ("passFail", ContractJSON.string(screened?.prefilter.passFail.rawValue)),
            ("finalScore", ContractJSON.optional(screened) { .decimal(units: $0.scores.finalScore, scale: 2) }),
            ("finalRank", ContractJSON.optional(finalRank, JSONValue.int)),
            ("scores", ContractJSON.optional(screened?.scores, ContractJSON.scores)),
            ("prefilter", ContractJSON.optional(screened?.prefilter, ContractJSON.prefilter)),
            ("explanation", ContractJSON.optional(screened?.explanation, ContractJSON.explanation)),
            ("profile", ContractJSON.optional(screened?.profile, ContractJSON.profile)),
            ("integrity", ContractJSON.optional(screened?.integrity, ContractJSON.integrity)),
            ("error", ContractJSON.optional(error, ContractJSON.error)),
        ]
        if likenesses {
            members.append(("likenesses", ContractJSON.optional(screened?.likenesses, ContractJSON.likenesses)))
        }
        return .object(members)
    }

    /// Says on standard error what went wrong.
    func complain() {
        if let error { Terminal.writeError("\(Terminal.printable(file)): \(error.code.rawValue): \(error.message)\n") }
    }
}
