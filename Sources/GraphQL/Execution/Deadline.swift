import Synchronization

/// What `body` gives, unless the deadline is there first, or the task is cancelled; then nil.
///
/// What runs on is cancelled and not waited for.
///
/// - Parameters:
///   - deadline: When to stop waiting.
///   - executor: Where `body` runs; nil for Swift's pool.
///   - body: Runs in a task of its own.
/// - Returns: Nil where `body` took too long.
public func value<Value: Sendable>(
    before deadline: ContinuousClock.Instant,
    on executor: (any TaskExecutor)? = nil,
    _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    let found = Found<Value>()
    do throws(Execution.Stop) {
        try await withDeadline(deadline, on: executor) { () async throws(Execution.Stop) in
            let value = await body()
            found.value.withLock { $0 = value }
        }
    } catch {
        return nil
    }
    return found.value.withLock { $0 }
}

/// What a body has given.
private final class Found<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}

/// Runs `body` until it is done, the deadline is there, or the task is cancelled; whichever comes first.
///
/// What runs on is cancelled and not waited for: a resolver that ignores cancellation cannot hold up the answer.
///
/// - Parameters:
///   - deadline: Nil to wait as long as it takes, and then on this task.
///   - executor: Where `body` runs; nil for Swift's pool.
///   - body: Runs in a task of its own where there is a deadline.
/// - Throws: What `body` throws, or that it was ended.
func withDeadline(
    _ deadline: ContinuousClock.Instant?,
    on executor: (any TaskExecutor)? = nil,
    _ body: @escaping @Sendable () async throws(Execution.Stop) -> Void
) async throws(Execution.Stop) {
    guard let deadline else {
        try await body()
        return
    }
    let race = Race()
    let work = Task(executorPreference: executor) {
        do throws(Execution.Stop) {
            try await body()
            race.end(.success(()))
        } catch {
            race.end(.failure(error))
        }
    }
    let alarm = Alarms.shared.set(deadline, race)
    let result = await withTaskCancellationHandler {
        await race.result()
    } onCancel: {
        race.end(.failure(.cancelled))
    }
    Alarms.shared.remove(alarm)
    if case .failure = result { work.cancel() }
    try result.get()
}

/// Ends races at their deadlines.
///
/// One task sleeps for all: a timer of its own would be the dearest part of a small operation.
private final class Alarms: Sendable {
    static let shared = Alarms()

    private struct State {
        var alarms: [UInt64: (deadline: ContinuousClock.Instant, race: Race)] = [:]
        var lastNumber: UInt64 = 0
        /// Sleeps until `wakes`, unless one that wakes earlier takes its place.
        var sleeper: Task<Void, Never>?
        var wakes: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Ends `race` at `deadline`, unless it is removed before.
    func set(_ deadline: ContinuousClock.Instant, _ race: Race) -> UInt64 {
        state.withLock { state in
            state.lastNumber += 1
            state.alarms[state.lastNumber] = (deadline, race)
            if state.wakes.map({ deadline < $0 }) ?? true { sleep(until: deadline, &state) }
            return state.lastNumber
        }
    }

    func remove(_ number: UInt64) { state.withLock { _ = $0.alarms.removeValue(forKey: number) } }

    private func sleep(until deadline: ContinuousClock.Instant, _ state: inout State) {
        state.sleeper?.cancel()
        state.wakes = deadline
        state.sleeper = Task {
            // Cancelled, another sleeps instead.
            guard (try? await ContinuousClock().sleep(until: deadline)) != nil else { return }
            for race in due() { race.end(.failure(.timedOut)) }
        }
    }

    /// Takes out what is due, and sleeps on until the next.
    private func due() -> [Race] {
        state.withLock { state in
            let now = ContinuousClock.now
            let due = state.alarms.filter { $0.value.deadline <= now }
            for number in due.keys { state.alarms[number] = nil }
            state.wakes = nil
            state.sleeper = nil
            if let next = state.alarms.values.map(\.deadline).min() { sleep(until: next, &state) }
            return due.values.map(\.race)
        }
    }
}

/// A result that the first to end gives.
private final class Race: Sendable {
    private enum State {
        case running(CheckedContinuation<Result<Void, Execution.Stop>, Never>?)
        case ended(Result<Void, Execution.Stop>)
    }

    private let state = Mutex(State.running(nil))

    func end(_ result: Result<Void, Execution.Stop>) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<Void, Execution.Stop>, Never>? in
            guard case .running(let waiting) = state else { return nil }
            state = .ended(result)
            return waiting
        }
        waiting?.resume(returning: result)
    }

    /// Is called once.
    func result() async -> Result<Void, Execution.Stop> {
        await withCheckedContinuation { continuation in
            let ended = state.withLock { state -> Result<Void, Execution.Stop>? in
                if case .ended(let result) = state { return result }
                state = .running(continuation)
                return nil
            }
            if let ended { continuation.resume(returning: ended) }
        }
    }
}
