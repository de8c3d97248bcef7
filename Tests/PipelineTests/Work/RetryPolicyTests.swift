import Testing

@testable import Pipeline

@Suite struct RetryPolicyTests {
    private let late = PipelineError(.timedOut, "late", stage: .fetch, retryable: true)

    @Test func `waits double from 5 s, a quarter more or less`() {
        for attempt in 1...RetryPolicy.maxRetries {
            let middle = 5.0 * Double(1 << (attempt - 1))
            #expect(RetryPolicy.delay(after: attempt, late, chance: 0) == .milliseconds(Int(middle * 750)))
            #expect(RetryPolicy.delay(after: attempt, late, chance: 1) == .milliseconds(Int(middle * 1250)))
        }
    }

    @Test func `an end comes, and at once for what cannot succeed`() {
        #expect(RetryPolicy.delay(after: RetryPolicy.maxRetries + 1, late, chance: 0.5) == nil)
        let damaged = PipelineError(.fileDamaged, "damaged", stage: .extract)
        #expect(RetryPolicy.delay(after: 1, damaged, chance: 0.5) == nil)
    }

    @Test func `a file that takes too long to read is read once more and not five times`() {
        let slow = PipelineError(.timedOut, "slow", stage: .extract, retryable: true)
        #expect(RetryPolicy.delay(after: 1, slow, chance: 0.5) == .seconds(5))
        #expect(RetryPolicy.delay(after: 2, slow, chance: 0.5) == nil)
    }
}
