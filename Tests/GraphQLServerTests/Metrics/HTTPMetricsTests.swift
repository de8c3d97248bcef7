import Testing

@testable import GraphQLServer

@Suite struct HTTPMetricsTests {
    private static func request(_ method: String, _ path: String) -> HTTPRequest {
        HTTPRequest(method: method, path: path, query: nil, fields: [:], remoteAddress: "192.0.2.1", id: "r1")
    }

    @Test func `requests count by method, path and class of status`() throws {
        let registry = MetricsRegistry()
        let metrics = HTTPMetrics(registry)
        metrics.answered(Self.request("POST", "/graphql"), status: 200, after: .milliseconds(3))
        metrics.answered(Self.request("POST", "/graphql"), status: 294, after: .milliseconds(30))
        metrics.answered(Self.request("PUT", "/files/file_1"), status: 413, after: .zero)
        metrics.answered(Self.request("GET", "/explorer/0/x.js"), status: 200, after: .zero)
        metrics.received(10)
        metrics.sent(20)
        let shown = try Exposition(registry.text)
        let requests = "shortlist_http_requests_total"
        #expect(shown.value(requests, ["method": "POST", "path": "/graphql", "status": "2xx"]) == 2)
        #expect(shown.value(requests, ["method": "PUT", "path": "/files", "status": "4xx"]) == 1)
        #expect(shown.value(requests, ["method": "GET", "path": "/explorer", "status": "2xx"]) == 1)
        let duration = "shortlist_http_request_duration_seconds"
        #expect(shown.value(duration + "_bucket", ["path": "/graphql", "le": "0.005"]) == 1)
        #expect(shown.value(duration + "_count", ["path": "/graphql"]) == 2)
        #expect(shown.value("shortlist_http_received_bytes_total") == 10)
        #expect(shown.value("shortlist_http_sent_bytes_total") == 20)
    }

    @Test func `made-up methods, paths and statuses make no series of their own`() throws {
        let registry = MetricsRegistry()
        let metrics = HTTPMetrics(registry)
        for number in 0..<500 {
            metrics.answered(Self.request("M\(number)", "/x/\(number)"), status: number * 7, after: .zero)
        }
        let shown = try Exposition(registry.text)
        #expect(shown.sum("shortlist_http_requests_total") == 500)
        #expect(shown.labels("path", of: "shortlist_http_requests_total") == ["other"])
        #expect(shown.labels("method", of: "shortlist_http_requests_total") == ["other"])
        #expect(shown.labels("status", of: "shortlist_http_requests_total") == ["1xx", "2xx", "3xx", "4xx", "5xx"])
    }
}
