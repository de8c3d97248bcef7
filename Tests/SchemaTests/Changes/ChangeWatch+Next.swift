import Schema

extension ChangeWatch {
    /// Waits, and tells why the wait ended.
    func next(until deadline: ContinuousClock.Instant?) async -> Outcome {
        await withCheckedContinuation { continuation in
            wait(until: deadline) { continuation.resume(returning: $0) }
        }
    }
}
