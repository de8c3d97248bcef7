import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Each way to hear of changes, against servers that are killed, started again, and several at once.
@Suite struct PollingTests {
    private let rename =
        "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title } } }"

    /// Follows a batch to its end, and checks on the way that nothing goes backwards.
    private func follow(
        _ batch: String,
        from start: String? = nil,
        seconds: Double = 120,
        _ next: (_ cursor: String?) async throws -> Poller.State
    ) async throws -> (state: Poller.State, count: Int) {
        let deadline = Date().addingTimeInterval(seconds)
        var (cursor, last, count) = (start, 0, 0)
        while true {
            let state = try await next(cursor)
            #expect(state.codes.isEmpty, "\(state.codes)")
            let done =
                try state.value("batchProgress.completed", as: Int.self)
                + state.value("batchProgress.failed", as: Int.self)
            #expect(done >= last, "went backwards")
            (cursor, last, count) = (state.cursor, done, count + 1)
            if state.isDone { return (state, count) }
            guard Date() < deadline else { throw RunningServer.Failure(description: "not through in time: \(state)") }
        }
    }

    private func world() async throws -> (RunningServer, Frontend, Poller, job: String) {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        return (server, frontend, Poller(server, token: frontend.client.token), job)
    }

    // MARK: - Polled subscriptions

