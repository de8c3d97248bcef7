import Pipeline
import Schema
import Testing

@testable import MongoStore

@Suite struct MarkMigrationTests {
    @Test func `resumes from before there were marks are found as those that were registered with them`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let files = (0..<3).map { number in
                ResumeFile(
                    name: "\(number).txt",
                    mediaType: "text/plain",
                    byteCount: 1,
                    sha256: nil,
                    storeID: nil,
                    url: "https://files.example/\(number)",
                    claimedSHA256: number == 0 ? nil : String(repeating: "\(number)", count: 64)
                )
            }
            _ = try await world.register(6, in: job)
            _ = try await world.resumes.register(files, in: job.id, of: world.anna, at: World.start)
            let resumes = try await world.all(job).map(\.id)
            _ = try await world.batch(.resumes(Array(resumes.prefix(3))), of: job)
            _ = try await world.complete()
            let waiting = try await world.batch(.resumes(Array(resumes.prefix(5))), of: job)
            let before = try await Self.rows(world)
            try await Self.takeBack(world)
            let report = try await CounterAudit(world.workers).run(isRepairing: false, at: World.start)
            #expect(report.findings.count == 5)

            try await world.workers.prepareDatabase(at: World.start)
            #expect(try await Self.rows(world) == before)
            try await world.expectConsistent()
            let names = try await world.workers.withClient {
                try $0.read(["listIndexes": .string(Collections.resumes.name)]).document("cursor")
                    .array("firstBatch") { try $0.document()?.string("name") }
            }
            #expect(Set(names) == Set(["_id_"] + Collections.resumes.indexes.map(\.name)))
            let again = try await world.resumes.register(files, in: job.id, of: world.anna, at: World.start)
            #expect(try #require(again).resumes.allSatisfy { if case .duplicate = $0 { true } else { false } })
            let cancelled = try #require(try await world.batches.cancel(waiting.id, of: world.anna, at: World.start))
            #expect(cancelled.status == .cancelled && cancelled.cancelled == 5)
            try await world.expectConsistent()
        }
    }

    @Test func `of two that claim the same and were registered at once, one keeps the claim`() async throws {
        try await World.with { world in
            let job = try await world.job()
            let files = ["a", "b"].map { name in
                ResumeFile(
                    name: "\(name).txt",
                    mediaType: "text/plain",
                    byteCount: 1,
                    sha256: nil,
                    storeID: nil,
                    url: "https://files.example/\(name)",
                    claimedSHA256: String(repeating: name, count: 64)
                )
            }
            _ = try await world.resumes.register(files, in: job.id, of: world.anna, at: World.start)
            try await Self.takeBack(world)
            let claim = String(repeating: "c", count: 64)
            try await world.workers.withClient { client in
                _ = try client.write([
                    "update": "resumes",
                    "updates": [["q": [:], "u": ["$set": ["file.claimedSha256": .string(claim)]], "multi": true]],
                ])
            }
            try await world.workers.prepareDatabase(at: World.start)
            let marks = try await world.workers.withClient { client in
                try client.find("resumes", [:], ["sort": ["file.name": 1]]).map { resume in
                    try resume.document("file").array("marks") { $0.string }
                }
            }
            #expect(marks.map(\.first) == ["url:https://files.example/a", "url:https://files.example/b"])
            #expect(marks.flatMap { $0.dropFirst() } == ["claim:\(claim)"])
        }
    }

    /// What the migration changes of each resume.
    private static func rows(_ world: World) async throws -> [[String]] {
        try await world.workers.withClient { client in
            try client.find("resumes", [:], ["sort": ["_id": 1]]).map { resume in
                [try resume.string("rankKey")] + (try resume.document("file").array("marks") { $0.string })
            }
        }
    }

    /// Makes the database what it was before the migration.
    private static func takeBack(_ world: World) async throws {
        try await world.workers.withClient { client in
            _ = try client.write([
                "update": "resumes",
                "updates": [
                    ["q": [:], "u": ["$unset": ["file.marks": ""]], "multi": true],
                    ["q": ["rankKey": ["$regex": "^~"]], "u": ["$set": ["rankKey": "~"]], "multi": true],
                ],
            ])
            try client.write([
                "createIndexes": "resumes",
                "indexes": [
                    [
                        "key": ["task.batchId": 1, "status": 1], "name": "task.batchId_1_status_1",
                        "partialFilterExpression": ["task.batchId": ["$exists": true]],
                    ],
                    ["key": ["jobId": 1, "file.url": 1], "name": "jobId_1_file.url_1"],
                ],
            ])
            try client.write(["delete": "migrations", "deletes": [["q": ["_id": ["$gte": 3]], "limit": 0]]])
        }
    }
}
