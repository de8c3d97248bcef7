/// Counts requests, whoever answered them.
final class HTTPMetrics: HTTPObserver {
    /// What was asked for; a path that strangers made up is none of its own.
    private enum Place: Int, CaseIterable {
        case graphql, files, explorer, home, schema, health, readiness, metrics, other

        init(_ path: String) {
            switch path {
            case "/graphql": self = .graphql
            case "/": self = .home
            case "/schema.graphql": self = .schema
            case "/healthz": self = .health
            case "/readyz": self = .readiness
            case "/metrics": self = .metrics
            case let path where path.hasPrefix(FileEndpoint.path): self = .files
            case let path where path.hasPrefix("/explorer/"): self = .explorer
            default: self = .other
            }
        }

        var label: String {
            switch self {
            case .graphql: "/graphql"
            case .files: "/files"
            case .explorer: "/explorer"
            case .home: "/"
            case .schema: "/schema.graphql"
            case .health: "/healthz"
            case .readiness: "/readyz"
            case .metrics: "/metrics"
            case .other: "other"
            }
        }
    }

    private enum Method: Int, CaseIterable {
        case get, head, post, put, options, other

        init(_ method: String) {
            switch method {
            case "GET": self = .get
            case "HEAD": self = .head
            case "POST": self = .post
            case "PUT": self = .put
            case "OPTIONS": self = .options
            default: self = .other
            }
        }

        var label: String {
            switch self {
            case .get: "GET"
            case .head: "HEAD"
            case .post: "POST"
            case .put: "PUT"
            case .options: "OPTIONS"
            case .other: "other"
            }
        }
    }

    private static let statuses = 1...5

    /// By place, then method, then class of status.
    private let requests: [SparseCounter]
    /// By place.
    private let durations: [Histogram]
    private let receivedBytes: Counter
    private let sentBytes: Counter

    init(_ registry: MetricsRegistry) {
        var requests: [SparseCounter] = []
        for place in Place.allCases {
            for method in Method.allCases {
                for status in Self.statuses {
                    requests.append(
                        registry.sparseCounter(
                            "shortlist_http_requests_total",
                            "Requests answered, by method, path and class of status.",
                            ["method": method.label, "path": place.label, "status": "\(status)xx"]
                        )
                    )
                }
            }
        }
        self.requests = requests
        durations = Place.allCases.map {
            registry.histogram(
                "shortlist_http_request_duration_seconds",
                "From a request's headers to the beginning of its answer.",
                ["path": $0.label],
                buckets: .durations([
                    .microseconds(250), .milliseconds(1), .microseconds(2_500), .milliseconds(5), .milliseconds(10),
                    .milliseconds(25), .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500),
                    .seconds(1), .milliseconds(2_500), .seconds(10), .seconds(30),
                ])
            )
        }
        receivedBytes = registry.counter("shortlist_http_received_bytes_total", "Bytes of requests' bodies.")
        sentBytes = registry.counter("shortlist_http_sent_bytes_total", "Bytes of answers' bodies, as packed.")
    }

    func answered(_ request: HTTPRequest, status: Int, after elapsed: Duration) {
        let place = Place(request.path).rawValue
        let row = place * Method.allCases.count + Method(request.method).rawValue
        let status = min(max(status / 100, Self.statuses.lowerBound), Self.statuses.upperBound)
        requests[row * Self.statuses.count + status - Self.statuses.lowerBound].increment()
        durations[place].observe(elapsed)
    }

    func received(_ bytes: Int) { receivedBytes.increment(by: bytes) }
    func sent(_ bytes: Int) { sentBytes.increment(by: bytes) }
}
