import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct MetricsTests {
    private static func scrape(_ server: RunningServer) async throws -> Exposition {
        let (body, response) = try await URLSession.shared.data(from: server.url.appendingPathComponent("metrics"))
        let answer = try #require(response as? HTTPURLResponse)
        #expect(answer.statusCode == 200)
        #expect(answer.value(forHTTPHeaderField: "Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        return try Exposition(String(decoding: body, as: UTF8.self))
    }

    @Test func `requests, operations and resumes are counted as they were asked for`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let before = try await Self.scrape(server)
        for _ in 0..<3 { #expect(try await frontend.client.ask("query Who { viewer { id } }").errors.isEmpty) }
        _ = try await GraphQLClient(url: server.url, token: nil).ask("query Who { jobs { totalCount } }")
        _ = try await frontend.client.ask("{ noSuchField }")
        _ = try await HTTP.get("\(server.url)/nothing")
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(5), to: job)
        let done = try await frontend.follow(try await frontend.createBatch(job))
        #expect(done.completed == 5)

        var after = try await Self.scrape(server)
        // A client may see a transaction a moment before it is counted.
        let deadline = ContinuousClock.now + .seconds(20)
        while after.sum("shortlist_pipeline_resumes_total") < 5, ContinuousClock.now < deadline {
            after = try await Self.scrape(server)
        }
        func grown(_ name: String, _ labels: [String: String] = [:]) -> Double {
            after.sum(name, where: labels) - before.sum(name, where: labels)
        }
        let operations = "shortlist_graphql_operations_total"
        #expect(grown(operations, ["type": "query", "operation": "Who", "outcome": "ok"]) == 3)
        #expect(grown(operations, ["type": "query", "operation": "Who", "outcome": "errors"]) == 1)
        #expect(grown(operations, ["type": "unknown", "outcome": "refused"]) == 1)
        #expect(grown("shortlist_graphql_operation_duration_seconds_count", ["operation": "Who"]) == 4)
        let requests = "shortlist_http_requests_total"
        #expect(grown(requests, ["path": "other", "status": "4xx"]) == 1)
        #expect(grown(requests, ["path": "/metrics", "status": "2xx"]) >= 1)
        #expect(grown(requests, ["path": "/files", "method": "PUT", "status": "2xx"]) == 5)
        #expect(grown(requests, ["path": "/graphql"]) == grown(operations))
        #expect(after.sum("shortlist_http_connections") >= 1)
        for phase in ["parse", "validate", "plan", "execute", "write"] {
            #expect(grown("shortlist_graphql_phase_duration_seconds_count", ["phase": phase]) >= 1, "\(phase)")
        }

        #expect(grown("shortlist_pipeline_resumes_total", ["outcome": "completed"]) == 5)
        #expect(grown("shortlist_pipeline_resumes_total") == 5)
        for stage in ["fetch", "extract", "parse", "embed", "score"] {
            #expect(grown("shortlist_pipeline_stage_duration_seconds_count", ["stage": stage]) == 5, "\(stage)")
        }
        let perTransaction = "shortlist_pipeline_results_per_transaction"
        #expect(grown(perTransaction + "_sum") == 5 && grown(perTransaction + "_count") <= 5)
        #expect(grown("shortlist_mongodb_commands_total") > 20)
        #expect(grown("shortlist_mongodb_work_total", ["outcome": "ok"]) > 20)
        #expect(after.value("shortlist_mongodb_up") == 1 && after.value("shortlist_queue_due") != nil)
    }

    @Test func `states of subscriptions are counted, and clients that left are no failures of the server`() async throws
    {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let poller = Poller(server, token: frontend.client.token)
        let query = "subscription Follow($id: ID!) { jobChanged(id: $id) { title } }"
        let first = try await poller.poll(query, job)
        _ = try await poller.poll(query, job, after: "no cursor")
        let reader = try poller.stream(query, job)
        #expect(await reader.event() != nil)
        reader.leave()
        try await server.hasWaiting(0)
        let body = try #require(
            try poller.request(
                query,
                ["id": job],
                extensions: ["subscription": ["cursor": first.cursor, "waitMs": 30_000]]
            ).httpBody
        )
        var client: SlowReader? = try SlowReader(
            server.url,
            token: try #require(frontend.client.token),
            body: body,
            accept: "application/json"
        )
        withExtendedLifetime(client) {}
        try await server.hasWaiting(1)
        client = nil
        try await server.hasWaiting(0)
        let shown = try await Self.scrape(server)
        let labels = ["type": "subscription", "operation": "Follow"]
        let operations = "shortlist_graphql_operations_total"
        #expect(shown.sum(operations, where: labels.merging(["outcome": "ok"]) { $1 }) == 2)
        #expect(shown.sum(operations, where: labels.merging(["outcome": "refused"]) { $1 }) == 1)
        #expect(shown.sum("shortlist_graphql_operation_duration_seconds_count", where: labels) == 2)
        #expect(shown.sum("shortlist_http_requests_total", where: ["status": "5xx"]) == 0)
    }

    @Test func `no name, address or identifier of anybody is in a label`() async throws {
        let server = try await RunningServer.start()
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let resumes = try await frontend.upload(Frontend.letters(1), to: job)
        _ = try await frontend.client.ask("query($id: ID!) { job(id: $id) { title } }", ["id": job])
        let (body, _) = try await URLSession.shared.data(from: server.url.appendingPathComponent("metrics"))
        let text = String(decoding: body, as: UTF8.self)
        let ids = [job] + resumes.compactMap(\.id)
        for secret in ids + ["127.0.0.1", "@example.com", ".txt"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test func `a thousand operation names make a bounded number of series`() async throws {
        let server = try await RunningServer.start()
        let client = GraphQLClient(url: server.url, token: nil)
        for number in 0..<1_000 {
            let answer = try await client.ask("query Name\(number) { __typename }")
            #expect(answer.errors.isEmpty)
        }
        let shown = try await Self.scrape(server)
        let operations = "shortlist_graphql_operations_total"
        #expect(shown.sum(operations, where: ["outcome": "ok"]) == 1_000)
        #expect(shown.value(operations, ["type": "query", "operation": "other", "outcome": "ok"]) == 900)
        // 100 names, "anonymous", "other" and "unknown".
        #expect(shown.labels("operation", of: operations).count == 103)
    }

    @Test func `every metric is described, and dashboard and alerts name no other`() async throws {
        let server = try await RunningServer.start()
        let families = Set(try await Self.scrape(server).kinds.keys)
        func names(in file: String) throws -> Set<String> {
            let url = Program.package.appendingPathComponent("docs/\(file)")
            let text = try String(contentsOf: url, encoding: .utf8)
            return Set(text.matches(of: /\b(shortlist|process)_[a-z_]+/).map { String($0.output.0) })
        }
        #expect(try names(in: "metrics.md") == families)
        for file in ["grafana-dashboard.json", "prometheus-alerts.yml"] {
            let unknown = try names(in: file).filter { name in
                !families.contains(name)
                    && !["_bucket", "_sum", "_count"].contains {
                        name.hasSuffix($0) && families.contains(String(name.dropLast($0.count)))
                    }
            }
            #expect(unknown.isEmpty, "\(file): \(unknown)")
        }
    }

    @Test func `the metrics are there while MongoDB is not`() async throws {
        let database = try await RunningDatabase.start()
        defer { database.stop() }
        let server = try await RunningServer.start(["MONGODB_URI": database.uri, "LOG_FORMAT": "json"])
        #expect(try await Self.scrape(server).value("shortlist_mongodb_up") == 1)
        database.stop()
        // The last answer stands for some seconds.
        let deadline = ContinuousClock.now + .seconds(60)
        var shown = try await Self.scrape(server)
        while shown.value("shortlist_mongodb_up") != 0, ContinuousClock.now < deadline {
            let start = ContinuousClock.now
            shown = try await Self.scrape(server)
            #expect(ContinuousClock.now - start < .seconds(5))
            try await Frontend.pause(milliseconds: 200)
        }
        #expect(shown.value("shortlist_mongodb_up") == 0)
        #expect(shown.value("shortlist_queue_due") == nil)
        #expect(shown.value("process_resident_memory_bytes") != nil)
    }
}