    @Test func `a batch is followed to its end, one state at a time`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        _ = try await frontend.upload(Frontend.letters(12), to: job)
        let batch = try await frontend.createBatch(job)
        let first = try await poller.poll(Poller.batch, batch)
        #expect(first.hasChanged && first.codes.isEmpty && !first.cursor.isEmpty)
        let (last, _) = try await follow(batch, from: first.cursor) { cursor in
            try await poller.poll(Poller.batch, batch, after: cursor, waitMs: 20_000)
        }
        #expect(try last.value("batchProgress.completed") == 12 && last.retryAfterMs == 0)
        // Nothing more will come, and that is said at once.
        let after = try await poller.poll(Poller.batch, batch, after: last.cursor, waitMs: 30_000)
        #expect(after.isDone && !after.hasChanged)
        #expect(try after.value("batchProgress.status") == "COMPLETED")
        // And whoever comes from the far past sees the end.
        let past = try await poller.poll(Poller.batch, batch, after: first.cursor, waitMs: 30_000)
        #expect(past.isDone && past.hasChanged)
    }

    @Test func `a poll is held until something changes, or its time is over`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let first = try await poller.poll(Poller.job, job)
        let quiet = try await poller.poll(Poller.job, job, after: first.cursor, waitMs: 300)
        #expect(!quiet.hasChanged && !quiet.isDone && quiet.cursor == first.cursor)
        #expect(try quiet.value("jobChanged.title") == "Backend Engineer")
        async let held = poller.poll(Poller.job, job, after: first.cursor, waitMs: 25_000)
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        let woken = try await held
        #expect(woken.hasChanged)
        #expect(try woken.value("jobChanged.title") == "Cook")
    }

    @Test func `a change between two polls is not missed`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let first = try await poller.poll(Poller.job, job)
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Baker"])
        let next = try await poller.poll(Poller.job, job, after: first.cursor, waitMs: 25_000)
        #expect(next.hasChanged)
        #expect(try next.value("jobChanged.title") == "Baker")
    }

    @Test func `each resume that changed is told, one after the other`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let none = try await poller.poll(Poller.resume, job)
        #expect(none.codes.isEmpty && !none.hasChanged && !none.cursor.isEmpty)
        let ids = try await frontend.upload(Frontend.letters(5), to: job).compactMap(\.id)
        _ = try await frontend.follow(try await frontend.createBatch(job))
        var (cursor, final): (String, [String: String]) = (none.cursor, [:])
        while true {
            let state = try await poller.poll(Poller.resume, job, after: cursor, waitMs: 0)
            guard state.hasChanged else { break }
            final[try state.value("resumeChanged.id")] = try state.value("resumeChanged.status")
            cursor = state.cursor
        }
        #expect(final == Dictionary(uniqueKeysWithValues: ids.map { ($0, "COMPLETED") }))
        // Without a cursor: the one that changed last.
        let latest = try await poller.poll(Poller.resume, job)
        #expect(latest.hasChanged && latest.cursor == cursor)
    }

    @Test func `a cursor that is damaged, or another subscription's, is refused by name`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let cursor = try await poller.poll(Poller.job, job).cursor
        let other = try await frontend.createJob()
        for (query, id, cursor) in [
            (Poller.job, job, "x"), (Poller.job, job, String(cursor.dropLast())), (Poller.resume, job, cursor),
            (Poller.job, other, cursor),
        ] {
            let state = try await poller.poll(query, id, after: cursor)
            #expect(state.codes == ["BAD_USER_INPUT"])
        }
        let request = try poller.request(
            Poller.job,
            ["id": job],
            extensions: ["subscription": ["waitMs": "long"]]
        )
        #expect(try await poller.state(of: request).codes == ["BAD_USER_INPUT"])
    }

    @Test func `what is not there, someone else's or deleted meanwhile is not found, and done`() async throws {
        let (server, frontend, poller, job) = try await world()
        let first = try await poller.poll(Poller.job, job)
        let stranger = Poller(server, token: try await server.token("ben@example.com"))
        let foreign = try await stranger.poll(Poller.job, job)
        let missing = try await poller.poll(Poller.job, "job_000000000000000000000000")
        async let held = poller.poll(Poller.job, job, after: first.cursor, waitMs: 25_000)
        _ = try await frontend.client.ask(
            "mutation($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }",
            ["id": job]
        )
        for state in [foreign, missing, try await held] { #expect(state.codes == ["NOT_FOUND"] && state.isDone) }
        #expect(try await Poller(server, token: nil).poll(Poller.job, job).codes == ["UNAUTHENTICATED"])
    }

    // MARK: - Several servers, and servers that die

    @Test func `two servers on one database tell of each other's changes, and know each other's cursors`() async throws
    {
        let settings = try RunningServer.ownDatabase()
        let (one, two) = (try await RunningServer.start(settings), try await RunningServer.start(settings))
        #expect(try await one.logged("following changes"))
        let frontend = try await Frontend(one)
        let job = try await frontend.createJob()
        let here = Poller(one, token: frontend.client.token)
        let there = Poller(two, token: frontend.client.token)
        var cursor = try await here.poll(Poller.job, job).cursor
        for number in 0..<6 {
            // Waits at one, is changed at the other, by turns.
            let (waiter, changer) = number % 2 == 0 ? (here, there) : (there, here)
            let seen = cursor
            async let held = waiter.poll(Poller.job, job, after: seen, waitMs: 25_000)
            _ = try await GraphQLClient(url: changer.url, token: changer.token).ask(
                rename,
                ["id": job, "title": "t\(number)"]
            )
            let state = try await held
            #expect(state.hasChanged)
            #expect(try state.value("jobChanged.title") == "t\(number)")
            cursor = state.cursor
        }
    }

    @Test(arguments: ["poll", "text/event-stream", "multipart/mixed;subscriptionSpec=1.0"])
    func `a batch is followed to its end over a server that is killed and started again`(way: String) async throws {
        let settings = try RunningServer.ownDatabase()
        var server = try await RunningServer.start(settings)
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(20), to: job)
        let batch = try await frontend.createBatch(job)
        let token = frontend.client.token
        let first = try await Poller(server, token: token).poll(Poller.batch, batch)
        kill(server.processIdentifier, SIGKILL)
        _ = try await server.wait()
        server = try await RunningServer.start(settings)
        let poller = Poller(server, token: token)
        if way == "poll" {
            let (state, _) = try await follow(batch, from: first.cursor) { cursor in
                try await poller.poll(Poller.batch, batch, after: cursor, waitMs: 20_000)
            }
            #expect(try state.value("batchProgress.completed") == 20)
        } else {
            let reader = try poller.stream(Poller.batch, batch, way, after: first.cursor)
            let isEvents = way.hasPrefix("text")
            let (state, _) = try await follow(batch) { _ in
                let next = isEvents ? await reader.event(seconds: 60)?.state : await reader.part(seconds: 60)
                return try #require(next, "\(reader.all)")
            }
            #expect(try state.value("batchProgress.completed") == 20)
            if isEvents { #expect(await reader.event()?.name == "complete") }
            #expect(await reader.ended())
        }
    }

    @Test func `waiters outlive a database that is killed and started again`() async throws {
        let database = try await RunningDatabase.start()
        let server = try await RunningServer.start(["MONGODB_URI": database.uri, "LOG_FORMAT": "json"])
        #expect(try await server.logged("following changes"))
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let poller = Poller(server, token: frontend.client.token)
        let first = try await poller.poll(Poller.job, job)
        try await database.killAndRestart()
        var state = try await poller.poll(Poller.job, job, after: first.cursor, waitMs: 500)
        for _ in 0..<20 where state.codes == ["UNAVAILABLE"] {
            state = try await poller.poll(Poller.job, job, after: first.cursor, waitMs: 500)
        }
        #expect(state.codes.isEmpty && !state.hasChanged)
        async let held = poller.poll(Poller.job, job, after: first.cursor, waitMs: 25_000)
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        #expect(try await held.hasChanged)
        database.stop()
    }

    @Test func `a signal answers those who wait with the present state, ends streams, and the server`() async throws {
        let (server, _, poller, job) = try await world()
        let first = try await poller.poll(Poller.job, job)
        let reader = try poller.stream(Poller.job, job)
        #expect(await reader.event()?.name == "next")
        let tag = try #require(
            try await poller.ask("query($id: ID!) { job(id: $id) { title } }", ["id": job]).fields["etag"]
        )
        async let held = poller.poll(Poller.job, job, after: first.cursor, waitMs: 30_000)
        async let conditional = poller.ask(
            "query($id: ID!) { job(id: $id) { title } }",
            ["id": job],
            ["If-None-Match": tag, "Prefer": "wait=30"]
        )
        // Both, and the stream.
        try await server.hasWaiting(3)
        kill(server.processIdentifier, SIGTERM)
        let state = try await held
        #expect(!state.hasChanged && state.codes.isEmpty && state.cursor == first.cursor)
        #expect(try await conditional.status == 304)
        #expect(await reader.ended())
        #expect(try await server.wait() == 0)
    }

    // MARK: - Conditions

    @Test func `an answer that has not changed is not sent again, and can be waited for`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let query = "query($id: ID!) { job(id: $id) { title resumes { totalCount } } }"
        let first = try await poller.ask(query, ["id": job])
        let tag = try #require(first.fields["etag"])
        #expect(first.status == 200 && tag.hasPrefix("\""))
        let again = try await poller.ask(query, ["id": job], ["If-None-Match": tag])
        #expect(again.status == 304 && again.data.isEmpty && again.fields["etag"] == tag)
        // That any answer will do is said of one that is stored, as only those to GET are.
        #expect(try await poller.ask(query, ["id": job], ["If-None-Match": "*"]).status == 200)
        var get = try poller.request(query, [:], fields: ["If-None-Match": "*", "GraphQL-Preflight": "1"])
        (get.httpMethod, get.httpBody) = ("GET", nil)
        get.url?.append(queryItems: [URLQueryItem(name: "query", value: "{ job(id: \"\(job)\") { title } }")])
        get.setValue(nil, forHTTPHeaderField: "Content-Type")
        #expect(try await poller.state(of: get).status == 304)
        let quiet = try await poller.ask(query, ["id": job], ["If-None-Match": tag, "Prefer": "wait=1"])
        #expect(quiet.status == 304 && quiet.fields["preference-applied"] == "wait")
        async let held = poller.ask(query, ["id": job], ["If-None-Match": tag, "Prefer": "wait=25"])
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        let woken = try await held
        #expect(woken.status == 200 && woken.fields["preference-applied"] == "wait" && woken.fields["etag"] != tag)
        #expect(try woken.value("job.title") == "Cook")
        // Another question, and another person, have other answers.
        let other = try await poller.ask(
            "query($id: ID!) { job(id: $id) { company } }",
            ["id": job],
            ["If-None-Match": tag]
        )
        #expect(other.status == 200)
    }

    @Test func `a change that the answer does not show keeps its tag, and keeps it held`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let query = "query($id: ID!) { job(id: $id) { company } }"
        let tag = try #require(try await poller.ask(query, ["id": job]).fields["etag"])
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        for _ in 0..<2 {
            #expect(try await poller.ask(query, ["id": job], ["If-None-Match": tag]).status == 304)
        }
        async let held = poller.ask(query, ["id": job], ["If-None-Match": tag, "Prefer": "wait=2"])
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Baker"])
        #expect(try await held.status == 304)
    }

    @Test func `a list of jobs is waited for, too`() async throws {
        let (server, frontend, poller, _) = try await world()
        defer { withExtendedLifetime(server) {} }
        let tag = try #require(try await poller.ask("{ jobs { totalCount } }").fields["etag"])
        async let held = poller.ask("{ jobs { totalCount } }", [:], ["If-None-Match": tag, "Prefer": "wait=25"])
        _ = try await frontend.createJob()
        let woken = try await held
        #expect(try woken.status == 200 && woken.value("jobs.totalCount") == 2)
        let failed = try await poller.ask(
            "{ node(id: \"x\") { id } nodes(ids: []) { id } verifyScore(resumeId: \"x\") { matches } }"
        )
        #expect(!failed.codes.isEmpty && failed.fields["etag"] == nil)
    }

    @Test func `a tag of one server is good at another, and after a restart`() async throws {
        let settings = try RunningServer.ownDatabase()
        let one = try await RunningServer.start(settings)
        let frontend = try await Frontend(one)
        let job = try await frontend.createJob()
        let query = "query($id: ID!) { job(id: $id) { title } }"
        let tag = try #require(
            try await Poller(one, token: frontend.client.token).ask(query, ["id": job]).fields["etag"]
        )
        kill(one.processIdentifier, SIGKILL)
        let two = try await RunningServer.start(settings)
        let poller = Poller(two, token: frontend.client.token)
        #expect(try await poller.ask(query, ["id": job], ["If-None-Match": tag]).status == 304)
    }

    // MARK: - Streams

    @Test func `events are streamed, and any of their places is a cursor of every way`() async throws {
        let (server, frontend, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        let reader = try poller.stream(Poller.job, job)
        let first = try #require(await reader.event())
        #expect(first.name == "next" && first.id == first.state.cursor)
        #expect(reader.field("Content-Type")?.hasPrefix("text/event-stream") == true)
        #expect(reader.field("X-Accel-Buffering") == "no" && reader.field("Cache-Control") == "no-store")
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        let second = try #require(await reader.event())
        #expect(try second.state.value("jobChanged.title") == "Cook")
        reader.leave()
        // On with polls, then with parts.
        let place = try #require(second.id)
        async let held = poller.poll(Poller.job, job, after: place, waitMs: 25_000)
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Baker"])
        let third = try await held
        #expect(try third.value("jobChanged.title") == "Baker")
        let parts = try poller.stream(Poller.job, job, "multipart/mixed;subscriptionSpec=1.0", after: third.cursor)
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Chef"])
        let fourth = try #require(await parts.part())
        #expect(try fourth.value("jobChanged.title") == "Chef")
        #expect(fourth.hasChanged && fourth.cursor != third.cursor)
    }

    @Test func `queries, mutations and mistakes are one result of a stream`() async throws {
        let (server, _, poller, job) = try await world()
        defer { withExtendedLifetime(server) {} }
        for query in [
            "{ jobs { totalCount } }", "{ nonsense }", "mutation { deleteJob(input: {id: \"\(job)\"}) { deletedId } }",
        ] {
            let events = EventReader(try poller.request(query, [:], fields: ["Accept": "text/event-stream"]))
            let result = try #require(await events.event())
            #expect(result.name == "next" && result.state.codes.isEmpty == !query.contains("nonsense"))
            #expect(await events.event()?.name == "complete")
            #expect(await events.ended())
        }
        let gone = try poller.stream(Poller.job, job, "multipart/mixed;subscriptionSpec=1.0")
        #expect(await gone.part()?.codes == ["NOT_FOUND"])
        #expect(await gone.ended())
    }

    @Test func `a reader that is slow gets the newest state next, not every one`() async throws {
        let (server, frontend, _, _) = try await world()
        var input = Frontend.job
        input["description"] = String(repeating: "long ", count: 9_900)
        let job = try await frontend.createJob(input)
        let query = "subscription { jobChanged(id: \"\(job)\") { title description } }"
        let client = try SlowReader(server.url, token: try #require(frontend.client.token), query: query)
        #expect(client.read(until: "Backend Engineer"))
        let changes = 120
        for number in 1...changes {
            _ = try await frontend.client.ask(rename, ["id": job, "title": "title \(number)"])
        }
        #expect(client.read(until: "\"title \(changes)\""))
        #expect(client.events < changes, "\(client.events)")
        print("a slow reader got \(client.events) of \(changes) states")
    }

    // MARK: - Caps

    @Test func `so many wait for one recruiter and no more, and those who leave make room`() async throws {
        let (server, frontend, poller, job) = try await world()
        let cursor = try await poller.poll(Poller.job, job).cursor
        let body = try #require(
            try poller.request(
                Poller.job,
                ["id": job],
                extensions: ["subscription": ["cursor": cursor, "waitMs": 30_000]]
            ).httpBody
        )
        let token = try #require(frontend.client.token)
        // The last ten find no place.
        var clients = try (0..<110).map { _ in
            try SlowReader(server.url, token: token, body: body, accept: "application/json")
        }
        #expect(SlowReader.waitForAnswers(10, of: clients))
        let refused = try await poller.poll(Poller.job, job, after: cursor, waitMs: 1_000)
        #expect(refused.codes == ["RATE_LIMITED"] && refused.fields["retry-after"] == "5")
        clients.removeAll()
        let left = Date()
        while try await !poller.poll(Poller.job, job, after: cursor, waitMs: 200).codes.isEmpty {
            guard Date().timeIntervalSince(left) < 15 else { break }
        }
        #expect(Date().timeIntervalSince(left) < 5)
        print("places were free \(Date().timeIntervalSince(left)) s after their clients left")
    }

    @Test func `without a replica set the log says so, and waiting still works`() async throws {
        let database = try await RunningDatabase.start(isReplicaSet: false)
        let server = try await RunningServer.start(["MONGODB_URI": database.uri, "LOG_FORMAT": "json"])
        #expect(try await server.logged("is no replica set"))
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let poller = Poller(server, token: frontend.client.token)
        let first = try await poller.poll(Poller.job, job)
        async let held = poller.poll(Poller.job, job, after: first.cursor, waitMs: 25_000)
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        #expect(try await held.hasChanged)
        let events = try await frontend.client.ask(
            "query($id: ID!) { job(id: $id) { events { totalCount } } }",
            ["id": job]
        )
        #expect(try events.value("job.events.totalCount") == 2)
        // What takes a transaction says why it cannot be.
        let deleted = try await frontend.client.ask(
            "mutation($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }",
            ["id": job]
        )
        #expect(deleted.codes == ["UNAVAILABLE"])
        let found = try await server.doctor()
        #expect(found.status != 0 && found.output.contains("it is no replica set"), "\(found.output)")
        database.stop()
    }
}
