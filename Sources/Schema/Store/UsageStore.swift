/// Where it is counted what recruiters use up.
public protocol UsageStore: Sendable {
    /// What a recruiter has used up in the calendar month of `now`, UTC.
    func usage(of recruiter: ObjectID, at now: Timestamp) async throws -> StoredUsage
}

/// What a recruiter has used up in a calendar month.
public struct StoredUsage: Sendable, Equatable {
    /// The month's first moment, UTC.
    public var periodStart: Timestamp
    /// Resumes that were read and scored; scoring one again under a new revision is free.
    public var resumesProcessed = 0
    /// Deep analyses.
    public var analyses = 0
    /// Of the language model.
    public var promptTokens = 0
    /// Of the language model.
    public var completionTokens = 0

    /// Nothing yet, in the month of `now`.
    public init(at now: Timestamp) { periodStart = now.startOfMonth }
}

extension Timestamp {
    /// The first moment of the calendar month, UTC.
    public var startOfMonth: Timestamp {
        let days = milliseconds.quotientAndRemainder(flooredBy: 86_400_000).0
        let day = Self.date(days: days).day
        return Timestamp(milliseconds: (days - (day - 1)) * 86_400_000)
    }
}
