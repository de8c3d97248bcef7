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

    @Test func `a change after the watch was made is told, also where nobody waits yet`() async {
        let hub = hub()
        let watch = hub.watch([job])
        hub.signal([job])
        hub.signal([job])
        #expect(await watch.next(until: late) == .changed)
        // Twice was once: the waiter has read since.
        #expect(await watch.next(until: soon()) == .timedOut)
    }

    @Test func `only what is watched is told, and to those who watch anything all`() async {
        let hub = hub()
        let (watch, all) = (hub.watch([job]), hub.watch([.anything]))
        hub.signal([batch])
        #expect(await watch.next(until: soon()) == .timedOut)
        #expect(await all.next(until: late) == .changed)
    }

    @Test func `a thousand who wait are woken by one change`() async {
        let hub = hub()
        let woken = await withTaskGroup(of: ChangeWatch.Outcome.self) { group in
            for _ in 0..<1_000 {
                let watch = hub.watch([job])
                let deadline = late
                group.addTask { await watch.next(until: deadline) }
            }
            hub.signal([job])
            return await group.reduce(0) { $0 + ($1 == .changed ? 1 : 0) }
        }
        #expect(woken == 1_000)
        #expect(hub.watchCount == 0)
    }

    @Test func `a deadline that has passed ends the wait at once`() async {
        let watch = hub().watch([job])
        for _ in 0..<200 { #expect(await watch.next(until: .now) == .timedOut) }
    }

    @Test func `closing ends every wait, now and later`() async {
        let hub = hub()
        let watch = hub.watch([job])
        let deadline = late
        async let outcome = watch.next(until: deadline)
        hub.close()
        #expect(await outcome == .closing)
        #expect(await watch.next(until: nil) == .closing)
        #expect(await hub.watch([batch]).next(until: nil) == .closing)
    }

    @Test func `where not every change is told, whoever waits looks again by itself`() async {
        let hub = ChangeHub()
        let watch = hub.watch([job])
        #expect(await watch.next(until: late) == .changed)
        #expect(await watch.next(until: soon()) == .timedOut)
    }

    @Test func `of two waits each ends by its own deadline`() async {
        let hub = hub()
        let (early, later) = (hub.watch([job]), hub.watch([job]))
        let start = ContinuousClock.now
        async let second = later.next(until: start + .milliseconds(200))
        #expect(await early.next(until: start + .milliseconds(60)) == .timedOut)
        #expect(ContinuousClock.now - start >= .milliseconds(60))
        #expect(await second == .timedOut)
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    @Test func `a deadline of an earlier wait does not end a later one`() async {
        let hub = hub()
        let watch = hub.watch([job])
        let start = ContinuousClock.now
        async let first = watch.next(until: start + .milliseconds(80))
        // Told also where it comes before the wait has begun.
        hub.signal([job])
        #expect(await first == .changed)
        #expect(await watch.next(until: start + .milliseconds(300)) == .timedOut)
        #expect(ContinuousClock.now - start >= .milliseconds(300))
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
