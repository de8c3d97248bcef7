internal import Synchronization

/// Rings for those who wait until a time.
///
/// One task for all of them: a task and a timer for each would weigh more than all else that waiting takes.
final class WaitClock: Sendable {
    private struct Entry {
        weak var watch: ChangeWatch?
        let number: Int
    }

    private struct State {
        /// By the tick at which they are rung for.
        var due: [Int: [Entry]] = [:]
        var isRunning = false
    }

    private static let tick = Duration.milliseconds(25)
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Rings at a time or up to two ticks later, never before.
    ///
    /// - Parameters:
    ///   - watch: Rung for unless it is gone by then.
    ///   - number: Of its wait.
    ///   - time: May be over.
    func ring(_ watch: ChangeWatch, _ number: Int, at time: ContinuousClock.Instant) {
        let tick = tick(of: time) + 1
        let mustRun = state.withLock { state in
            state.due[tick, default: []].append(Entry(watch: watch, number: number))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustRun { Task { await run() } }
    }

    private func tick(of time: ContinuousClock.Instant) -> Int { max(0, Int((time - start) / Self.tick)) }

    /// Rings until nobody waits.
    private func run() async {
        while true {
            try? await Task.sleep(for: Self.tick)
            let now = tick(of: .now)
            let rung: [Entry]? = state.withLock { state in
                state.isRunning = !state.due.isEmpty
                guard state.isRunning else { return nil }
                return state.due.keys.filter { $0 <= now }.flatMap { state.due.removeValue(forKey: $0) ?? [] }
            }
            guard let rung else { return }
            for entry in rung { entry.watch?.ring(entry.number) }
        }
    }
}
