import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A way to hear of a job's changes.
enum Way: CaseIterable {
    /// A subscription polled by cursor.
    case poll
    /// A conditional request.
    case condition
    /// A stream of events.
    case stream

    private static let subscription = "subscription($id: ID!) { jobChanged(id: $id) { title } }"
    private static let query = "query($id: ID!) { job(id: $id) { title } }"

    /// Where somebody is who has seen the job as it is.
    func place(of job: String, _ poller: Poller) async throws -> String {
        switch self {
        case .poll, .stream: try await poller.poll(Self.subscription, job).cursor
        case .condition: try #require(try await poller.ask(Self.query, ["id": job]).fields["etag"])
        }
    }

    /// Begins to wait for what is newer than a place, on a connection of its own.
    func wait(for job: String, from place: String, _ poller: Poller) throws -> SlowReader {
        let (query, extensions, fields): (String, [String: Any], [String: String]) =
            switch self {
            case .poll: (Self.subscription, ["subscription": ["cursor": place, "waitMs": 30_000]], [:])
            case .condition: (Self.query, [:], ["If-None-Match": place, "Prefer": "wait=30"])
            case .stream: (Self.subscription, [:], ["Last-Event-ID": place])
            }
        let request = try poller.request(query, ["id": job], extensions: extensions)
        return try SlowReader(
            poller.url,
            token: try #require(poller.token),
            body: try #require(request.httpBody),
            accept: self == .stream ? "text/event-stream" : "application/json",
            fields: fields
        )
    }
}

/// What holds for each way to wait alike.
@Suite struct WaysTests {
    private struct World {
        let server: RunningServer
        let frontend: Frontend
        let poller: Poller
        let job: String

        init(_ server: RunningServer) async throws {
            self.server = server
            frontend = try await Frontend(server)
            poller = Poller(server, token: frontend.client.token)
            job = try await frontend.createJob()
        }

        func rename(_ title: String) async throws { try await Self.rename(job, title, frontend) }

        static func rename(_ job: String, _ title: String, _ frontend: Frontend) async throws {
            let answer = try await frontend.client.ask(
                "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title } } }",
                ["id": job, "title": title]
            )
            #expect(answer.errors.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a client that leaves is let go of, and nobody else`(way: Way) async throws {
        let world = try await World(try await RunningServer.start())
        let place = try await way.place(of: world.job, world.poller)
        let stays = try way.wait(for: world.job, from: place, world.poller)
        var leaving = try (0..<20).map { _ in try way.wait(for: world.job, from: place, world.poller) }
        try await world.server.hasWaiting(21)
        // Not before: the optimiser sees nobody who needs them longer.
        withExtendedLifetime(leaving) {}
        leaving.removeAll()
        try await world.server.hasWaiting(1)
        try await world.rename("Cook")
        #expect(stays.read(until: "\"title\":\"Cook\""))
        #expect(!world.server.log.contains("resolver failed"))
    }

    @Test(arguments: Way.allCases)
    func `what changed while nobody asked is told at once, however long ago`(way: Way) async throws {
        let world = try await World(try await RunningServer.start())
        let place = try await way.place(of: world.job, world.poller)
        for number in 1...150 { try await world.rename("title \(number)") }
        let start = Date()
        #expect(try way.wait(for: world.job, from: place, world.poller).read(until: "\"title\":\"title 150\""))
        #expect(Date().timeIntervalSince(start) < 10)
    }

    @Test(arguments: Way.allCases)
    func `a place that one server gave is good at another, which tells of changes made at the first`(
        way: Way
    )
        async throws
    {
        let settings = try RunningServer.ownDatabase()
        let world = try await World(try await RunningServer.start(settings))
        let other = try await RunningServer.start(settings)
        let place = try await way.place(of: world.job, world.poller)
        let reader = try way.wait(for: world.job, from: place, Poller(other, token: world.poller.token))
        try await other.hasWaiting(1)
        try await world.rename("Cook")
        #expect(reader.read(until: "\"title\":\"Cook\""))
    }

    @Test(arguments: Way.allCases)
    func `who waits at a server that is killed goes on at the next one from the same place`(way: Way) async throws {
        let settings = try RunningServer.ownDatabase()
        let world = try await World(try await RunningServer.start(settings))
        let place = try await way.place(of: world.job, world.poller)
        let reader = try way.wait(for: world.job, from: place, world.poller)
        try await world.server.hasWaiting(1)
        kill(world.server.processIdentifier, SIGKILL)
        _ = try await world.server.wait()
        #expect(!reader.read(until: "\"title\""))
        let next = try await RunningServer.start(settings)
        let frontend = Frontend(client: GraphQLClient(url: next.url, token: world.poller.token))
        let again = try way.wait(for: world.job, from: place, Poller(next, token: world.poller.token))
        try await next.hasWaiting(1)
        try await World.rename(world.job, "Cook", frontend)
        #expect(again.read(until: "\"title\":\"Cook\""))
    }

    @Test(arguments: Way.allCases)
    func `who reads nothing holds nobody up, and finds the last state in the end`(way: Way) async throws {
        let world = try await World(try await RunningServer.start())
        let place = try await way.place(of: world.job, world.poller)
        let lazy = try (0..<20).map { _ in try way.wait(for: world.job, from: place, world.poller) }
        try await world.server.hasWaiting(20)
        try await world.rename("Cook")
        // Answered as far as the server is concerned; a stream stays open.
        try await world.server.hasWaiting(way == .stream ? 20 : 0)
        let next = try way.wait(for: world.job, from: try await way.place(of: world.job, world.poller), world.poller)
        try await world.server.hasWaiting(way == .stream ? 21 : 1)
        try await world.rename("Baker")
        #expect(next.read(until: "\"title\":\"Baker\""))
        for reader in lazy { #expect(reader.read(until: way == .stream ? "\"Baker\"" : "\"Cook\"")) }
    }

    @Test(arguments: Way.allCases)
    func `a thousand who wait hear of the change of their job`(way: Way) async throws {
        let server = try await RunningServer.start()
        var crowd: [(frontend: Frontend, job: String, readers: [SlowReader])] = []
        for number in 0..<10 {
            let frontend = try await Frontend(server, "recruiter\(number)@example.com")
            let job = try await frontend.createJob()
            let poller = Poller(server, token: frontend.client.token)
            let place = try await way.place(of: job, poller)
            let readers = try (0..<100).map { _ in try way.wait(for: job, from: place, poller) }
            crowd.append((frontend, job, readers))
        }
        try await server.hasWaiting(1_000)
        for (number, (frontend, job, _)) in crowd.enumerated() {
            try await World.rename(job, "title \(number)", frontend)
        }
        for (number, (_, _, readers)) in crowd.enumerated() {
            let heard = readers.count { $0.read(until: "\"title\":\"title \(number)\"") }
            #expect(heard == readers.count)
        }
    }
}
