internal import Synchronization

/// Waits for changes of some things; lets go of them when nobody holds it any more.
///
/// What changes while nobody waits is told by the next wait at once. One task waits at a time.
public final class ChangeWatch: Sendable {
    /// Why a wait ended.
    public enum Outcome: Sendable, Equatable {
        /// Something may have changed: read again.
        case changed
        case timedOut
        /// The process is to stop.
        case closing
    }

    private struct State {
        var hasChanged = false
        var isClosing = false
        var waiter: CheckedContinuation<Outcome?, Never>?
        /// Which wait; a clock that rings late means an earlier one.
        var number = 0
        /// For which wait the clock rang.
        var rung = 0
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

    /// Waits until something may have changed since the last wait ended, or since the watch was made.
    ///
    /// - Parameter deadline: When to stop waiting; nil for never.
    /// - Returns: Why the wait ended.
    /// - Throws: `CancellationError`.
    public func next(until deadline: ContinuousClock.Instant?) async throws -> Outcome {
        try Task.checkCancellation()
        var (bound, isBlind) = (deadline, false)
        if !hub.isComplete {
            let look = ContinuousClock.now + Self.rereadInterval
            if deadline.map({ look < $0 }) ?? true { (bound, isBlind) = (look, true) }
        }
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        let clock = bound.map { bound in
            Task { [weak self] in
                try await Task.sleep(until: bound, clock: .continuous)
                self?.ring(number)
            }
        }
        defer { clock?.cancel() }
        let outcome: Outcome? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Outcome?? = state.withLock { state in
                    if Task.isCancelled { return .some(nil) }
                    if state.isClosing { return .closing }
                    if state.hasChanged {
                        state.hasChanged = false
                        return .changed
                    }
                    if state.rung == number { return .timedOut }
                    state.waiter = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            end(nil)
        }
        guard let outcome else { throw CancellationError() }
        return outcome == .timedOut && isBlind ? .changed : outcome
    }

    func signal() {
        let waiter = state.withLock { state in
            state.hasChanged = state.waiter == nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: .changed)
    }

    func close() {
        state.withLock { $0.isClosing = true }
        end(.closing)
    }

    private func ring(_ number: Int) {
        let waiter: CheckedContinuation<Outcome?, Never>? = state.withLock { state in
            guard number == state.number else { return nil }
            state.rung = number
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: .timedOut)
    }

    private func end(_ outcome: Outcome?) {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: outcome)
    }
}
