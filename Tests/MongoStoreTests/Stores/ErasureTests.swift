import Dispatch
import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore

/// What is erased is nowhere any more: looked for in every byte of every collection.
@Suite struct ErasureTests {
    private static let marker = "Quizzaciously"

    /// Names of the collections that hold the marker, be it in parts of files.
    private func collectionsWithMarker(_ world: World) async throws -> [String] {
        try await world.workers.withClient { client in
            let reply = try client.read(["listCollections": 1, "nameOnly": true])
            let names = try reply.document("cursor").array("firstBatch") { try $0.document()?.string("name") }
            // In order, and as it stands in vectors of bytes and in texts alike.
            let wanted = Array(Self.marker.utf8)
            return try names.filter { !$0.hasPrefix("system.") }.filter { name in
                try client.find(name, [:]).contains { document in
                    let bytes = Array(document.bytes)
                    return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
                }
            }.sorted()
        }
    }

    /// A resume that has gone all the way, with the marker wherever a text can be.
    private func completed(in job: StoredJob, _ number: Int, _ world: World) async throws -> StoredResume {
        let file = try await world.file("\(Self.marker) content \(number)", named: "\(Self.marker) \(number).txt")
        let outcome = try #require(
            try await world.resumes.register([ResumeFile(file)], in: job.id, of: world.anna, at: world.clock.now)
        )
        guard case .registered(let resume) = outcome.resumes[0] else { throw World.Unexpected() }
        _ = try await world.batch(.registered, of: job, key: "key \(number)")
        let claimed = try #require(try await world.queue.claim())
        var result = World.processed(score: 4_000, skills: [Self.marker], name: Self.marker, claimed.job)
        result.document?.text = Self.marker
        try await world.queue.complete(claimed.lease, result)
        let decision = Decision(
            outcome: .hold,
            note: Self.marker,
            decidedBy: world.anna,
            decidedAt: world.clock.now
        )
        return try #require(try await world.resumes.decide(resume.id, of: world.anna, decision))
    }

    @Test func `nothing is left of a deleted resume, be its file here or elsewhere`() async throws {
        try await World.with { world in
            let job = try await world.job(["Baking"])
            let stored = try await completed(in: job, 1, world)
            let foreign = ResumeFile(
                name: "\(Self.marker).txt",
                mediaType: "text/plain",
                byteCount: 9,
                sha256: nil,
                storeID: nil,
                url: "https://files.example/\(Self.marker)",
                claimedSHA256: String(repeating: "a", count: 64)
            )
            let outcome = try #require(
                try await world.resumes.register([foreign], in: job.id, of: world.anna, at: world.clock.now)
            )
            guard case .registered(let elsewhere) = outcome.resumes[0] else { throw World.Unexpected() }
            #expect(try await collectionsWithMarker(world) == ["files.chunks", "files.files", "resumes", "texts"])
            for resume in [stored, elsewhere] {
                #expect(try await world.resumes.delete(resume.id, of: world.anna, at: world.clock.now) != nil)
            }
            #expect(try await collectionsWithMarker(world) == [])
            #expect(try await world.count(Collections.embeddings) == 0)
            #expect(try await world.current(job).counters == JobCounters.empty(after: try await world.current(job)))
            try await world.expectConsistent()
        }
    }

    @Test func `nothing is left of a deleted job`() async throws {
        try await World.with { world in
            let job = try await world.job([Self.marker])
            for number in 0..<3 { _ = try await completed(in: job, number, world) }
            // One that is in the middle of it, and one that waits.
            _ = try await world.register(2, in: job, prefix: Self.marker)
            _ = try await world.batch(.registered, of: job)
            let claimed = try #require(try await world.queue.claim())
            #expect(try await world.jobs.delete(job.id, of: world.anna, at: world.clock.now))
            #expect(try await collectionsWithMarker(world) == [])
            // What comes back late finds nothing to write to.
            var late = World.processed(score: 4_000, skills: [Self.marker], name: Self.marker, claimed.job)
            late.document?.text = Self.marker
            try await world.queue.complete(claimed.lease, late)
            #expect(try await collectionsWithMarker(world) == [])
            for collection in [Collections.embeddings, Collections.batches, Collections.scoreCounts] {
                #expect(try await world.count(collection) == 0)
            }
            // What was done stays known.
            #expect(try await world.events(job).last?.action == .jobDeleted)
            try await world.expectConsistent()
        }
    }

    @Test func `a resume that is deleted while its job is being erased takes its file along`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let resume = try await world.register(2, in: job)[0]
            let isDeleted = try await world.interrupting { other in
                try await MongoJobStore(other).delete(job.id, of: world.anna, at: world.clock.now)
            } by: {
                let job = try await world.resumes.delete(resume.id, of: world.anna, at: world.clock.now)
                #expect(job == nil)
            }
            #expect(isDeleted)
            for collection in [Collections.resumes, Collections.files, Collections.chunks] {
                #expect(try await world.count(collection) == 0)
            }
        }
    }

    @Test func `a file that is being erased with its resume is not registered or written again`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let file = world.newFile()
            let stored = try await world.files.write(file, world.pieces([[1]]))
            let now = world.clock.now
            let outcome = try await world.resumes.register([ResumeFile(stored)], in: job.id, of: world.anna, at: now)
            guard case .registered(let resume)? = outcome?.resumes.first else { throw World.Unexpected() }
            _ = try await world.interrupting { other in
                try await MongoResumeStore(other).delete(resume.id, of: world.anna, at: now)
            } by: {
                #expect(try await world.files.files([stored.id], of: world.anna).isEmpty)
                let again = try await world.resumes.register(
                    [ResumeFile(stored)],
                    in: job.id,
                    of: world.anna,
                    at: now
                )
                #expect(again?.resumes == [.unavailable])
                var late = file
                late.createdAt = now.advanced(by: .seconds(301))
                let retried = late
                await #expect(throws: FileRefusal.alreadyWritten) {
                    try await world.files.write(retried, world.pieces([[2]]))
                }
                // Should that be broken off.
                let upkeep = MongoUpkeep(world.workers, batches: world.batches)
                #expect(try await upkeep.run(at: now).erasedFiles == 1)
            }
            #expect(try await world.count(Collections.files) == 0)
            try await world.expectConsistent()
        }
    }

    @Test func `resumes are erased once they are older than their job keeps them`() async throws {
        try await World.with { world in
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            let (kept, brief) = (try await world.job(), try await world.job())
            let change: @Sendable (inout StoredJob) -> Void = { $0.content.retentionDays = 30 }
            let changed = try await world.jobs.update(brief.id, of: world.anna, at: world.clock.now, change)
            #expect(changed?.content.retentionDays == 30 && changed?.revision == 1)
            _ = try await world.register(2, in: kept)
            _ = try await completed(in: brief, 1, world)
            let old = try await world.register(2, in: brief)
            world.clock.advance(by: .seconds(10 * 86_400))
            let young = try await world.register(1, in: brief, prefix: "young")
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 0)

            // What is being processed is left until it is through.
            _ = try await world.batch(.resumes([old[0].id]), of: brief)
            let claimed = try #require(try await world.queue.claim())
            world.clock.advance(by: .seconds(21 * 86_400))
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 2)
            #expect(Set(try await world.all(brief).map(\.id)) == [old[0].id, young[0].id])
            #expect(try await world.queue.renew(claimed.lease, stage: .embed))
            try await world.queue.complete(
                claimed.lease,
                World.processed(score: 3_000, skills: ["Baking"], claimed.job)
            )
            world.clock.advance(by: .seconds(61))
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 1)
            #expect(try await world.all(brief).map(\.id) == [young[0].id])
            #expect(try await collectionsWithMarker(world) == [])

            world.clock.advance(by: .seconds(10 * 86_400))
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 1)
            #expect(try await world.all(kept).count == 2)
            try await world.expectConsistent()
        }
    }

    @Test func `a job that keeps its resumes again loses none, one that keeps them shorter loses them soon`()
        async throws
    {
        try await World.with { world in
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            let job = try await world.job()
            _ = try await world.register(1, in: job)
            func keep(_ days: Int?) async throws {
                let change: @Sendable (inout StoredJob) -> Void = { $0.content.retentionDays = days }
                _ = try await world.jobs.update(job.id, of: world.anna, at: world.clock.now, change)
            }
            try await keep(10)
            try await keep(nil)
            world.clock.advance(by: .seconds(11 * 86_400))
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 0)
            try await keep(100)
            #expect(try await upkeep.run(at: world.clock.now).erasedResumes == 0)
            try await keep(11)
            #expect(try await upkeep.run(at: world.clock.now.advanced(by: .seconds(1))).erasedResumes == 1)
            try await world.expectConsistent()
        }
    }

    @Test(arguments: [nil, 3_650])
    func `a job that keeps its resumes longer loses no more of them, also while they are being erased`(
        days: Int?
    ) async throws {
        try await World.with { world in
            let job = try await world.job()
            let keep: @Sendable (Int?) async throws -> Void = { days in
                let change: @Sendable (inout StoredJob) -> Void = { $0.content.retentionDays = days }
                _ = try await world.jobs.update(job.id, of: world.anna, at: world.clock.now, change)
            }
            try await keep(30)
            _ = try await world.register(8, in: job)
            world.clock.advance(by: .seconds(31 * 86_400))
            // Another server erases, and is held up after the third while the recruiter changes the job.
            let other = try world.another()
            let commits = Atomic(0)
            other.onChange { _ in
                guard commits.add(1, ordering: .relaxed).newValue == 3 else { return }
                let isKept = DispatchSemaphore(value: 0)
                Task {
                    try? await keep(days)
                    isKept.signal()
                }
                isKept.wait()
            }
            let erased = await Task { try await RetentionEraser(other).run(at: world.clock.now) }.result
            await other.shutDown()
            #expect(try erased.get() == 3)
            #expect(try await world.current(job).content.retentionDays == days)
            #expect(try await world.all(job).count == 5)
            try await world.expectConsistent()
        }
    }

    @Test func `several servers erase old resumes once, in many portions`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let change: @Sendable (inout StoredJob) -> Void = { $0.content.retentionDays = 1 }
            _ = try await world.jobs.update(job.id, of: world.anna, at: world.clock.now, change)
            _ = try await world.register(230, in: job)
            world.clock.advance(by: .seconds(2 * 86_400))
            let now = world.clock.now
            let erased = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask { try await RetentionEraser(world.workers).run(at: now) }
                }
                return try await group.reduce(0, +)
            }
            #expect(erased == 230)
            #expect(try await world.current(job).counters.total == 0)
            try await world.expectConsistent()
        }
    }
}

extension JobCounters {
    /// Nothing counted any more; skills that were counted once stay, with none.
    fileprivate static func empty(after job: StoredJob) -> JobCounters {
        var counters = JobCounters()
        counters.skills = job.counters.skills.mapValues { _ in 0 }
        return counters
    }
}
