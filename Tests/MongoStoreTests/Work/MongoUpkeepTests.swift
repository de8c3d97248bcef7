import Schema
import Testing

@testable import MongoStore

@Suite struct MongoUpkeepTests {
    @Test func `what cannot be taken up keeps nothing else from it`() async throws {
        try await World.with { world in
            let job = try await world.job()
            _ = try await world.register(2, in: job)
            let broken = try await world.halfMade(.registered, of: job)
            // No version of this program can read it.
            try await world.workers.withClient { client in
                _ = try client.write([
                    "update": .string(Collections.batches.name),
                    "updates": [["q": ["_id": .objectID(broken.id)], "u": ["$set": ["target": [:]]]]],
                ])
                _ = try client.write([
                    "insert": .string(Collections.erasures.name),
                    "documents": [["_id": .objectID(ObjectID(at: World.start)), "deletedAt": .time(World.start)]],
                ])
            }
            world.clock.advance(by: .milliseconds(1))
            let sound = try await world.halfMade(.registered, of: job)
            let upkeep = MongoUpkeep(world.workers, batches: world.batches)
            await #expect(throws: BSONError.self) {
                try await upkeep.run(at: World.start.advanced(by: .seconds(40)))
            }
            #expect(try await world.current(sound).total == 2)
            #expect(try await world.count(Collections.erasures) == 0)
            try await world.expectConsistent()
        }
    }
}
