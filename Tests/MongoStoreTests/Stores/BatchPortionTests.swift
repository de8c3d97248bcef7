import Pipeline
import Schema
import Testing

@testable import MongoStore

/// Marking and stopping, while others do something else with the same resumes.
@Suite struct BatchPortionTests {
    @Test func `a resume that was completed anew before it is marked is counted as it is then`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let ids = try await world.register(2, in: job).map(\.id)
            _ = try await world.batch(.registered, of: job)
            #expect(try await world.complete { _ in 9_000 } == 2)
            let batch = try await world.halfMade(.resumes(ids), of: job)
            let filled = try await world.holdingUp(Collections.batches, batch.id) {
                try await world.batches.fill(batch.id, at: world.clock.now)
            } by: {
                _ = try await world.batch(.resumes(ids), of: job)
                #expect(try await world.complete { _ in 2_000 } == 2)
            }
            #expect(filled?.total == 2)
            let counters = try await world.current(job).counters
            #expect(counters.queued == 2 && counters.histogram == JobCounters().histogram && counters.rejected == 0)
            try await world.expectConsistent()
        }
    }

    @Test func `a batch is filled and stopped, however often its job is changed meanwhile`() async throws {
        try await World.with { world in
            let job = try await world.completedJob(700)
            let ids = try await world.all(job).map(\.id)
            let batch = try await world.keepingBusy(job) { try await world.batch(.resumes(ids), of: job) }
            #expect(batch.total == 700)
            let cancelled = try await world.keepingBusy(job) {
                try await world.batches.cancel(batch.id, of: world.anna, at: world.clock.now)
            }
            #expect(cancelled?.status == .cancelled && cancelled?.cancelled == 700)
            #expect(try await world.current(job).counters.completed == 700)
            try await world.expectConsistent()
        }
    }

    @Test func `a batch takes no more than the quota allowed when it was made`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(3, in: job)
            let request = BatchRequest(job: job.id, target: .registered, idempotencyKey: nil, quota: 4)
            let made = try await world.interrupting { other in
                try await MongoBatchStore(other).create(request, of: world.anna, at: world.clock.now)
            } by: {
                _ = try await world.register(5, in: job, prefix: "later")
            }
            guard case .made(let batch, _) = made else { throw World.Unexpected() }
            #expect(batch.total == 4 && !batch.isFilling)
            #expect(try await world.current(job).counters.queued == 4)
            try await world.expectConsistent()
        }
    }
}
