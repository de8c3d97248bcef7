internal import ArgumentParser
internal import MongoStore
internal import Pipeline
internal import Schema
internal import Synchronization

/// All that this process measures, and how it is shown.
///
/// Labels name only what is known beforehand, or is bounded in number; no person, job, resume or file.
final class Metrics: Sendable {
    static let path = "/metrics"

    let http: HTTPMetrics
    let graphql: GraphQLMetrics
    let mongo: MongoMetrics
    let pipeline: PipelineMetrics
    private let registry: MetricsRegistry
    private let queue = Mutex<QueueMetrics?>(nil)

    init() {
        let registry = MetricsRegistry()
        self.registry = registry
        ProcessMetrics.add(to: registry, version: Shortlist.configuration.version)
        http = HTTPMetrics(registry)
        graphql = GraphQLMetrics(registry)
        mongo = MongoMetrics(registry)
        pipeline = PipelineMetrics(registry)
    }

    func watch(_ host: HTTPHost) {
        registry.reading("shortlist_http_connections", .gauge, "Open connections.") { Double(host.connections) }
    }

    func watch(_ workers: MongoWorkers) {
        mongo.watch(workers)
        let shown = QueueMetrics(registry) { try await workers.queueDepth(at: .now) }
        queue.withLock { $0 = shown }
    }

    /// The answer to whoever scrapes; it does not wait for MongoDB.
    func response() async -> HTTPResponse {
        await queue.withLock { $0 }?.refresh()
        return HTTPResponse(
            status: 200,
            fields: ["Content-Type": MetricsText.contentType, "Cache-Control": "no-store"],
            body: .bytes(Array(registry.text.utf8))
        )
    }
}
