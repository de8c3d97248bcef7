internal import Synchronization

/// Waits for changes of some things; lets go of them when nobody holds it any more.
///
/// What changes while nobody waits is told by the next wait at once. One waits at a time.
public final class ChangeWatch: Sendable {
    /// Why a wait ended.
    public enum Outcome: Sendable, Equatable {
        /// Something may have changed: read again.
        case changed
        case timedOut
        /// The process is to stop.
        case closing
    }

    fileprivate struct State {
        var hasChanged = false
        var isClosing = false
        var waiter: (@Sendable (Outcome) -> Void)?
        /// Which wait; a clock that rings late means an earlier one.
        var number = 0
        /// Whether the wait ends to look again, and not because its time is over.
        var isBlind = false
    }

    /// What is watched.
    public let topics: Set<ChangeTopic>
    private let hub: ChangeHub
    private let state = Mutex(State())

    /// Where changes of other processes are not told, they are looked for so often.
    static let rereadInterval = Duration.seconds(1)

    init(topics: Set<ChangeTopic>, hub: ChangeHub) {
        self.topics = topics
        self.hub = hub
    }

    deinit { hub.forget(ObjectIdentifier(self), topics) }

    /// Whether the process is to stop: no wait lasts any more.
    public var isClosing: Bool { state.withLock { $0.isClosing } }

    /// Waits until something may have changed since the last wait ended, or since the watch was made; without a task.
    ///
    /// - Parameters:
    ///   - deadline: When to stop waiting, to a twentieth of a second; nil for never.
    ///   - end: Is told once why the wait ended, on any thread and maybe at once, unless the watch is gone before.
    public func wait(until deadline: ContinuousClock.Instant?, _ end: @escaping @Sendable (Outcome) -> Void) {
        var (bound, isBlind) = (deadline, false)
        if !hub.isComplete {
            let look = ContinuousClock.now + Self.rereadInterval
            if deadline.map({ look < $0 }) ?? true { (bound, isBlind) = (look, true) }
        }
        let (known, number): (Outcome?, Int) = state.withLock { state in
            state.number += 1
            if state.isClosing { return (.closing, state.number) }
            if state.hasChanged {
                state.hasChanged = false
                return (.changed, state.number)
            }
            if let deadline, deadline <= .now { return (.timedOut, state.number) }
            (state.waiter, state.isBlind) = (end, isBlind)
            return (nil, state.number)
        }
        if let known { return end(known) }
        if let bound { hub.clock.ring(self, number, at: bound) }
    }

    func signal() {
        let waiter = state.withLock { state in
            state.hasChanged = state.waiter == nil
            return state.takeWaiter()
        }
        waiter?(.changed)
    }

    func close() {
        let waiter = state.withLock { state in
            state.isClosing = true
            return state.takeWaiter()
        }
        waiter?(.closing)
    }

    /// The time of a wait is over.
    func ring(_ number: Int) {
        let (waiter, isBlind) = state.withLock { state in
            number == state.number ? (state.takeWaiter(), state.isBlind) : (nil, false)
        }
        waiter?(isBlind ? .changed : .timedOut)
    }
}

extension ChangeWatch.State {
    fileprivate mutating func takeWaiter() -> (@Sendable (ChangeWatch.Outcome) -> Void)? {
        defer { waiter = nil }
        return waiter
    }
}
