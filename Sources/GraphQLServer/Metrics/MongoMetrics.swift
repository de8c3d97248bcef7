internal import MongoStore

/// Times what is asked of MongoDB.
final class MongoMetrics: Sendable {
    private let registry: MetricsRegistry
    private let waits: Histogram
    private let durations: Histogram
    private let done: Counter
    private let failed: Counter
    private let unreachable: Counter

    init(_ registry: MetricsRegistry) {
        self.registry = registry
        let buckets = Histogram.Buckets.durations([
            .microseconds(100), .microseconds(250), .microseconds(500), .milliseconds(1), .microseconds(2_500),
            .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50), .milliseconds(100),
            .milliseconds(250), .seconds(1), .seconds(5), .seconds(30),
        ])
        waits = registry.histogram(
            "shortlist_mongodb_wait_duration_seconds",
            "How long work waited for one of the threads that talk to MongoDB.",
            buckets: buckets
        )
        durations = registry.histogram(
            "shortlist_mongodb_work_duration_seconds",
            "How long work had a thread, with all its commands.",
            buckets: buckets
        )
        func counter(_ outcome: String) -> Counter {
            registry.counter(
                "shortlist_mongodb_work_total",
                "Work done on threads, by outcome: ok, error of MongoDB, or no server reached.",
                ["outcome": outcome]
            )
        }
        done = counter("ok")
        failed = counter("error")
        unreachable = counter("unreachable")
    }

    /// Is told each piece of work.
    func finished(_ work: MongoWork) {
        waits.observe(work.waited)
        durations.observe(work.took)
        switch work.error {
        case nil: done.increment()
        case let error? where error.isUnreachable: unreachable.increment()
        default: failed.increment()
        }
    }

    /// Shows how busy the threads are, and what they sent.
    func watch(_ workers: MongoWorkers) {
        registry.reading("shortlist_mongodb_threads", .gauge, "Threads that talk to MongoDB.") {
            Double(workers.load.threads)
        }
        registry.reading("shortlist_mongodb_threads_busy", .gauge, "Those of them that have work.") {
            Double(workers.load.busy)
        }
        registry.reading("shortlist_mongodb_work_waiting", .gauge, "Work that waits for a thread.") {
            Double(workers.load.waiting)
        }
        registry.reading(
            "shortlist_mongodb_commands_total",
            .counter,
            "Commands sent to MongoDB, each a round trip."
        ) { Double(workers.commandCount) }
        registry.reading(
            "shortlist_mongodb_command_errors_total",
            .counter,
            "Those of them that MongoDB refused, or that were lost with a connection."
        ) { Double(workers.failedCommandCount) }
    }
}
