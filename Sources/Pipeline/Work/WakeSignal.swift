internal import Synchronization

/// Wakes idle workers when there may be work.
public final class WakeSignal: Sendable {
    private struct State {
        var generation = 0
        var lastWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Makes one that nobody waits for.
    public init() {}

    /// Grows with each call of ``wake()``.
    public var generation: Int { state.withLock { $0.generation } }

    /// Wakes whoever waits.
    public func wake() {
        let waiters = state.withLock { state in
            state.generation += 1
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until the next ``wake()``, a while, or cancellation, whichever comes first.
    ///
    /// - Parameters:
    ///   - generation: What ``generation`` was before the caller looked for work: a wake since then is not missed.
    ///   - limit: The longest wait.
    public func wait(since generation: Int, atMost limit: Duration) async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        // The clock is a task that resumes the waiter if nobody else did.
        let clock = Task { [self] in
            try? await Task.sleep(for: limit)
            resume(number)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isPast = state.withLock { state in
                    if state.generation != generation || Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isPast { continuation.resume() }
            }
        } onCancel: {
            resume(number)
        }
        clock.cancel()
    }

    private func resume(_ number: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
        waiter?.resume()
    }
}
