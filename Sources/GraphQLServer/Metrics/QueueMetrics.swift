internal import MongoStore
internal import Pipeline
internal import Schema
internal import Synchronization

/// Shows how much waits in the database, which all processes share.
///
/// The database is asked when somebody wants to know, but never twice within ``lifetime``, and never waited for longer than
/// ``patience``: who looks often, or while it is away, gets what is known.
final class QueueMetrics: Sendable {
    private struct State {
        var depth: QueueDepth?
        /// Whether the last answer was one.
        var isReachable = false
        var askedAt: ContinuousClock.Instant?
        var isAsking = false
    }

    private let state = Mutex(State())
    private let answered = WakeSignal()
    private let read: @Sendable () async throws -> QueueDepth
    private let lifetime: Duration
    private let patience: Duration

    /// - Parameters:
    ///   - registry: Shows what is known.
    ///   - lifetime: How long an answer, also none, stands.
    ///   - patience: How long somebody who wants to know waits.
    ///   - clock: Tells the age of what waits.
    ///   - read: Asks the database.
    init(
        _ registry: MetricsRegistry,
        lifetime: Duration = .seconds(5),
        patience: Duration = .milliseconds(500),
        clock: @escaping @Sendable () -> Timestamp = { .now },
        read: @escaping @Sendable () async throws -> QueueDepth
    ) {
        self.read = read
        self.lifetime = lifetime
        self.patience = patience
        registry.reading(
            "shortlist_mongodb_up",
            .gauge,
            "1 where MongoDB answered when it was last asked about the queue, else 0."
        ) { [self] in state.withLock { $0.isReachable ? 1 : 0 } }
        registry.reading(
            "shortlist_queue_due",
            .gauge,
            "Resumes that wait for a worker, of all jobs; at most 100000. Left out while MongoDB is away."
        ) { [self] in state.withLock { $0.depth.map { Double($0.due) } } }
        registry.reading(
            "shortlist_queue_oldest_due_seconds",
            .gauge,
            "How long the resume that is claimed next has waited; 0 where none does. Left out while MongoDB is away."
        ) { [self] in
            state.withLock { state in
                state.depth.map { depth in
                    guard let since = depth.oldestSince else { return 0 }
                    return max(0, Double(clock().milliseconds - since.milliseconds) / 1_000)
                }
            }
        }
    }

    /// Asks the database, unless that was done a moment ago.
    func refresh() async {
        let generation = answered.generation
        let (asks, waits) = state.withLock { state in
            if state.isAsking { return (false, true) }
            if let askedAt = state.askedAt, .now - askedAt < lifetime { return (false, false) }
            state.isAsking = true
            state.askedAt = .now
            return (true, true)
        }
        // A task of its own: whoever wanted to know may have gone when the answer comes.
        if asks { Task { await self.ask() } }
        if waits { await answered.wait(since: generation, atMost: patience) }
        // No answer for so long is one, too.
        state.withLock { state in
            guard state.isAsking, let askedAt = state.askedAt, .now - askedAt >= patience else { return }
            state.isReachable = false
            state.depth = nil
        }
    }

    private func ask() async {
        let depth = try? await read()
        state.withLock { state in
            state.depth = depth
            state.isReachable = depth != nil
            state.isAsking = false
        }
        answered.wake()
    }
}
