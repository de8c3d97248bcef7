import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore

@Suite struct QueueDepthTests {
    @Test func `what is due is counted, with the time of the oldest`() async throws {
        try await World.with { world in
            #expect(try await world.workers.queueDepth(at: World.start) == QueueDepth(due: 0, oldestSince: nil))
            let job = try await world.job()
            _ = try await world.register(5, in: job)
            _ = try await world.batch(.registered, of: job)
            world.clock.advance(by: .seconds(40))
            let depth = try await world.workers.queueDepth(at: world.clock.now)
            #expect(depth == QueueDepth(due: 5, oldestSince: World.start))
            #expect(try await world.workers.queueDepth(at: world.clock.now, limit: 3).due == 3)
            // What is lent waits for nobody.
            _ = try #require(try await world.queue.claim())
            #expect(try await world.workers.queueDepth(at: world.clock.now).due == 4)
        }
    }

    @Test func `one index is read, and no document`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(30, in: job)
            _ = try await world.batch(.registered, of: job)
            let command = MongoWorkers.queueDepthCommand(at: World.start, limit: 100)
            let reply = try await world.workers.withClient {
                try $0.read(["explain": try command.value(), "verbosity": "executionStats"])
            }
            let text = "\(try reply.value())"
            #expect(text.contains("IXSCAN") && !text.contains("COLLSCAN") && !text.contains("FETCH"))
        }
    }

    @Test func `each transaction tells what became of resumes`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(3, in: job)
            _ = try await world.batch(.registered, of: job)
            let reports = Mutex<[CommitReport]>([])
            let clock = world.clock
            let queue = MongoProcessingQueue(
                world.workers,
                onCommit: { report in reports.withLock { $0.append(report) } },
                clock: { clock.now }
            )
            let first = try #require(try await queue.claim())
            try await queue.complete(first.lease, World.processed(score: 4_000, skills: [], first.job))
            // Brought twice, it counts once.
            try await queue.complete(first.lease, World.processed(score: 4_000, skills: [], first.job))
            let second = try #require(try await queue.claim())
            try await queue.fail(second.lease, PipelineError(.fileDamaged, "It is damaged.", stage: .extract))
            let third = try #require(try await queue.claim())
            try await queue.fail(third.lease, PipelineError(.timedOut, "Late.", stage: .extract, retryable: true))
            let told = reports.withLock { $0.filter { $0.results > 0 } }
            #expect(told.map(\.completed) == [1, 0, 0])
            #expect(told.map(\.failed) == [[:], [.fileDamaged: 1], [:]])
            #expect(told.map(\.postponed) == [0, 0, 1])
        }
    }
}
