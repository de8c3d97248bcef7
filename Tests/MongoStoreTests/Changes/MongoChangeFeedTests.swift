import Foundation
import Schema
import Synchronization
import Testing

@testable import MongoStore

@Suite struct MongoChangeFeedTests {
    private var late: ContinuousClock.Instant { .now + .seconds(20) }

    /// Two processes on one database, as far as MongoDB can tell: the world's, and one that follows.
    private func withFollower(
        _ body: (World, MongoChangeFeed, AsyncStream<MongoChangeFeed.Event>) async throws -> Void
    ) async throws {
        try await World.with { world in
            let other = try world.another()
            let (events, continuation) = AsyncStream.makeStream(of: MongoChangeFeed.Event.self)
            let feed = MongoChangeFeed(other) { continuation.yield($0) }
            feed.start()
            do {
                try await body(world, feed, events)
                await other.shutDown()
            } catch {
                await other.shutDown()
                throw error
            }
        }
    }

    private func waitUntilOpen(_ events: AsyncStream<MongoChangeFeed.Event>) async {
        for await event in events { if case .opened = event { return } }
    }

    @Test func `changes of another process are told, of a job and of a batch`() async throws {
        try await withFollower { world, feed, events in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            let batch = try await world.batch(.registered, of: job)
            await waitUntilOpen(events)
            let (ofJob, ofBatch) = (feed.watch([.job(job.id)]), feed.watch([.batch(batch.id)]))
            _ = try await world.complete()
            #expect(await ofJob.next(until: late) == .changed)
            #expect(await ofBatch.next(until: late) == .changed)
            let deleted = feed.watch([.job(job.id)])
            _ = try await world.jobs.delete(job.id, of: world.anna, at: world.clock.now)
            #expect(await deleted.next(until: late) == .changed)
        }
    }

    @Test func `changes of this process are told once they are committed, without a stream`() async throws {
        try await World.with { world in
            let feed = MongoChangeFeed(world.workers)
            let job = try await world.job()
            let watch = feed.watch([.job(job.id)])
            _ = try await world.register(1, in: job)
            // Told before the call came back: no wait is needed.
            #expect(await watch.next(until: .now) == .changed)
            let before = try await feed.versions(of: [.job(job.id)], of: world.anna)
            _ = try await world.jobs.update(job.id, of: world.anna, at: world.clock.now) { $0.content.title = "Chef" }
            #expect(await watch.next(until: .now) == .changed)
            let after = try await feed.versions(of: [.job(job.id)], of: world.anna)
            #expect(try #require(before[.job(job.id)]) < #require(after[.job(job.id)]))
            #expect(try await feed.versions(of: [.job(job.id)], of: world.ben).isEmpty)
        }
    }

    @Test func `a stream that breaks opens again, and wakes everybody`() async throws {
        try await withFollower { world, feed, events in
            await waitUntilOpen(events)
            let quiet = feed.watch([.job(ObjectID.least)])
            // Ends every stream on the database.
            try await world.workers.withClient { _ = try $0.write(["dropDatabase": 1]) }
            await waitUntilOpen(events)
            #expect(await quiet.next(until: late) == .changed)
            try await world.workers.prepareDatabase(at: world.clock.now)
            let job = try await world.job()
            let watch = feed.watch([.job(job.id)])
            _ = try await world.register(1, in: job)
            #expect(await watch.next(until: late) == .changed)
        }
    }

    @Test(arguments: [Collections.jobs.name, Collections.batches.name])
    func `an event that cannot be read wakes everybody, and the stream goes on`(
        collection: String
    ) async throws {
        try await withFollower { world, feed, events in
            await waitUntilOpen(events)
            let job = try await world.job()
            for id in ["by", "hand"] {
                let quiet = feed.watch([.job(ObjectID.least)])
                try await world.workers.withClient { client in
                    _ = try client.write([
                        "insert": .string(collection), "documents": [["_id": .string(id)]],
                        "bypassDocumentValidation": true,
                    ])
                }
                #expect(await quiet.next(until: late) == .changed)
            }
            let watch = feed.watch([.job(job.id)])
            _ = try await world.register(1, in: job)
            #expect(await watch.next(until: late) == .changed)
            var told = events.makeAsyncIterator()
            for _ in 0..<2 {
                let event = await told.next()
                guard case .unreadable = event else {
                    Issue.record("the stream did not go on: \(String(describing: event))")
                    return
                }
            }
        }
    }

    @Test func `versions cost a few bytes of one document`() async throws {
        try await World.with { world in
            let feed = MongoChangeFeed(world.workers)
            let job = try await world.job()
            let before = world.workers.commandCount
            _ = try await feed.versions(of: [.job(job.id)], of: world.anna)
            #expect(world.workers.commandCount == before + 1)
        }
    }
}
