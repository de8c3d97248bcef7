import Pipeline
import Schema
import Testing

@testable import MongoStore

/// Marking and stopping, while others do something else with the same resumes.
@Suite struct BatchPortionTests {
    private static let damaged = PipelineError(.fileDamaged, "It is damaged.", stage: .extract)
    private static let late = PipelineError(.timedOut, "It took too long.", stage: .fetch, retryable: true)

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

    @Test func `a batch takes as much of a quota as it asked for, also while it is not filled yet`() async throws {
        try await World.with { world in
            let (job, other) = (try await world.job(), try await world.job())
            _ = try await world.register(3, in: job)
            _ = try await world.register(2, in: other)
            @Sendable func create(_ job: StoredJob, _ batches: MongoBatchStore) async throws -> BatchCreation {
                let request = BatchRequest(job: job.id, target: .registered, idempotencyKey: nil, quota: 4)
                return try await batches.create(request, of: world.anna, at: world.clock.now)
            }
            let made = try await world.interrupting { server in
                try await create(job, MongoBatchStore(server))
            } by: {
                _ = try await world.register(5, in: job, prefix: "later")
                #expect(try await world.current(job).counters.queued == 0)
                #expect(try await create(other, world.batches) == .overQuota(asked: 2, left: 1))
            }
            guard case .made(let batch, _) = made else { throw World.Unexpected() }
            #expect(batch.total == 3 && !batch.isFilling)
            #expect(try await world.current(job).counters.queued == 3)
            #expect(try await create(other, world.batches) == .overQuota(asked: 2, left: 1))
            try await world.expectConsistent()
        }
    }

    @Test func `what is stopped before its next attempt is as it was before the batch`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            _ = try await world.batch(.registered, of: job)
            let broken = try #require(try await world.queue.claim())
            try await world.queue.fail(broken.lease, Self.damaged)
            #expect(try await world.complete() == 1)
            _ = try await world.register(1, in: job, prefix: "new")
            func states() async throws -> [String] {
                try await world.all(job).sorted { $0.id < $1.id }.map {
                    "\($0.status) \($0.attempts) \($0.stage as Any) \($0.failure as Any) \($0.result?.finalScore as Any)"
                }
            }
            let before = try await states()
            let batch = try await world.batch(.resumes(try await world.all(job).map(\.id)), of: job)
            for _ in 0..<3 {
                let claimed = try #require(try await world.queue.claim())
                try await world.queue.fail(claimed.lease, Self.late)
            }
            #expect(try await world.all(job).allSatisfy { $0.failure?.nextAttemptAt != nil })
            let cancelled = try await world.batches.cancel(batch.id, of: world.anna, at: world.clock.now)
            #expect(cancelled?.cancelled == 3)
            #expect(try await states() == before)
            try await world.expectConsistent()
        }
    }
}
