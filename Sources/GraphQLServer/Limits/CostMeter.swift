internal import GraphQL
internal import Schema
internal import Synchronization

/// Bounds what operations cost, for each recruiter, in this process.
///
/// - Source: the generic cell rate algorithm, ITU-T I.371.
final class CostMeter: Sendable {
    private let limit: RateLimit
    /// When each bucket is full again.
    private let buckets = Mutex<[String: ContinuousClock.Instant]>([:])
    private static let maxBuckets = 50_000

    /// - Parameter limit: The bucket of each.
    init(_ limit: RateLimit) { self.limit = limit }

    /// Charges for an operation.
    ///
    /// - Returns: Nil where it may run; else how long to wait.
    func take(_ cost: Int, of key: String, at now: ContinuousClock.Instant = .now) -> Duration? {
        let price = limit.interval * min(max(0, cost), limit.burst)
        return buckets.withLock { buckets in
            let next = max(buckets[key] ?? now, now) + price
            let latest = now + limit.interval * limit.burst
            guard next <= latest else { return next - latest }
            // A bucket that is full again is like one that was never used.
            if buckets.count >= Self.maxBuckets { buckets = buckets.filter { $0.value > now } }
            if buckets.count < Self.maxBuckets || buckets[key] != nil { buckets[key] = next }
            return nil
        }
    }

    /// The refusal of an operation; nil where it may run.
    func refusal(of cost: Int, for context: any Sendable) -> GraphQLError? {
        guard let context = context as? RequestContext else { return nil }
        guard let wait = take(cost, of: context.recruiterID?.description ?? context.client) else { return nil }
        return GraphQLError(
            "What was asked lately costs too much. Wait a while, or ask for less.",
            extensions: [
                "code": .string("RATE_LIMITED"),
                "retryAfterMs": .int(max(1, Int((wait / .milliseconds(1)).rounded(.up)))),
            ]
        )
    }
}
