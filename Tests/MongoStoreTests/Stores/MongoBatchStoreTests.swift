import Pipeline
import Schema
import Testing

@testable import MongoStore

@Suite struct MongoBatchStoreTests {
    @Test func `a key means one batch, also when it comes twice at the same instant`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(5, in: job)
            let request = BatchRequest(job: job.id, target: .registered, idempotencyKey: "k")
            let made = try await withThrowingTaskGroup(of: BatchCreation.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await world.batches.create(request, of: world.anna, at: World.start) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var ids: Set<ObjectID> = []
            var fresh = 0
            for case .made(let batch, let isReplayed) in made {
                ids.insert(batch.id)
                if !isReplayed { fresh += 1 }
            }
            #expect(ids.count == 1 && fresh == 1)
            #expect(try await world.current(job).counters.queued == 5)
            var other = request
            other.target = .failed
            #expect(try await world.batches.create(other, of: world.anna, at: World.start) == .otherRequest)
            // Someone else's key is another key, and so is the same key a day later.
            let theirs = try await world.job(of: world.ben)
            guard
                case .made(_, isReplayed: false) = try await world.batches.create(
                    BatchRequest(job: theirs.id, target: .registered, idempotencyKey: "k"),
                    of: world.ben,
                    at: World.start
                )
            else { throw World.Unexpected() }
            let tomorrow = World.start.advanced(by: .seconds(24 * 3600))
            guard
                case .made(let later, isReplayed: false) = try await world.batches.create(
                    request,
                    of: world.anna,
                    at: tomorrow
                )
            else { throw World.Unexpected() }
            #expect(!ids.contains(later.id))
            try await world.expectConsistent()
        }
    }

    @Test func `two batches share no resume`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let resumes = try await world.register(40, in: job).map(\.id)
            let totals = try await withThrowingTaskGroup(of: Int.self) { group in
                for offset in 0..<4 {
                    let target = BatchTarget.resumes(Array(resumes[(offset * 5)..<(offset * 5 + 25)]))
                    group.addTask { try await world.batch(target, of: job).total }
                }
                return try await group.reduce(0, +)
            }
            #expect(totals == 40)
            #expect(try await world.current(job).counters.queued == 40)
            try await world.expectConsistent()
        }
    }

    @Test func `what is no resume of the job is named`() async throws {
        try await World.with { world in
            let (job, other) = (try await world.job(), try await world.job())
            let mine = try await world.register(1, in: job)[0].id
            let stranger = try await world.register(1, in: other)[0].id
            let request = BatchRequest(job: job.id, target: .resumes([mine, stranger]), idempotencyKey: nil)
            #expect(try await world.batches.create(request, of: world.anna, at: World.start) == .noResumes([stranger]))
            #expect(try await world.current(job).counters.queued == 0)
        }
    }

    @Test func `a key means the same batch, also when a resume is gone that it named`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let ids = try await world.register(2, in: job).map(\.id)
            let batch = try await world.batch(.resumes(ids), of: job, key: "k")
            _ = try await world.resumes.delete(ids[0], of: world.anna, at: world.clock.now)
            let request = BatchRequest(job: job.id, target: .resumes(ids), idempotencyKey: "k")
            guard
                case .made(let again, isReplayed: true) = try await world.batches.create(
                    request,
                    of: world.anna,
                    at: world.clock.now
                )
            else { throw World.Unexpected() }
            #expect(again.id == batch.id)
        }
    }

    @Test func `a quota is charged with what will be read, and with nothing else`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            _ = try await world.batch(.registered, of: job)
            #expect(try await world.complete() == 2)
            _ = try await world.jobs.update(job.id, of: world.anna, at: world.clock.now) { $0.content.title = "Chef" }
            // Scored again from their texts.
            #expect(try await world.batch(.stale, of: job).total == 2)
            let ids = try await world.register(2, in: job, prefix: "new").map(\.id)
            func create(_ target: BatchTarget, quota: Int) async throws -> BatchCreation {
                let request = BatchRequest(job: job.id, target: target, idempotencyKey: nil, quota: quota)
                return try await world.batches.create(request, of: world.anna, at: world.clock.now)
            }
            #expect(try await create(.registered, quota: 3) == .overQuota(asked: 2, left: 1))
            guard case .made(let batch, _) = try await create(.resumes(ids), quota: 4) else {
                throw World.Unexpected()
            }
            #expect(batch.total == 2)
            // They wait already.
            guard case .made(let empty, _) = try await create(.resumes(ids), quota: 4) else { throw World.Unexpected() }
            #expect(empty.total == 0)
            _ = try await world.register(1, in: job, prefix: "last")
            #expect(try await create(.registered, quota: 4) == .overQuota(asked: 1, left: 0))
            try await world.expectConsistent()
        }
    }

    @Test func `what a quota is charged with is told without batches that are through`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let ids = try await world.register(2, in: job).map(\.id)
            for _ in 0..<3 {
                _ = try await world.batch(.resumes(ids), of: job)
                #expect(try await world.complete() == 2)
            }
            for title in ["Chef", "Baker"] {
                _ = try await world.jobs.update(job.id, of: world.anna, at: world.clock.now) {
                    $0.content.title = title
                }
                #expect(try await world.batch(.stale, of: job).total == 2)
                if title == "Chef" { #expect(try await world.complete() == 2) }
            }
            _ = try await world.register(1, in: job, prefix: "new")
            let database = try await world.workers.withClient { client in
                _ = try client.read(["profile": 2])
                return client.database
            }
            let request = BatchRequest(job: job.id, target: .registered, idempotencyKey: nil, quota: 8)
            let answer = try await world.batches.create(request, of: world.anna, at: world.clock.now)
            // The helper above reads a file each time; two that wait are scored again from their texts.
            #expect(answer == .overQuota(asked: 1, left: 0))
            let reads = try await world.workers.withClient { client in
                _ = try client.read(["profile": 0])
                return try client.find(
                    "system.profile",
                    ["ns": .string("\(database).batches"), "command.filter.recruiterId": ["$exists": true]]
                ).map { try $0.int("docsExamined") }
            }
            #expect(reads.sorted() == [0, 1])
        }
    }

    @Test func `a batch ends no earlier than it last changed, whatever the clocks say`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            let batch = try await world.batch(.registered, of: job)
            let ahead = world.clock.now.advanced(by: .seconds(5))
            try await world.workers.withClient { client in
                _ = try client.write([
                    "update": .string(Collections.batches.name),
                    "updates": [["q": ["_id": .objectID(batch.id)], "u": ["$set": ["lastUpdatedAt": .time(ahead)]]]],
                ])
            }
            #expect(try await world.complete() == 1)
            let ended = try await world.current(batch)
            #expect(ended.finishedAt == ahead && ended.lastUpdatedAt == ahead)
        }
    }

    @Test func `cancelling puts back what has not begun, and lets the rest end`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            _ = try await world.batch(.registered, of: job)
            _ = try await world.complete { $0 == 0 ? 9_000 : 1_000 }
            _ = try await world.register(2, in: job, prefix: "new")
            let before = try await world.all(job)
            let batch = try await world.batch(.resumes(before.map(\.id)), of: job)
            #expect(batch.total == 4)
            let claimed = try #require(try await world.queue.claim())
            let cancelled = try #require(try await world.batches.cancel(batch.id, of: world.anna, at: World.start))
            // It runs until what had begun has ended.
            #expect(cancelled.status != .cancelled && cancelled.cancelled == 3 && cancelled.finishedAt == nil)
            try await world.expectConsistent()
            #expect(try await world.queue.claim() == nil)
            // One that may be tried again is not: nothing of a cancelled batch begins.
            try await world.queue.fail(
                claimed.lease,
                PipelineError(.timedOut, "late", stage: .extract, retryable: true)
            )
            let ended = try await world.current(batch)
            #expect(ended.finishedAt != nil && ended.status == .cancelled && ended.failed == 1)
            let after = try await world.all(job)
            #expect(after.filter { $0.status == .failed }.count == 1)
            #expect(after.filter { $0.status == .completed }.allSatisfy { $0.rankKey < StoredResume.unranked })
            try await world.expectConsistent()
            let again = try #require(try await world.batches.cancel(batch.id, of: world.anna, at: World.start))
            #expect(again == ended)
        }
    }

    @Test func `cancelling and completing at once lose nothing`() async throws {
        try await World.with(threads: 6) { world in
            let job = try await world.job()
            for round in 0..<3 {
                _ = try await world.register(20, in: job, prefix: "round \(round)")
                let batch = try await world.batch(.registered, of: job)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<3 { group.addTask { _ = try await world.complete() } }
                    group.addTask { _ = try await world.batches.cancel(batch.id, of: world.anna, at: World.start) }
                    try await group.waitForAll()
                }
                let ended = try await world.current(batch)
                #expect(ended.completed + ended.cancelled == ended.total && ended.finishedAt != nil, "\(ended)")
                try await world.expectConsistent()
            }
        }
    }

    @Test func `what a server that died left half done is taken up`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(3, in: job)
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            // Died after the batch was made, before its resumes were marked.
            let half = StoredBatch(
                id: ObjectID(at: World.start),
                recruiterID: world.anna,
                jobID: job.id,
                createdAt: World.start
            )
            try await world.workers.withClient { client in
                _ = try client.write([
                    "insert": "batches",
                    "documents": .array([.document(try BatchDocument.encode(half, .registered).fields)]),
                ])
            }
            #expect(try await upkeep.run(at: World.start) == MongoUpkeep.Report())
            world.clock.advance(by: .seconds(40))
            #expect(try await upkeep.run(at: world.clock.now).filledBatches == 1)
            let filled = try await world.current(half)
            #expect(filled.total == 3 && !filled.isFilling)
            // Died after the batch was marked as cancelled, before its resumes were.
            try await world.workers.withClient { client in
                _ = try client.write([
                    "update": "batches",
                    "updates": [
                        [
                            "q": ["_id": .objectID(half.id)],
                            "u": ["$set": ["isCancelled": true, "isCancelling": true]],
                        ]
                    ],
                ])
            }
            world.clock.advance(by: .seconds(40))
            #expect(try await upkeep.run(at: world.clock.now).stoppedBatches == 1)
            let ended = try await world.current(half)
            #expect(ended.cancelled == 3 && ended.finishedAt != nil && ended.status == .cancelled)
            #expect(try await world.all(job).allSatisfy { $0.status == .registered })
            try await world.expectConsistent()
        }
    }
}

extension BSONDocument {
    fileprivate var fields: [(key: String, value: BSONValue)] {
        get throws {
            guard case .document(let fields) = try value() else { throw BSONError("no document") }
            return fields
        }
    }
}
