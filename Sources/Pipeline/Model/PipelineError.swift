/// Why one file could not be processed: what the contract calls a `ProcessingError`.
public struct PipelineError: Error, Sendable, Equatable, Codable {
    /// Stable, machine-readable reason.
    public enum Code: String, Sendable, Codable, CaseIterable {
        case fileUnreachable = "FILE_UNREACHABLE"
        case fileTooLarge = "FILE_TOO_LARGE"
        case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
        case fileEncrypted = "FILE_ENCRYPTED"
        case fileDamaged = "FILE_DAMAGED"
        case noText = "NO_TEXT"
        case duplicateFile = "DUPLICATE_FILE"
        case timedOut = "TIMED_OUT"
        case `internal` = "INTERNAL"
    }

    /// What the worker was doing.
    public enum Stage: String, Sendable, Codable {
        case fetch = "FETCH"
        case extract = "EXTRACT"
        case parse = "PARSE"
        case embed = "EMBED"
        case prefilter = "PREFILTER"
        case score = "SCORE"
        case explain = "EXPLAIN"
    }

    /// The reason.
    public var code: Code
    /// One sentence for the recruiter: what was wrong, and the way to mend it.
    ///
    /// Holds no path and no internals.
    public var message: String
    /// Where it happened.
    public var stage: Stage
    /// Whether the same file may succeed later without being changed.
    public var retryable: Bool

    /// Makes an error of `stage`.
    public init(_ code: Code, _ message: String, stage: Stage, retryable: Bool = false) {
        self.code = code
        self.message = message
        self.stage = stage
        self.retryable = retryable
    }
}
