/// Why a request was not executed: its response has these errors and no `data`.
///
/// - Source: GraphQL September 2025, §7.1.2 Request Error Result.
public struct RequestErrors: Error, Sendable, Equatable {
    /// Never empty.
    public let errors: [GraphQLError]

    /// - Parameter errors: Never empty.
    public init(_ errors: [GraphQLError]) {
        precondition(!errors.isEmpty, "a request error without errors")
        self.errors = errors
    }

    init(_ error: GraphQLError) {
        errors = [error]
    }

    init(_ message: String, code: String) {
        self.init(GraphQLError(message, extensions: ["code": .string(code)]))
    }

    /// What they weigh in memory, in bytes, roughly.
    var estimatedBytes: Int {
        errors.reduce(64) { $0 + 160 + $1.message.utf8.count + 32 * $1.locations.count }
    }
}

extension GraphQLError {
    /// The same error with `extensions.code`, unless it has one.
    func withCode(_ code: String) -> GraphQLError {
        guard self.code == nil else { return self }
        var error = self
        error.extensions["code"] = .string(code)
        return error
    }
}
