import Testing

@testable import Schema

@Suite struct ChangeHubTests {
    private let job = ChangeTopic.job(ObjectID(at: Timestamp(milliseconds: 1_000)))
    private let batch = ChangeTopic.batch(ObjectID(at: Timestamp(milliseconds: 2_000)))

    private func hub() -> ChangeHub {
        let hub = ChangeHub()
        hub.setComplete(true)
        return hub
    }

    private func soon(_ milliseconds: Int = 20) -> ContinuousClock.Instant { .now + .milliseconds(milliseconds) }
    private var late: ContinuousClock.Instant { .now + .seconds(20) }

    @Test func `a change after the watch was made is told, also where nobody waits yet`() async throws {
        let hub = hub()
        let watch = hub.watch([job])
        hub.signal([job])
        hub.signal([job])
        #expect(try await watch.next(until: late) == .changed)
        // Twice was once: the waiter has read since.
        #expect(try await watch.next(until: soon()) == .timedOut)
    }

    @Test func `only what is watched is told, and to those who watch anything all`() async throws {
        let hub = hub()
        let (watch, all) = (hub.watch([job]), hub.watch([.anything]))
        hub.signal([batch])
        #expect(try await watch.next(until: soon()) == .timedOut)
        #expect(try await all.next(until: late) == .changed)
    }

    @Test func `a thousand who wait are woken by one change`() async throws {
        let hub = hub()
        let woken = try await withThrowingTaskGroup(of: ChangeWatch.Outcome.self) { group in
            for _ in 0..<1_000 {
                let watch = hub.watch([job])
                let deadline = late
                group.addTask { try await watch.next(until: deadline) }
            }
            hub.signal([job])
            return try await group.reduce(0) { $0 + ($1 == .changed ? 1 : 0) }
        }
        #expect(woken == 1_000)
        #expect(hub.watchCount == 0)
    }

    @Test func `a deadline that has passed ends the wait at once`() async throws {
        let watch = hub().watch([job])
        for _ in 0..<200 { #expect(try await watch.next(until: .now) == .timedOut) }
    }

    @Test func `closing ends every wait, now and later`() async throws {
        let hub = hub()
        let watch = hub.watch([job])
        let deadline = late
        async let outcome = watch.next(until: deadline)
        hub.close()
        #expect(try await outcome == .closing)
        #expect(try await watch.next(until: nil) == .closing)
        #expect(try await hub.watch([batch]).next(until: nil) == .closing)
    }

    @Test func `a wait that is cancelled ends`() async throws {
        let watch = hub().watch([job])
        let task = Task { try await watch.next(until: nil) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `where not every change is told, whoever waits looks again by itself`() async throws {
        let hub = ChangeHub()
        let watch = hub.watch([job])
        #expect(try await watch.next(until: late) == .changed)
        #expect(try await watch.next(until: soon()) == .timedOut)
    }

    @Test func `a watch that nobody holds is forgotten`() {
        let hub = hub()
        do {
            let watch = hub.watch([job, batch])
            #expect(hub.watchCount == 1)
            _ = watch
        }
        #expect(hub.watchCount == 0)
    }
}
