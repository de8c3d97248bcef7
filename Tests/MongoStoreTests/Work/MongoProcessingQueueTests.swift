import Pipeline
import Schema
import Testing

@testable import MongoStore

@Suite struct MongoProcessingQueueTests {
    private static let broken = PipelineError(.fileDamaged, "It is damaged.", stage: .extract)
    private static let late = PipelineError(.timedOut, "It took too long.", stage: .fetch, retryable: true)

    @Test func `a batch runs from its first claim to its last result`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(3, in: job)
            let batch = try await world.batch(.registered, of: job)
            #expect(batch.status == .queued && batch.total == 3 && batch.progress == 0)
            #expect(try await world.current(job).counters.queued == 3)

            let first = try #require(try await world.queue.claim())
            #expect(first.registeredOn == World.start.day && first.job.title == "Cook")
            guard case .file(_, let read) = first.material else { throw World.Unexpected() }
            var bytes: [UInt8] = []
            let collected = Collected()
            try await read { collected.add($0) }
            bytes = collected.bytes
            #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("resume job".prefix(6)))

            try await world.queue.complete(first.lease, World.processed(score: 4_000, skills: [], first.job))
            let second = try #require(try await world.queue.claim())
            try await world.queue.fail(second.lease, Self.broken)
            let running = try await world.current(batch)
            #expect(running.status == .running && running.completed == 1 && running.failed == 1)
            #expect(running.finishedAt == nil)
            try await world.expectConsistent()

