internal import Synchronization

/// How one event of a subscription reaches the client that asked.
///
/// The transport makes one each time it asks for an event. The resolvers take from it how far the client is, and leave in it
/// what belongs to the event, or what to wait for where there is none yet.
public final class SubscriptionDelivery: Sendable {
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

    private struct State {
        var watch: ChangeWatch?
        var mark: Mark?
    }

    /// As the client sent it; nil for a client that begins.
    public let cursor: String?
    /// Whether the client waits for something newer; otherwise it is given the present state.
    public let isPatient: Bool
    private let state: Mutex<State>

    /// - Parameters:
    ///   - cursor: As the client sent it; nil for a client that begins.
    ///   - isPatient: Whether the client waits for something newer; otherwise it is given the present state.
    ///   - watch: Of the last attempt; nil for the first.
    public init(cursor: String?, isPatient: Bool, watch: ChangeWatch?) {
        self.cursor = cursor
        self.isPatient = isPatient
        state = Mutex(State(watch: watch))
    }

    /// What belongs to the event; where there is none, where to go on.
    public var mark: Mark? { state.withLock { $0.mark } }

    /// Tells of changes since before what is followed was read; nil where it was not read.
    public var watch: ChangeWatch? { state.withLock { $0.watch } }

    func leave(_ mark: Mark) { state.withLock { $0.mark = mark } }

    /// Watches, unless that was done for an earlier attempt.
    func watch(_ make: () -> ChangeWatch) {
        if watch == nil {
            let made = make()
            state.withLock { $0.watch = made }
        }
    }
}
