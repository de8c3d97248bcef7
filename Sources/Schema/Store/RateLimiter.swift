/// Bounds how often something is done, over all servers of one database.
public protocol RateLimiter: Sendable {
    /// Makes charges in their order, and stops at the first that is refused.
    ///
    /// - Parameters:
    ///   - charges: What is to be done. Those before a refused one stay made.
    ///   - now: When.
    /// - Returns: Nil where all are made; else how long to wait before the refused one can be.
    /// - Throws: What the store says went wrong.
    func take(_ charges: [RateCharge], at now: Timestamp) async throws -> Duration?
}

/// How often something may be done: a bucket that holds ``burst`` tokens, and gains one every ``interval``.
public struct RateLimit: Sendable, Equatable {
    /// Tells buckets of one limit from those of another.
    public let name: String
    /// The most at once.
    public let burst: Int
    /// After which one more is allowed.
    public let interval: Duration

    /// Each parameter is the property of its name.
    public init(name: String, burst: Int, interval: Duration) {
        self.name = name
        self.burst = burst
        self.interval = interval
    }
}

/// What is taken from one bucket.
public struct RateCharge: Sendable, Equatable {
    /// The bucket's size and pace.
    public let limit: RateLimit
    /// Whose bucket.
    public let key: String
    /// How many tokens; more than the bucket holds count as many as it holds.
    public let amount: Int

    /// Each parameter is the property of its name.
    public init(_ limit: RateLimit, of key: String, amount: Int = 1) {
        self.limit = limit
        self.key = key
        self.amount = min(max(0, amount), limit.burst)
    }
}
