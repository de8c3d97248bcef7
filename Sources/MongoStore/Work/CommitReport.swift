public import Pipeline

/// What one transaction made of resumes whose workers brought something back.
public struct CommitReport: Sendable, Equatable {
    /// Scored.
    public var completed = 0
    /// Given up, by reason.
    public var failed: [PipelineError.Code: Int] = [:]
    /// Waiting for another attempt.
    public var postponed = 0

    /// Nothing.
    public init() {}

    /// How many results shared the transaction; 0 where it only marked resumes as begun, or gave them back.
    public var results: Int { completed + postponed + failed.values.reduce(0, +) }
}
