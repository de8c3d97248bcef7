import GraphQL
import Synchronization
import Testing

@testable import GraphQLServer

@Suite struct GraphQLMetricsTests {
    private static let operations = "shortlist_graphql_operations_total"

    private static func operation(_ text: String) throws -> OperationDefinitionNode {
        let document = try parse(Source(text))
        guard case .operation(let operation)? = document.definitions.first else { throw HTTPHostError.clientLeft }
        return operation
    }

    @Test func `operations count by type, name and outcome`() throws {
        let registry = MetricsRegistry()
        let metrics = GraphQLMetrics(registry)
        metrics.finished(try Self.operation("query Jobs { a }"), .ok, after: .milliseconds(2))
        metrics.finished(try Self.operation("query Jobs { a }"), .errors, after: .milliseconds(2))
        metrics.finished(try Self.operation("mutation { a }"), .ok, after: .milliseconds(2))
        metrics.finished(nil, .refused, after: .zero)
        let shown = try Exposition(registry.text)
        func count(_ type: String, _ name: String, _ outcome: String) -> Double? {
            shown.value(Self.operations, ["type": type, "operation": name, "outcome": outcome])
        }
        #expect(count("query", "Jobs", "ok") == 1 && count("query", "Jobs", "errors") == 1)
        #expect(count("query", "Jobs", "refused") == 0)
        #expect(count("mutation", "anonymous", "ok") == 1 && count("unknown", "unknown", "refused") == 1)
        #expect(
            shown.value(
                "shortlist_graphql_operation_duration_seconds_count",
                ["type": "query", "operation": "Jobs"]
            ) == 2
        )
    }

    @Test func `a thousand names make a hundred series, and nothing is lost`() throws {
        let registry = MetricsRegistry()
        let metrics = GraphQLMetrics(registry)
        for number in 0..<1_000 {
            for type in ["query", "mutation"] {
                metrics.finished(try Self.operation("\(type) Name\(number) { a }"), .ok, after: .zero)
            }
        }
        let shown = try Exposition(registry.text)
        let names = shown.labels("operation", of: Self.operations).subtracting(["other", "anonymous", "unknown"])
        #expect(names.count <= GraphQLMetrics.maxNames && names.count >= GraphQLMetrics.maxNames / 2)
        #expect(shown.sum(Self.operations) == 2_000)
        #expect(shown.sum(Self.operations, where: ["operation": "other"]) == 2_000 - Double(GraphQLMetrics.maxNames))
    }

    @Test func `refused, overlong and ambiguous names get no series`() throws {
        let registry = MetricsRegistry()
        let metrics = GraphQLMetrics(registry)
        metrics.finished(try Self.operation("query Refused { a }"), .refused, after: .zero)
        metrics.finished(try Self.operation("query \(String(repeating: "x", count: 65)) { a }"), .ok, after: .zero)
        metrics.finished(try Self.operation("query anonymous { a }"), .ok, after: .zero)
        let shown = try Exposition(registry.text)
        #expect(shown.labels("operation", of: Self.operations) == ["other", "anonymous", "unknown"])
        #expect(shown.sum(Self.operations, where: ["operation": "other", "outcome": "ok"]) == 2)
        #expect(shown.sum(Self.operations, where: ["operation": "anonymous"]) == 0)
    }

    @Test func `every phase has a series, and the caches are shown`() throws {
        let registry = MetricsRegistry()
        let metrics = GraphQLMetrics(registry)
        let schema = try GraphQLSchema.build(from: Source("type Query { name: String }"))
        var options = DocumentPreparer.Options()
        options.onPhase = { metrics.passed($0, $1) }
        let preparer = DocumentPreparer(schema: schema, options: options, sha256: { _ in "" })
        metrics.watch(preparer)
        for phase in [EnginePhase.plan, .execute, .write] { metrics.passed(phase, .microseconds(1)) }
        for query in ["{ name }", "{ name }", "{ wrong }", "{ wrong }"] {
            _ = try? preparer.prepare(OperationRequest(query: Array(query.utf8)))
        }
        let shown = try Exposition(registry.text)
        func count(_ phase: String) -> Double? {
            shown.value("shortlist_graphql_phase_duration_seconds_count", ["phase": phase])
        }
        #expect(count("parse") == 2 && count("validate") == 2)
        #expect(count("plan") == 1 && count("execute") == 1 && count("write") == 1)
        let results = ["hit", "failure_hit", "miss"].map {
            shown.value("shortlist_graphql_document_requests_total", ["result": $0])
        }
        #expect(results == [1, 1, 2])
        #expect(shown.value("shortlist_graphql_documents") == 1)
    }

    @Test(
        arguments: [
            ("{ name }", "query ok"), ("{ fails }", "query errors"), ("{ wrong }", "- refused"), ("{", "- refused"),
            ("mutation { name }", "mutation ok"), ("query($n: Int!) { echo(number: $n) }", "query refused"),
        ]
    )
    func `the endpoint tells what came of each operation`(query: String, expected: String) async throws {
        let told = Mutex<[String]>([])
        let endpoint = try GraphQLEndpointTests.endpoint(observe: { operation, outcome, _ in
            told.withLock { $0.append("\(operation?.operation.rawValue ?? "-") \(outcome.rawValue)") }
        })
        let request = HTTPRequest(
            method: "POST",
            path: "/graphql",
            query: nil,
            fields: ["Content-Type": "application/json"],
            remoteAddress: "",
            id: "r1"
        )
        _ = await endpoint.respond(to: request, Array("{\"query\": \"\(query)\"}".utf8))
        #expect(told.withLock { $0 } == [expected])
    }
}
