import Synchronization

/// Runs `body` until it is done, the deadline is there, or the task is cancelled; whichever comes first.
///
/// What runs on is cancelled and not waited for: a resolver that ignores cancellation cannot hold up the answer.
///
/// - Parameters:
///   - deadline: Nil to wait as long as it takes, and then on this task.
///   - body: Runs in a task of its own where there is a deadline.
/// - Throws: What `body` throws, or that it was ended.
func withDeadline(
    _ deadline: ContinuousClock.Instant?,
    _ body: @escaping @Sendable () async throws(Execution.Stop) -> Void
) async throws(Execution.Stop) {
    guard let deadline else {
        try await body()
        return
    }
    let race = Race()
    let work = Task {
        do throws(Execution.Stop) {
            try await body()
            race.end(.success(()))
        } catch {
            race.end(.failure(error))
        }
    }
    let alarm = Task {
        do {
            try await ContinuousClock().sleep(until: deadline)
            race.end(.failure(.timedOut))
        } catch {
            // The work was done first.
        }
    }
    let result = await withTaskCancellationHandler {
        await race.result()
    } onCancel: {
        race.end(.failure(.cancelled))
    }
    alarm.cancel()
    if case .failure = result { work.cancel() }
    try result.get()
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