            let third = try #require(try await world.queue.claim())
            try await world.queue.complete(third.lease, World.processed(score: 2_000, skills: [], third.job))
            let ended = try await world.current(batch)
            #expect(ended.status == .completed && ended.finishedAt != nil && ended.progress == 1)
            let counters = try await world.current(job).counters
            #expect(counters.queued == 0 && counters.completed == 2 && counters.failed == 1)
            #expect(counters.passed == 1 && counters.rejected == 1)
            #expect(try await world.queue.claim() == nil)
            try await world.expectConsistent()
        }
    }

    @Test func `a result counts once, however often and by whomever it is brought`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            let batch = try await world.batch(.registered, of: job)
            let dead = try #require(try await world.queue.claim())
            #expect(try await world.queue.claim() == nil)
            world.clock.advance(by: MongoProcessingQueue.leaseDuration + .seconds(1))
            let heir = try #require(try await world.queue.claim())
            #expect(try await !world.queue.renew(dead.lease, stage: .embed))
            #expect(try await world.queue.renew(heir.lease, stage: .embed))
            let result = World.processed(score: 4_000, skills: ["Baking"], heir.job)
            // The dead worker was only slow.
            try await world.queue.complete(dead.lease, result)
            #expect(try await world.current(batch).completed == 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Many, so that some of them share a transaction.
                for _ in 0..<40 { group.addTask { try await world.queue.complete(heir.lease, result) } }
                group.addTask { try await world.queue.fail(heir.lease, Self.broken) }
                try await group.waitForAll()
            }
            let after = try await world.current(batch)
            #expect(after.completed + after.failed == 1 && after.status == .completed)
            #expect(try await world.all(job)[0].attempts == 2)
            try await world.expectConsistent()
        }
    }

    @Test func `a result that cannot be written keeps no other from being written`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(6, in: job)
            _ = try await world.batch(.registered, of: job)
            var claims: [ClaimedResume<ResumeLease>] = []
            while let claimed = try await world.queue.claim() { claims.append(claimed) }
            let all = claims
            let failures = await withTaskGroup(of: Bool.self) { group in
                for (place, claimed) in all.enumerated() {
                    group.addTask {
                        var result = World.processed(score: 5_000, skills: [], claimed.job)
                        // More than a document of MongoDB may hold.
                        if place == 3 { result.document?.text = String(repeating: "x", count: 17 << 20) }
                        return await Task { try await world.queue.complete(claimed.lease, result) }.result.isFailure
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == 1)
            #expect(try await world.current(job).counters.completed == 5)
            try await world.expectConsistent()
        }
    }

    @Test func `many workers of several servers count a hot job exactly`() async throws {
        try await World.with(threads: 8) { world in
            let job = try await world.job()
            _ = try await world.register(60, in: job)
            let batch = try await world.batch(.registered, of: job)
            // Each server has a writer of its own, so their transactions meet on the job.
            let servers = (0..<3).map { _ in MongoProcessingQueue(world.workers) { World.start } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<9 {
                    group.addTask {
                        let queue = servers[worker % 3]
                        while let claimed = try await queue.claim() {
                            let score = Int.random(in: 0...10_000)
                            try await queue.complete(
                                claimed.lease,
                                World.processed(score: score, skills: ["Baking"], claimed.job)
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await world.current(batch).completed == 60)
            #expect(try await world.current(job).skillCoverage[0].resumes == 60)
            try await world.expectConsistent()
        }
    }

    @Test func `whoever follows the rows by their times sees each in its last state`() async throws {
        try await World.with(threads: 8) { world in
            let job = try await world.job()
            _ = try await world.register(40, in: job)
            var query = ResumeQuery(job: job.id)
            query.order = .lastUpdatedAt
            query.page.limit = 5
            _ = try await world.batch(.registered, of: job)
            // Their clocks differ.
            let servers = [0, 40, -70].map { skew in
                MongoProcessingQueue(world.workers) { World.start.advanced(by: .milliseconds(skew)) }
            }
            let working = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for server in servers {
                        group.addTask {
                            while let claimed = try await server.claim() {
                                let result = World.processed(score: 5_000, skills: [], claimed.job)
                                try await server.complete(claimed.lease, result)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            var seen: [ObjectID: ResumeStatus] = [:]
            var completedWhenWorkEnded = 0
            while true {
                let isOver = try await world.current(job).counters.completed == 40
                let page = try await world.resumes.resumes([query], of: world.anna)[0]
                for row in page.rows { seen[row.id] = row.status }
                if let last = page.rows.last { query.page.after = query.cursor(of: last) }
                if isOver, page.rows.isEmpty { break }
                completedWhenWorkEnded = seen.values.count { $0 == .completed }
            }
            try await working.value
            #expect(completedWhenWorkEnded == 40 && seen.count == 40)
        }
    }

    @Test func `what may succeed later is tried again after a growing while, and then no more`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            let batch = try await world.batch(.registered, of: job)
            var waits: [Int64] = []
            for attempt in 1...RetryPolicy.maxRetries {
                let claimed = try #require(try await world.queue.claim())
                try await world.queue.fail(claimed.lease, Self.late)
                let resume = try await world.all(job)[0]
                #expect(resume.status == .queued && resume.attempts == attempt && resume.failure?.error == Self.late)
                let next = try #require(resume.failure?.nextAttemptAt)
                waits.append(next.milliseconds - world.clock.now.milliseconds)
                #expect(try await world.queue.claim() == nil)
                #expect(try await world.current(batch).failed == 0)
                world.clock.advance(by: .milliseconds(waits[attempt - 1]))
                try await world.expectConsistent()
            }
            #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 < $1 } && (3_750...6_250).contains(waits[0]))
            let last = try #require(try await world.queue.claim())
            try await world.queue.fail(last.lease, Self.late)
            let resume = try await world.all(job)[0]
            #expect(resume.status == .failed && resume.failure?.nextAttemptAt == nil && resume.stage == .fetch)
            #expect(try await world.current(batch).status == .completed)

            // A batch of the failed ones begins anew.
            _ = try await world.batch(.failed, of: job)
            let again = try #require(try await world.queue.claim())
            try await world.queue.complete(again.lease, World.processed(score: 1, skills: [], again.job))
            let done = try await world.all(job)[0]
            #expect(done.status == .completed && done.failure == nil && done.attempts == 1)
            try await world.expectConsistent()
        }
    }

    @Test func `what is given back can be claimed at once`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            _ = try await world.batch(.registered, of: job)
            let claimed = try #require(try await world.queue.claim())
            try await world.queue.release(claimed.lease)
            #expect(try await world.all(job)[0].status == .queued)
            #expect(try await world.queue.claim() != nil)
            #expect(try await world.all(job)[0].attempts == 1)
        }
    }

    @Test func `what was begun in a batch that was cancelled since is put back where its worker stops or is lost`()
        async throws
    {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            _ = try await world.batch(.registered, of: job)
            let broken = try #require(try await world.queue.claim())
            try await world.queue.fail(broken.lease, Self.broken)
            #expect(try await world.complete() == 1)
            _ = try await world.register(2, in: job, prefix: "new")
            func states() async throws -> [String] {
                try await world.all(job).sorted { $0.id < $1.id }.map {
                    "\($0.status) \($0.attempts) \($0.stage as Any) \($0.failure as Any) \($0.result?.finalScore as Any)"
                }
            }
            let before = try await states()
            let batch = try await world.batch(.resumes(try await world.all(job).map(\.id)), of: job)
            var leases: [ResumeLease] = []
            while let claimed = try await world.queue.claim() { leases.append(claimed.lease) }
            let cancelled = try #require(
                try await world.batches.cancel(batch.id, of: world.anna, at: world.clock.now)
            )
            #expect(leases.count == 4 && cancelled.cancelled == 0 && cancelled.finishedAt == nil)
            let stopping = leases
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lease in stopping.prefix(2) { group.addTask { try await world.queue.release(lease) } }
                try await group.waitForAll()
            }
            #expect(try await world.queue.claim() == nil)
            #expect(try await world.current(batch).cancelled == 2)
            try await world.expectConsistent()
            // The server of the others was killed.
            world.clock.advance(by: MongoProcessingQueue.leaseDuration + .seconds(1))
            #expect(try await world.queue.claim() == nil)
            let ended = try await world.current(batch)
            #expect(ended.status == .cancelled && ended.cancelled == 4 && ended.finishedAt != nil)
            #expect(try await states() == before)
            try await world.expectConsistent()
        }
    }

    @Test func `what is given back is told of, also where the process ends right after`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(8, in: job)
            let batch = try await world.batch(.registered, of: job)
            let other = try world.another()
            let queue = MongoProcessingQueue(other) { world.clock.now }
            var leases: [ResumeLease] = []
            while let claimed = try await queue.claim() { leases.append(claimed.lease) }
            world.clock.advance(by: .seconds(1))
            await withDiscardingTaskGroup { group in
                for lease in leases { group.addTask { try? await queue.release(lease) } }
            }
            await other.shutDown()
            let now = world.clock.now
            let rows = try await world.all(job)
            #expect(rows.count == 8 && rows.allSatisfy { $0.status == .queued && $0.attempts == 0 && $0.stage == nil })
            #expect(rows.allSatisfy { $0.lastUpdatedAt >= now })
            #expect(try await world.current(job).lastUpdatedAt >= now)
            #expect(try await world.current(batch).lastUpdatedAt >= now)
            try await world.expectConsistent()
        }
    }

    @Test func `stale resumes are scored from what is stored`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(3, in: job)
            _ = try await world.batch(.registered, of: job)
            _ = try await world.complete()
            _ = try await world.register(1, in: job, prefix: "new")
            _ = try await world.jobs.update(job.id, of: world.anna, at: World.start) { $0.content.title = "Chef" }
            let batch = try await world.batch(.stale, of: job)
            #expect(batch.total == 3)
            let waiting = try await world.current(job).counters
            #expect(waiting.completed == 0 && waiting.queued == 3 && waiting.histogram == JobCounters().histogram)
            // What was found out stays to be seen.
            #expect(try await world.all(job).filter { $0.status == .queued }.allSatisfy { $0.result != nil })
            try await world.expectConsistent()
            let claimed = try #require(try await world.queue.claim())
            guard case .text(let document, let vectors) = claimed.material else { throw World.Unexpected() }
            #expect(document.text == "x" && vectors?.parts == [[0.25, -1]] && claimed.job.title == "Chef")
            var result = World.processed(score: 7_000, skills: ["Baking"], claimed.job)
            result.document = nil
            result.vectors = nil
            try await world.queue.complete(claimed.lease, result)
            #expect(try await world.complete() == 2)
            #expect(try await world.current(batch).status == .completed)
            #expect(try await world.batch(.stale, of: job).total == 0)
            try await world.expectConsistent()
        }
    }

    @Test func `a file that breaks its worker each time is given up`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            _ = try await world.batch(.registered, of: job)
            for _ in 0..<RetryPolicy.maxAttempts {
                #expect(try await world.queue.claim() != nil)
                world.clock.advance(by: MongoProcessingQueue.leaseDuration + .seconds(1))
            }
            let claimed = try #require(try await world.queue.claim())
            guard case .nothing(let error) = claimed.material else { throw World.Unexpected() }
            try await world.queue.fail(claimed.lease, error)
            #expect(try await world.all(job)[0].status == .failed)
        }
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}

/// Bytes that came in pieces.
private final class Collected: @unchecked Sendable {  // used by one task
    private(set) var bytes: [UInt8] = []
    func add(_ piece: [UInt8]) { bytes += piece }
}
