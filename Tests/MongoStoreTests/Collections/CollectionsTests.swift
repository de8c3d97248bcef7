import Schema
import Testing

@testable import MongoStore

@Suite struct CollectionsTests {
    private static let now = Timestamp(milliseconds: 1_795_425_302_123)

    @Test func `a database is prepared twice, and by four servers at once, without harm`() async throws {
        try await withDatabase { workers in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await workers.prepareDatabase(at: Self.now) } }
                try await group.waitForAll()
            }
            try await workers.prepareDatabase(at: Self.now)
            for collection in Collections.all {
                let reply = try await workers.withClient {
                    try $0.read(["listIndexes": .string(collection.name)]).document("cursor")
                        .array("firstBatch") { try $0.document()?.string("name") }
                }
                #expect(Set(reply) == Set(["_id_"] + collection.indexes.map(\.name)), "\(collection.name)")
            }
        }
    }

    @Test func `a start locks no collection whose validator is right already`() async throws {
        try await withDatabase { workers in
            try await workers.prepareDatabase(at: Self.now)
            let changed = try await workers.withClient { client in
                try client.write(["collMod": "jobs", "validator": [:]])
                _ = try client.read(["profile": 2])
                return client.database
            }
            try await workers.prepareDatabase(at: Self.now)
            let commands = try await workers.withClient { client in
                _ = try client.read(["profile": 0])
                return try client.find("system.profile", ["ns": ["$regex": .string("^\(changed)")]])
                    .compactMap { try $0.first("command")?.document() }
            }
            #expect(try commands.compactMap { try $0.first("collMod")?.string } == ["jobs"])
            #expect(try commands.compactMap { try $0.first("create")?.string }.filter { $0 != "jobs" } == [])
        }
    }

    @Test func `each migration is made once, in order, and recorded`() async throws {
        try await withDatabase { workers in
            func migration(_ number: Int) -> Migration {
                Migration(number: number, name: "number \(number)") { client in
                    try client.write(["insert": "made", "documents": [["number": .int(number)]]])
                }
            }
            try await workers.prepareDatabase(at: Self.now, migrations: [migration(1)])
            try await workers.prepareDatabase(at: Self.now, migrations: [migration(1), migration(2), migration(3)])
            let made = try await workers.withClient { try $0.find("made", [:], ["sort": ["_id": 1]]) }
            #expect(try made.map { try $0.int("number") } == [1, 2, 3])
            await #expect(throws: DatabaseMismatch.self) {
                try await workers.prepareDatabase(at: Self.now, migrations: [migration(1)])
            }
        }
    }

    @Test func `a document that is no job is refused`() async throws {
        try await withDatabase { workers in
            try await workers.prepareDatabase(at: Self.now)
            let error = await #expect(throws: MongoError.self) {
                try await workers.withClient { _ = try $0.write(["insert": "jobs", "documents": [["title": "Cook"]]]) }
            }
            #expect(error?.code == 121)
        }
    }

    @Test func `writes wait for a majority and its journal`() async throws {
        try await withDatabase { workers in
            let commands = try await workers.withClient { client in
                _ = try client.read(["profile": 2])
                try client.write(["insert": "things", "documents": [["_id": 1]]])
                _ = try client.read(["profile": 0])
                return try client.find("system.profile", ["op": "insert"])
            }
            let concern = try #require(commands.first).document("command").document("writeConcern")
            #expect(try concern.string("w") == "majority" && concern.bool("j"))
        }
    }
}
