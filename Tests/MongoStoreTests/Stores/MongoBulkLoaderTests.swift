import Dispatch
import Foundation
import Pipeline
import Schema
import Synchronization
import Testing

@testable import MongoStore

@Suite struct MongoBulkLoaderTests {
    private func draft(_ world: World) -> StoredJob {
        var content = JobContent(title: "Cook", description: "Cooks dishes.")
        content.requirements.requiredSkills = ["Baking"]
        return StoredJob(
            id: ObjectID(at: world.clock.now),
            recruiterID: world.anna,
            content: content,
            createdAt: world.clock.now
        )
    }

    /// The resume of a number, with contents of its own.
    private func resume(_ number: Int, sha256: String? = nil) -> LoadedResume {
        var processed = World.processed(
            score: 1_000 + number % 50 * 100,
            skills: ["Baking"],
            name: "Jane \(number)",
            Job(title: "Cook", description: "")
        )
        if number % 2 == 1 {
            processed.document = nil
            processed.vectors = nil
        }
        return LoadedResume(
            file: ResumeFile(
                name: "\(number).pdf",
                mediaType: "application/pdf",
                byteCount: number,
                sha256: sha256 ?? Digest.sha256(Array("\(number)".utf8)),
                storeID: nil
            ),
            createdAt: World.start.advanced(by: .seconds(-20)),
            processedAt: World.start.advanced(by: .seconds(-10)),
            processed: processed
        )
    }

    @Test func `a job comes with its resumes, and everything is counted`() async throws {
        try await World.with { world in
            let told = Mutex(0)
            let job = try await MongoBulkLoader(world.workers).load(draft(world), count: 1_203) {
                resume($0)
            } onProgress: {
                count in
                told.withLock { $0 += count }
            }
            #expect(told.withLock { $0 } == 1_203)
            #expect(try await world.current(job) == job)
            #expect(job.counters.total == 1_203 && job.counters.completed == 1_203)
            #expect(job.counters.histogram.reduce(0, +) == 1_203)
            try await world.expectConsistent()
            #expect(try await world.count(Collections.texts) == 602)
            #expect(try await world.count(Collections.embeddings) == 602)
            #expect(try await world.count(Collections.erasures) == 0)
        }
    }

    @Test func `a resume reads as one that a worker brought back`() async throws {
        try await World.with { world in
            let job = try await MongoBulkLoader(world.workers).load(draft(world), count: 1) { resume($0) }
            let loaded = try #require(try await world.all(job, parts: .all).first)
            #expect(loaded.status == .completed && loaded.attempts == 1)
            #expect(loaded.result == ScreeningResult(resume(0).processed.screened))
            let id = try #require(loaded.batchID)
            let batch = try #require(try await world.batches.batches([id], of: world.anna).first)
            #expect(batch.status == .completed && batch.completed == 1 && batch.finishedAt != nil && !batch.isFilling)
            #expect(try await world.resumes.ranks([ScorePlace(job: job.id, score: 1_000)]) == [1])
        }
    }

    @Test func `what fails leaves nothing, and what was there stays`() async throws {
        try await World.with { world in
            let kept = try await MongoBulkLoader(world.workers).load(draft(world), count: 3) { resume($0) }
            await #expect(throws: MongoError.self) {
                // A job has a content once.
                _ = try await MongoBulkLoader(world.workers).load(draft(world), count: 2) { resume($0, sha256: "same") }
            }
            #expect(try await world.count(Collections.jobs) == 1)
            #expect(try await world.count(Collections.resumes) == 3)
            #expect(try await world.count(Collections.erasures) == 0)
            #expect(try await world.all(kept).count == 3)
            try await world.expectConsistent()
        }
    }

    @Test func `a job that was brought in whole stays, also where nobody was told so`() async throws {
        try await World.with { world in
            let job = draft(world)
            var whole = job
            whole.counters.total = 2
            let inserted = whole
            await #expect(throws: MongoBulkLoader.TookTooLong.self) {
                _ = try await MongoBulkLoader(world.workers).load(job, count: 2) {
                    resume($0)
                } onProgress: { _ in
                    // As a transaction that was committed, and whose answer was lost.
                    let isDone = DispatchSemaphore(value: 0)
                    Task {
                        try? await world.jobs.insert(inserted)
                        try? await world.workers.withClient { client in
                            _ = try client.write([
                                "delete": .string(Collections.erasures.name),
                                "deletes": [["q": ["_id": .objectID(job.id)], "limit": 1]],
                            ])
                        }
                        isDone.signal()
                    }
                    isDone.wait()
                }
            }
            let left = [try await world.count(Collections.erasures), try await world.all(job).count]
            #expect(left == [0, 2])
        }
    }

    @Test func `the upkeep leaves alone what is being loaded, and takes it a day later`() async throws {
        try await World.with { world in
            let job = draft(world)
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            try await MongoBulkLoader(world.workers).announce(job.id, until: World.start.advanced(by: .seconds(86_400)))
            #expect(try await upkeep.run(at: World.start.advanced(by: .seconds(3_600))).erasedJobs == 0)
            #expect(try await upkeep.run(at: World.start.advanced(by: .seconds(86_500))).erasedJobs == 1)
        }
    }
}
