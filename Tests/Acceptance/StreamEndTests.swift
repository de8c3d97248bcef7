import Foundation
import Schema
import Testing

@testable import GraphQLServer

/// Streams end with “complete” where nothing more will come, and nowhere else; what they follow is not lost.
@Suite struct StreamEndTests {
    private let rename =
        "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title } } }"

    private func body(_ query: String, _ id: String) throws -> Data {
        try JSONSerialization.data(withJSONObject: ["query": query, "variables": ["id": id]])
    }

    @Test func `who finds no place is told to come again, and streams whose clients left make room`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let poller = Poller(server, token: frontend.client.token)
        let token = try #require(frontend.client.token)
        let content = try body(Poller.job, job)
        var clients = try (0..<100).map { _ in
            try SlowReader(server.url, token: token, body: content, accept: "text/event-stream")
        }
        #expect(SlowReader.waitForAnswers(100, of: clients))
        let refused = try poller.stream(Poller.job, job)
        #expect(await refused.event()?.state.codes == ["RATE_LIMITED"])
        #expect(await refused.ended())
        #expect(refused.field("Retry-After") == "5")
        #expect(await refused.event() == nil, "it is not complete")
        clients.removeAll()
        let left = Date()
        while true {
            let next = try poller.stream(Poller.job, job)
            defer { next.leave() }
            if await next.event()?.state.codes.isEmpty == true { break }
            try #require(Date().timeIntervalSince(left) < 8, "their places are taken still")
        }
    }

    @Test func `a stream lasts no longer than the token that opened it`() async throws {
        let settings = try RunningServer.ownDatabase().merging(["TOKEN_SECRETS": "a secret of the test"]) { $1 }
        let server = try await RunningServer.start(settings)
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let viewer = try await frontend.client.ask("{ viewer { id } }")
        let recruiter = try #require(NodeID(try viewer.value("viewer.id", as: String.self)))
        let tokens = AccessTokens(secrets: [Array("a secret of the test".utf8)])
        let lasts = Duration.seconds(10)
        let begins = Timestamp.now.advanced(by: lasts - AccessTokens.lifetime)
        let (token, expiresAt) = try tokens.issue(to: recruiter.key, at: begins)
        let reader = try Poller(server, token: token).stream(Poller.job, job)
        #expect(await reader.event()?.state.codes == [])
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Cook"])
        let second = try #require(await reader.event())
        #expect(try second.state.value("jobChanged.title") == "Cook")
        #expect(await reader.ended(seconds: 20))
        #expect(Timestamp.now >= expiresAt)
        #expect(await reader.event() == nil, "it is not complete")
        // On with another token, from the same place.
        _ = try await frontend.client.ask(rename, ["id": job, "title": "Baker"])
        let next = try Poller(server, token: frontend.client.token).stream(Poller.job, job, after: second.id)
        #expect(try await next.event()?.state.value("jobChanged.title") == "Baker")
        next.leave()
    }

    @Test func `a stream that costs too much pauses, and shows the last state`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let fields = "id status stage attempts passFail finalScore finalRank stale createdAt lastUpdatedAt"
        let query =
            "subscription($id: ID!) { jobChanged(id: $id) { title resumes(first: 100) { nodes { \(fields) "
            + (0..<2).map { "j\($0): job { resumes(first: 100) { nodes { \(fields) } } }" }.joined(separator: " ")
            + " } } } }"
        let reader = try Poller(server, token: frontend.client.token).stream(query, job)
        #expect(await reader.event()?.state.codes == [])
        // Costs of a dozen events fill the bucket; the last state comes all the same.
        var (last, shown) = ("", 0)
        for number in 0..<40 {
            _ = try await frontend.client.ask(rename, ["id": job, "title": "title \(number)"])
            if let event = await reader.event(seconds: 0.2) {
                #expect(event.name == "next" && event.state.codes.isEmpty)
                last = try event.state.value("jobChanged.title")
                shown += 1
            }
        }
        #expect(shown < 40, "it was never refused")
        // Nor is one refused that begins now.
        let late = try Poller(server, token: frontend.client.token).stream(query, job)
        let begun = try #require(await late.event(seconds: 30))
        #expect(begun.name == "next" && begun.state.codes.isEmpty)
        late.leave()
        while last != "title 39" {
            let event = try #require(await reader.event(seconds: 15), "\(last)")
            #expect(event.name == "next" && event.state.codes.isEmpty)
            last = try event.state.value("jobChanged.title")
        }
        reader.leave()
    }

    @Test func `an event that could not be shown whole is shown again`() async throws {
        let database = try await RunningDatabase.start(canFail: true)
        let server = try await RunningServer.start(["MONGODB_URI": database.uri, "LOG_FORMAT": "json"])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(1), to: job)
        let batch = try await frontend.createBatch(job)
        _ = try await frontend.follow(batch)
        let poller = Poller(server, token: frontend.client.token)
        let query = "subscription($id: ID!) { batchProgress(id: $id) { status job { title } } }"
        try await database.failFinds(in: "jobs", true)
        let failed = try await poller.poll(query, batch)
        #expect(failed.codes == ["UNAVAILABLE"] && failed.cursor.isEmpty && !failed.isDone)
        #expect(failed.retryAfterMs == 1_000)
        let reader = try poller.stream(query, batch)
        #expect(await reader.event()?.state.codes == ["UNAVAILABLE"])
        #expect(await reader.ended())
        #expect(await reader.event() == nil, "it is not complete")
        try await database.failFinds(in: "jobs", false)
        let whole = try await poller.poll(query, batch)
        #expect(whole.codes.isEmpty && whole.isDone)
        #expect(try whole.value("batchProgress.job.title") == "Backend Engineer")
        database.stop()
    }
}
