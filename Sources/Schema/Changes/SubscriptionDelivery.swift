internal import Synchronization

/// How the events of one subscription reach the client that asked: all of them, or the next one alone.
///
/// The transport makes one for each request. The resolvers take from it how far the client is and how long it waits, and leave
/// in it what belongs to the event that they have just given.
public final class SubscriptionDelivery: Sendable {
    /// How many events are given.
    public enum Pace: Sendable, Equatable {
        /// Every one, until the end.
        case stream
        /// One: what is newer, or at this time the present state.
        case once(until: ContinuousClock.Instant)
    }

    /// What belongs to an event.
    public struct Mark: Sendable, Equatable {
        /// Where to go on after it.
        public var cursor: String
        /// Whether the client has not seen it yet.
        public var hasChanged: Bool
        /// Whether nothing more will come.
        public var isDone: Bool
        /// Whether the next event is there already.
        public var hasMore: Bool
    }

    /// As the client sent it; nil for a client that begins.
    public let cursor: String?
    /// How many events are given.
    public let pace: Pace
    private let enter: @Sendable () throws -> Void
    private let mark = Mutex<Mark?>(nil)

    /// - Parameters:
    ///   - cursor: As the client sent it; nil for a client that begins.
    ///   - pace: How many events are given.
    ///   - enter: Is called before the first wait; what it throws refuses the wait.
    public init(cursor: String?, pace: Pace, enter: @escaping @Sendable () throws -> Void) {
        self.cursor = cursor
        self.pace = pace
        self.enter = enter
    }

    /// What belongs to the last event; also where a poll ended without any.
    public var lastMark: Mark? { mark.withLock { $0 } }

    func leave(_ mark: Mark) { self.mark.withLock { $0 = mark } }

    func beginWaiting() throws { try enter() }

    var deadline: ContinuousClock.Instant? { if case .once(let deadline) = pace { deadline } else { nil } }
}
