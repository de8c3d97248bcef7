internal import GraphQL
internal import Synchronization

/// Counts operations, and times the engine.
final class GraphQLMetrics: Sendable {
    /// So many operations have series of their own: names are the clients' to choose.
    static let maxNames = 100
    private static let maxNameBytes = 64

    private struct Key: Hashable {
        let type: OperationType
        let name: String
    }

    /// The series of one operation.
    private struct Series {
        let outcomes: [Counter]
        let duration: Histogram
    }

    /// What each type of operation has.
    private struct ByType {
        let query: Series
        let mutation: Series
        let subscription: Series

        init(_ name: String, _ registry: MetricsRegistry) {
            query = GraphQLMetrics.series(.query, name, registry)
            mutation = GraphQLMetrics.series(.mutation, name, registry)
            subscription = GraphQLMetrics.series(.subscription, name, registry)
        }

        subscript(type: OperationType) -> Series {
            switch type {
            case .query: query
            case .mutation: mutation
            case .subscription: subscription
            }
        }
    }

    private let registry: MetricsRegistry
    /// At most ``maxNames``.
    private let named = Mutex<[Key: Series]>([:])
    private let anonymous: ByType
    private let others: ByType
    private let unknown: Counter
    /// In the order of their declaration.
    private let phases: [Histogram]

    init(_ registry: MetricsRegistry) {
        self.registry = registry
        anonymous = ByType("anonymous", registry)
        others = ByType("other", registry)
        unknown = registry.counter(
            Self.operations,
            Self.operationsHelp,
            ["type": "unknown", "operation": "unknown", "outcome": OperationOutcome.refused.rawValue]
        )
        phases = EnginePhase.allCases.map { phase in
            registry.histogram(
                "shortlist_graphql_phase_duration_seconds",
                "How long the engine's phases took; parse, validate and plan only for documents not remembered.",
                ["phase": phase.rawValue],
                buckets: .durations([
                    .microseconds(10), .microseconds(25), .microseconds(50), .microseconds(100), .microseconds(250),
                    .microseconds(500), .milliseconds(1), .microseconds(2_500), .milliseconds(5), .milliseconds(10),
                    .milliseconds(50), .milliseconds(250), .seconds(1), .seconds(5),
                ])
            )
        }
    }

    /// What came of an operation; nil where none was found.
    func finished(_ operation: OperationDefinitionNode?, _ outcome: OperationOutcome, after elapsed: Duration) {
        guard let operation else { return unknown.increment() }
        let series = series(of: operation, mayBeNew: outcome != .refused)
        series.outcomes[outcome.place].increment()
        if outcome != .refused { series.duration.observe(elapsed) }
    }

    func passed(_ phase: EnginePhase, _ took: Duration) {
        let place: Int
        switch phase {
        case .parse: place = 0
        case .validate: place = 1
        case .plan: place = 2
        case .execute: place = 3
        case .write: place = 4
        }
        phases[place].observe(took)
    }

    /// Shows how the caches of documents do.
    func watch(_ preparer: DocumentPreparer) {
        let requests = "shortlist_graphql_document_requests_total"
        let help = "Documents asked for: prepared before, known to be wrong, or looked at anew."
        registry.reading(requests, .counter, help, ["result": "hit"]) { Double(preparer.statistics.hits) }
        registry.reading(requests, .counter, help, ["result": "failure_hit"]) {
            Double(preparer.statistics.failureHits)
        }
        registry.reading(requests, .counter, help, ["result": "miss"]) { Double(preparer.statistics.misses) }
        registry.reading(
            "shortlist_graphql_document_evictions_total",
            .counter,
            "Prepared documents let go to make room."
        ) { Double(preparer.statistics.evictions) }
        registry.reading("shortlist_graphql_documents", .gauge, "Prepared documents that are remembered.") {
            Double(preparer.statistics.documents)
        }
        registry.reading(
            "shortlist_graphql_document_bytes",
            .gauge,
            "What prepared documents weigh in memory, by estimate."
        ) { Double(preparer.statistics.bytes) }
    }

    /// Shows how many wait.
    func watch(_ room: WaitingRoom) {
        registry.reading("shortlist_graphql_waiting", .gauge, "Requests that wait for news, or stream it.") {
            Double(room.count)
        }
    }

    /// A request that was refused gets no series of its own: it costs nothing to make up names for those.
    private func series(of operation: OperationDefinitionNode, mayBeNew: Bool) -> Series {
        guard let name = operation.name?.value else { return anonymous[operation.operation] }
        let key = Key(type: operation.operation, name: name)
        let known = named.withLock { named -> Series? in
            if let series = named[key] { return series }
            guard mayBeNew, named.count < Self.maxNames, name.utf8.count <= Self.maxNameBytes,
                !Self.taken.contains(name)
            else { return nil }
            let series = Self.series(key.type, name, registry)
            named[key] = series
            return series
        }
        return known ?? others[operation.operation]
    }

    /// Names that stand for something else here.
    private static let taken: Set<String> = ["anonymous", "other", "unknown"]

    private static let operations = "shortlist_graphql_operations_total"
    private static let operationsHelp =
        "Operations by type, name and outcome: ok, errors (some in the answer), refused (did not run)."

    private static func series(_ type: OperationType, _ name: String, _ registry: MetricsRegistry) -> Series {
        Series(
            outcomes: OperationOutcome.allCases.map { outcome in
                registry.counter(
                    operations,
                    operationsHelp,
                    ["type": type.rawValue, "operation": name, "outcome": outcome.rawValue]
                )
            },
            duration: registry.histogram(
                "shortlist_graphql_operation_duration_seconds",
                "How long operations ran, with the writing of their answers.",
                ["type": type.rawValue, "operation": name],
                buckets: .durations([
                    .milliseconds(1), .microseconds(2_500), .milliseconds(5), .milliseconds(10), .milliseconds(25),
                    .milliseconds(100), .milliseconds(250), .seconds(1), .seconds(5), .seconds(30),
                ])
            )
        )
    }
}

extension OperationOutcome {
    fileprivate var place: Int {
        switch self {
        case .ok: 0
        case .errors: 1
        case .refused: 2
        }
    }
}
