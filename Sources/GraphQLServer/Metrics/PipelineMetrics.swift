internal import MongoStore
internal import Pipeline

/// Counts what becomes of resumes, and times the stages.
final class PipelineMetrics: Sendable {
    private let registry: MetricsRegistry
    private let completed: Counter
    private let failed: [PipelineError.Code: Counter]
    private let retries: Counter
    private let lost: Counter
    private let troubles: Counter
    private let attempts: Histogram
    private let perTransaction: Histogram
    private let stages: [PipelineError.Stage: Histogram]

    init(_ registry: MetricsRegistry) {
        self.registry = registry
        func ending(_ outcome: String) -> Counter {
            registry.counter(
                "shortlist_pipeline_resumes_total",
                "Resumes that came to an end, committed: completed, or the code of their error.",
                ["outcome": outcome]
            )
        }
        completed = ending("completed")
        failed = Dictionary(
            uniqueKeysWithValues: PipelineError.Code.allCases.map { ($0, ending($0.rawValue.lowercased())) }
        )
        retries = registry.counter(
            "shortlist_pipeline_retries_total",
            "Attempts that failed, and after which the resume waits for another one."
        )
        lost = registry.counter(
            "shortlist_pipeline_leases_lost_total",
            "Resumes that another worker had taken over, or that were gone, while they were worked on."
        )
        troubles = registry.counter(
            "shortlist_pipeline_queue_troubles_total",
            "How often the queue could not be asked or told something."
        )
        let buckets = Histogram.Buckets.durations([
            .milliseconds(1), .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50),
            .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(2_500), .seconds(5),
            .seconds(10), .seconds(30), .seconds(60),
        ])
        attempts = registry.histogram(
            "shortlist_pipeline_attempt_duration_seconds",
            "From claiming a resume to having told its result.",
            buckets: buckets
        )
        perTransaction = registry.histogram(
            "shortlist_pipeline_results_per_transaction",
            "How many results shared one transaction.",
            buckets: .counts([1, 2, 4, 8, 16, 32, 64])
        )
        stages = Dictionary(
            uniqueKeysWithValues: [PipelineError.Stage.fetch, .extract, .parse, .embed, .score].map { stage in
                let stageDuration = registry.histogram(
                    "shortlist_pipeline_stage_duration_seconds",
                    "How long each stage took; embed with the wait for a thread that computes vectors.",
                    ["stage": stage.rawValue.lowercased()],
                    buckets: buckets
                )
                return (stage, stageDuration)
            }
        )
    }

    /// Is told each transaction.
    func committed(_ report: CommitReport) {
        completed.increment(by: report.completed)
        for (code, count) in report.failed { failed[code]?.increment(by: count) }
        retries.increment(by: report.postponed)
        if report.results > 0 { perTransaction.observe(report.results) }
    }

    /// Is told each stage.
    func passed(_ stage: PipelineError.Stage, _ took: Duration) { stages[stage]?.observe(took) }

    /// Is told what workers tell the log.
    func happened<Queue>(_ event: WorkerGroup<Queue>.Event) {
        switch event {
        case .finished(_, _, let elapsed): attempts.observe(elapsed)
        case .lost: lost.increment()
        case .troubled: troubles.increment()
        }
    }

    /// Shows how much is worked on.
    func watch<Queue>(_ group: WorkerGroup<Queue>, workers: Int) {
        registry.reading("shortlist_pipeline_workers", .gauge, "How many resumes are worked on at most.") {
            Double(workers)
        }
        registry.reading("shortlist_pipeline_in_flight", .gauge, "Resumes that are worked on.") {
            Double(group.inFlight)
        }
    }
}
