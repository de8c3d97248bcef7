import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct AnsweringTests {
    private let app = "https://app.example.com"

    /// The fields and the status of an answer.
    private func ask(
        _ server: RunningServer,
        _ path: String,
        method: String = "GET",
        _ fields: [String: String] = [:],
        body: String? = nil
    ) async throws -> (response: HTTPURLResponse, body: Data) {
        var request = URLRequest(url: server.url.appendingPathComponent(path))
        request.httpMethod = method
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await URLSession.shared.data(for: request)
        return (try #require(response as? HTTPURLResponse), data)
    }

    @Test func `a server that keeps its schema to itself answers no question about it`() async throws {
        let server = try await RunningServer.start(with: ["INTROSPECTION": "off"])
        let client = GraphQLClient(url: server.url, token: nil)
        for query in ["{ __schema { queryType { name } } }", "{ __type(name: \"Job\") { name } }"] {
            let answer = try await client.ask(query)
            #expect(Set(answer.codes) == ["GRAPHQL_VALIDATION_FAILED"] && answer.data == nil)
        }
        #expect(try await client.ask("{ __typename }").value("__typename") == "Query")
        let guess = try await client.ask("{ viewe { id } }")
        #expect(guess.errors.first?["message"] as? String == "Cannot query field 'viewe' on type 'Query'.")
        #expect(try await ask(server, "schema.graphql").response.statusCode == 404)
    }

    @Test func `a server told to answers by the draft's statuses`() async throws {
        let server = try await RunningServer.start(with: ["HTTP_STATUS_PROFILE": "draft2026"])
        let fields = ["Content-Type": "application/json", "Accept": "application/json"]
        let answer = try await ask(server, "graphql", method: "POST", fields, body: #"{"query":"{ nonsense }"}"#)
        #expect(answer.response.statusCode == 422)
    }

    @Test func `pages of listed origins are let in, and no others`() async throws {
        let server = try await RunningServer.start(with: ["CORS_ORIGINS": app])
        let question = ["Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"]
        func allowed(_ response: HTTPURLResponse) -> String? {
            response.value(forHTTPHeaderField: "Access-Control-Allow-Origin")
        }
        for path in ["graphql", "files/x"] {
            let asked = try await ask(server, path, method: "OPTIONS", question.merging(["Origin": app]) { $1 })
            #expect(asked.response.statusCode == 204 && allowed(asked.response) == app)
            #expect(asked.response.value(forHTTPHeaderField: "Connection") != "close")
        }
        let stranger = ["Origin": "https://evil.example"]
        let refused = try await ask(server, "graphql", method: "OPTIONS", question.merging(stranger) { $1 })
        #expect(allowed(refused.response) == nil)
        let post = ["Content-Type": "application/json", "Origin": app]
        let answer = try await ask(server, "graphql", method: "POST", post, body: #"{"query":"{ __typename }"}"#)
        #expect(answer.response.statusCode == 200 && allowed(answer.response) == app)
        // Also what is refused before it is read: the page must see why.
        let large = String(repeating: " ", count: 2 << 20)
        let tooLarge = try await ask(server, "graphql", method: "POST", post, body: large)
        #expect(tooLarge.response.statusCode == 413 && allowed(tooLarge.response) == app)
    }

    @Test func `answers are packed for those who ask, and not kept by caches`() async throws {
        let server = try await RunningServer.start()
        let file = try Data(contentsOf: Program.package.appendingPathComponent("schema.graphql"))
        let packed = try await ask(server, "schema.graphql", ["Accept-Encoding": "gzip"])
        #expect(packed.response.value(forHTTPHeaderField: "Content-Encoding") == "gzip")
        #expect(packed.body == file)
        let plain = try await ask(server, "schema.graphql", ["Accept-Encoding": "identity"])
        #expect(plain.response.value(forHTTPHeaderField: "Content-Encoding") == nil)
        #expect(plain.body == file)
        let answer = try await ask(server, "graphql", method: "POST", ["Content-Type": "application/json"], body: "{}")
        #expect(answer.response.value(forHTTPHeaderField: "Cache-Control") == "no-store")
        #expect(answer.response.value(forHTTPHeaderField: "X-Request-Id")?.isEmpty == false)
    }

    @Test func `every wrong setting has a line of its own`() async throws {
        let outcome = try await Program.run(
            ["serve", "--port", "x", "--http-status-profile", "new"],
            environment: [
                "INTROSPECTION": "perhaps", "CORS_ORIGINS": "a.example,https://b.example/", "LOG_LEVEL": "loud",
            ]
        )
        #expect(outcome.status == 2)
        let lines = outcome.complaint.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("shortlist: ") })
        let names = lines.map { $0.dropFirst("shortlist: ".count).prefix { $0 != ":" } }
        #expect(
            names == ["LOG_LEVEL", "--port", "CORS_ORIGINS", "CORS_ORIGINS", "INTROSPECTION", "--http-status-profile"]
        )
    }
}
