import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A process is killed in the middle, again and again: every resume ends all the same, and every counter is right.
///
/// `SHORTLIST_KILLS` says how often; few by default, so that the tests end soon.
@Suite struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["SHORTLIST_KILLS"].flatMap(Int.init) ?? 4

    @Test func `a server that is killed at random moments loses nothing and counts nothing twice`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let settings = try RunningServer.ownDatabase()
        var server = try await RunningServer.start(settings)
        var frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let count = 10 * Self.kills
        _ = try await frontend.upload(Frontend.letters(count), to: job)
        let batch = try await frontend.createBatch(job)
        for _ in 0..<Self.kills {
            // Some time into its work.
            try await Frontend.pause(milliseconds: Int.random(in: 50...900, using: &random))
            kill(server.processIdentifier, SIGKILL)
            _ = try await server.wait()
            // Nor does it leave shared memory, which the next process of its number would complain of.
            #expect(!FileManager.default.fileExists(atPath: "/dev/shm/mongoc-\(server.processIdentifier)"))
            server = try await RunningServer.start(settings)
        }
        frontend = try await Frontend(server)
        let done = try await frontend.follow(batch, seconds: 300)
        #expect(
            done.total == count && done.completed == count && done.failed == 0 && done.status == "COMPLETED",
            "\(done)"
        )
        let table = try await frontend.client.ask(
            "query($id: ID!) { job(id: $id) { completedResumes queuedResumes scoreHistogram } }",
            ["id": job]
        )
        #expect(try table.value("job.completedResumes") == count)
        #expect(try table.value("job.scoreHistogram", as: [Int].self).reduce(0, +) == count)
        try await server.expectConsistentCounters()
    }

    @Test func `what a killed server was reading is erased by the next one`() async throws {
        let workspace = try Workspace()
        func folders() throws -> [String] {
            // What was only about to become one is empty, and goes later.
            try FileManager.default.contentsOfDirectory(atPath: workspace.url.path)
                .filter { $0.hasPrefix("shortlist-scratch-") }
        }
        let settings = try RunningServer.ownDatabase().merging(["TMPDIR": workspace.url.path]) { $1 }
        var server = try await RunningServer.start(settings)
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(60), to: job)
        _ = try await frontend.createBatch(job)
        // The moment may fall between two files.
        for _ in 0..<20 {
            let deadline = Date().addingTimeInterval(60)
            while try folders().isEmpty, Date() < deadline { try await Frontend.pause(milliseconds: 1) }
            kill(server.processIdentifier, SIGKILL)
            _ = try await server.wait()
            if try !folders().isEmpty { break }
            server = try await RunningServer.start(settings)
        }
        let left = try Set(folders())
        #expect(!left.isEmpty)
        server = try await RunningServer.start(settings)
        #expect(try await server.logged("erased what killed processes were reading"))
        #expect(try left.isDisjoint(with: folders()))
    }

    @Test func `a database that is killed and started again loses nothing`() async throws {
        let database = try await RunningDatabase.start()
        let server = try await RunningServer.start(["MONGODB_URI": database.uri, "LOG_FORMAT": "json"])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let count = 15 * Self.kills
        _ = try await frontend.upload(Frontend.letters(count), to: job)
        let batch = try await frontend.createBatch(job)
        for _ in 0..<max(2, Self.kills / 6) {
            try await Frontend.pause(milliseconds: 400)
            try await database.killAndRestart()
        }
        let done = try await frontend.follow(batch, seconds: 300)
        #expect(done.completed == count && done.failed == 0, "\(done)")
        try await server.expectConsistentCounters()
        let end = server.processIdentifier
        kill(end, SIGTERM)
        #expect(try await server.wait() == 0)
        database.stop()
    }
}

/// What is not MongoDB's business is answered while that stands still.
@Suite struct FreezeTests {
    @Test func `a database that stands still keeps nobody who waits, and no server, longer than they may take`()
        async throws
    {
        let database = try await RunningDatabase.start()
        let settings = ["MONGODB_URI": database.uri, "LOG_FORMAT": "json"]
        let (server, stopped) = try await (RunningServer.start(settings), RunningServer.start(settings))
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let query = "query($id: ID!) { job(id: $id) { title } }"
        let poller = Poller(server, token: frontend.client.token)
        let tag = try #require(try await poller.ask(query, ["id": job]).fields["etag"])
        database.freeze()
        let start = Date()
        async let held = poller.ask(query, ["id": job], ["If-None-Match": tag, "Prefer": "wait=2"])
        let asking = Poller(stopped, token: frontend.client.token)
        let broken = Task { try await asking.ask(query, ["id": job]) }
        try await stopped.shows("shortlist_mongodb_threads_busy") { $0 > 0 }
        kill(stopped.processIdentifier, SIGTERM)
        #expect(try await stopped.wait() == EXIT_FAILURE)
        #expect(Date().timeIntervalSince(start) < 45)
        #expect(try await stopped.logged("ended before all that was under way"))
        await #expect(throws: (any Error).self) { _ = try await broken.value }
        #expect(try await held.codes == ["TIMED_OUT"])
        // Once for the states and the answer, not once for each.
        #expect(Date().timeIntervalSince(start) < 45)
        database.goOn()
        #expect(try await poller.ask(query, ["id": job]).status == 200)
        kill(server.processIdentifier, SIGTERM)
        #expect(try await server.wait() == 0)
        database.stop()
    }

    @Test func `a database that stands still holds up only those who ask it`() async throws {
        let database = try await RunningDatabase.start()
        let server = try await RunningServer.start(["MONGODB_URI": database.uri, "RATE_LIMITS": "off"])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        database.freeze()
        // Many more than there are connections to the database, and threads.
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 40
        let session = URLSession(configuration: configuration)
        let held = try (0..<40).map { number in
            var request = URLRequest(url: server.url.appendingPathComponent("graphql"))
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.setValue("Bearer \(frontend.client.token ?? "")", forHTTPHeaderField: "Authorization")
            let query = "query($id: ID!) { job(id: $id) { a\(number): title } }"
            request.httpBody = try JSONSerialization.data(
                withJSONObject: ["query": query, "variables": ["id": job]]
            )
            return Task { [request] in String(decoding: try await session.data(for: request).0, as: UTF8.self) }
        }
        let start = Date()
        for _ in 0..<60 {
            let health = try await HTTP.get(server.url.appendingPathComponent("healthz").absoluteString)
            #expect(health.status == 200)
            #expect(try await frontend.client.ask("{ __typename }").value("__typename") == "Query")
            try await Frontend.pause(milliseconds: 20)
        }
        // An answer that waited for the database would have taken seconds.
        #expect(Date().timeIntervalSince(start) < 5)
        // Nor are those held up who look after the server.
        let look = Date()
        let metrics = try await HTTP.get(server.url.appendingPathComponent("metrics").absoluteString)
        #expect(metrics.status == 200 && Date().timeIntervalSince(look) < 5)
        let readiness = try await HTTP.get(server.url.appendingPathComponent("readyz").absoluteString)
        #expect(readiness.status == 503 && Date().timeIntervalSince(look) < 15)
        database.goOn()
        for answer in held { #expect(try await answer.value.contains("Backend Engineer")) }
        kill(server.processIdentifier, SIGTERM)
        #expect(try await server.wait() == 0)
        database.stop()
    }
}

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// - Source: SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
