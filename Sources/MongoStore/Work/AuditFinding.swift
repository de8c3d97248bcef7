public import Schema

/// What an audit found wrong with one job.
public struct AuditFinding: Sendable, Equatable, CustomStringConvertible {
    /// Which job, be it there or deleted.
    public let job: ObjectID
    /// What is wrong, and what should be.
    public let problem: String
    /// One line.
    public var description: String { "\(NodeID(.job, job)): \(problem)" }
}
