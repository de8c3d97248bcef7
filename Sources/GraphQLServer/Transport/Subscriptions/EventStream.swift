internal import GraphQL
internal import Schema
internal import Synchronization

/// Streams a subscription's events, with a pause wherever nothing is new.
///
/// One task at a time writes.
final class EventStream: Sendable {
    private struct State {
        var cursor: String?
        var watch: ChangeWatch?
        var hasBegun = false
        /// Why the last pause ended; nil before the first.
        var outcome: ChangeWatch.Outcome?
        var lastShown: ContinuousClock.Instant?
        var nextHeartbeat = ContinuousClock.now + EventStream.heartbeatInterval
    }

    /// So often a quiet stream says that it lives.
    private static let heartbeatInterval = Duration.seconds(12)
    /// Changes of one thing are shown no more often than this.
    private static let leastGap = Duration.milliseconds(100)
    /// A stream that costs too much tries again at the latest then.
    private static let maxWait = Duration.seconds(5)

    private let endpoint: GraphQLEndpoint
    private let followed: GraphQLEndpoint.Followed
    private let framing: ResultFraming
    private let state: Mutex<State>
    /// Then the stream ends, and the client comes again with another token; nil where that never is.
    private let signedInUntil: ContinuousClock.Instant?

    /// - Parameters:
    ///   - endpoint: Asks for events.
    ///   - followed: The subscription; its place is taken.
    ///   - framing: How results follow one another.
    ///   - cursor: As the client sent it.
    init(endpoint: GraphQLEndpoint, followed: GraphQLEndpoint.Followed, framing: ResultFraming, cursor: String?) {
        self.endpoint = endpoint
        self.followed = followed
        self.framing = framing
        state = Mutex(State(cursor: cursor))
        signedInUntil = followed.context.signedInUntil.map { end in
            .now + .milliseconds(end.milliseconds - followed.context.now.milliseconds)
        }
    }

    /// Writes what is new.
    ///
    /// - Parameter writer: Of the response's body.
    /// - Returns: Until when nothing is to be written; nil at the end.
    /// - Throws: `CancellationError`, and ``HTTPHostError`` where the client left.
    func write(to writer: HTTPBodyWriter) async throws -> HTTPPause? {
        let (outcome, lastShown) = state.withLock { ($0.outcome, $0.lastShown) }
        var hasBegun = state.withLock { state in
            defer { state.hasBegun = true }
            return state.hasBegun
        }
        if !hasBegun { try await writer.write(framing.opening()) }
        switch outcome {
        case .closing: return nil
        case .timedOut where !isSignedOut:
            try beat(writer)
            return pause()
        case .changed, .timedOut, nil: break
        }
        // Changes that follow each other closely become one event.
        if let lastShown { try await Task.sleep(until: lastShown + Self.leastGap, clock: .continuous) }
        while true {
            try Task.checkCancellation()
            let (cursor, watch) = state.withLock { ($0.cursor, $0.watch) }
            // Unfinished, as at every end that is not the events' own.
            if isSignedOut || watch?.isClosing == true { return nil }
            let delivery = SubscriptionDelivery(cursor: cursor, isPatient: true, watch: watch)
            switch await endpoint.next(of: followed, delivery) {
            case .failed(let result), .unshown(let result):
                if let wait = GraphQLEndpoint.retryAfterMilliseconds(result) {
                    try beat(writer)
                    try await Task.sleep(for: min(.milliseconds(wait), Self.maxWait))
                    continue
                }
                // What may be gone with the next attempt ends unfinished: the client comes again, and goes on.
                let isForGood = !GraphQLEndpoint.mayPass(result) && !result.errors.contains { $0.code == "INTERNAL" }
                if isForGood || !hasBegun { try await writer.write(framing.next(result.json, id: nil)) }
                if isForGood { try await writer.write(framing.completion) }
                return nil
            case .nothing(let mark, let watch):
                state.withLock { ($0.cursor, $0.watch) = (mark.cursor, watch) }
                return pause()
            case .event(var result, let mark):
                state.withLock { ($0.cursor, $0.watch, $0.lastShown) = (mark.cursor, delivery.watch, .now) }
                if mark.hasChanged {
                    result.extensions = GraphQLEndpoint.extensions(mark, isWaiting: true)
                    try await writer.write(framing.next(result.json, id: mark.cursor))
                    hasBegun = true
                    // A client that reads slowly gets the newest state next, not every one.
                    try await writer.drained()
                }
                if mark.isDone {
                    try await writer.write(framing.completion)
                    return nil
                }
                if !mark.hasMore { return pause() }
            }
        }
    }

    /// Says that the stream lives, where it is time to.
    private func beat(_ writer: HTTPBodyWriter) throws {
        let isTime = state.withLock { state in
            guard state.nextHeartbeat <= .now else { return false }
            state.nextHeartbeat = .now + Self.heartbeatInterval
            return true
        }
        if isTime { try writer.offer(framing.heartbeat) }
    }

    private var isSignedOut: Bool { signedInUntil.map { $0 <= .now } ?? false }

    /// Until something changes, or the stream must say that it lives, or the client is signed in no more.
    private func pause() -> HTTPPause? {
        let (watch, heartbeat) = state.withLock { ($0.watch, $0.nextHeartbeat) }
        guard let watch, !watch.isClosing else { return nil }
        let end = signedInUntil.map { min($0, heartbeat) } ?? heartbeat
        // The watch is this stream's: held by it, a client that left would keep its place until the time is over.
        return HTTPPause { proceed in
            watch.wait(until: end) { [weak self] outcome in
                self?.state.withLock { $0.outcome = outcome }
                proceed()
            }
        }
    }
}
