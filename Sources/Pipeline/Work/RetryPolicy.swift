/// When a resume whose processing failed is tried again.
///
/// Only errors that say so themselves are; a damaged file stays damaged.
public enum RetryPolicy {
    /// How often a resume is tried after its first failure.
    public static let maxRetries = 5
    /// The same for a file whose reading took too long: mostly it is the file, and each time costs a processor as long.
    public static let maxLateReadings = 1
    /// How often a resume may be begun at all: one whose worker died each time is given up.
    public static let maxAttempts = 12
    private static let firstSeconds = 5.0

    /// The wait before the next attempt: 5 s, then each time twice as long, 25 % more or less, so that many failures of one
    /// moment do not come back in one moment.
    ///
    /// - Parameters:
    ///   - attempt: The one that failed, from 1.
    ///   - error: Why it failed.
    ///   - chance: From 0 to 1.
    /// - Returns: Nil where it is not tried again.
    public static func delay(after attempt: Int, _ error: PipelineError, chance: Double) -> Duration? {
        let isLateReading = error.code == .timedOut && error.stage == .extract
        let allowed = isLateReading ? maxLateReadings : maxRetries
        guard error.retryable, attempt >= 1, attempt <= allowed else { return nil }
        let seconds = firstSeconds * Double(1 << (attempt - 1)) * (0.75 + min(1, max(0, chance)) / 2)
        return .milliseconds(Int(seconds * 1000))
    }
}
