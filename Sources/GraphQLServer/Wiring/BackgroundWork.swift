internal import Fetch
internal import Foundation
internal import MongoStore
internal import Pipeline
internal import Schema
internal import Synchronization

/// What a process does beside answering requests: it processes resumes, and keeps the store in order.
///
/// At a lower priority than requests, which so do not wait for it.
final class BackgroundWork: Sendable {
    private let group: WorkerGroup<MongoProcessingQueue>
    private let processing: Task<Void, Never>
    private let upkeep: Task<Void, Never>
    private let log: Log
    private let patience = Mutex<Task<Void, Never>?>(nil)

    /// What has begun may take so long to end when the process is to stop; then it is given back.
    private static let maxPatience = Duration.seconds(20)
    private static let upkeepInterval = Duration.seconds(10)

    /// Begins.
    ///
    /// - Parameters:
    ///   - database: Prepared.
    ///   - processor: Processes one resume.
    ///   - fetcher: Fetches files that lie elsewhere.
    ///   - workers: How many resumes at once, at least 1.
    ///   - metrics: Count what becomes of resumes.
    ///   - log: Is told each resume, and every trouble.
    init(
        _ database: Database,
        processor: ResumeProcessor,
        fetcher: FileFetcher,
        workers: Int,
        metrics: PipelineMetrics,
        log: Log
    ) {
        let group = WorkerGroup(
            workers: workers,
            queue: MongoProcessingQueue(database.workers, fetcher: fetcher, onCommit: metrics.committed) { .now },
            processor: processor,
            wake: database.wake,
            renewal: MongoProcessingQueue.leaseDuration / 3,
            onStage: metrics.passed
        ) { event in
            metrics.happened(event)
            Self.tell(event, log)
        }
        metrics.watch(group, workers: workers)
        self.group = group
        self.log = log
        processing = Task(priority: .utility) { await group.run() }
        upkeep = Task(priority: .utility) { await Self.keepUp(database, log) }
        Thread.detachNewThread {
            let count = Extractor.removeAbandonedFolders()
            if count > 0 { log.write(.info, "erased what killed processes were reading", ["folders": .int(count)]) }
        }
    }

    /// Begins nothing more; called again, it does nothing.
    func drain() {
        patience.withLock { patience in
            guard patience == nil else { return }
            upkeep.cancel()
            group.stop()
            patience = Task { [processing, log] in
                guard (try? await Task.sleep(for: Self.maxPatience)) != nil else { return }
                log.write(.warning, "giving back what takes too long")
                processing.cancel()
            }
        }
    }

    /// Ends: what has begun is finished, unless it takes too long.
    func stop() async {
        drain()
        await processing.value
        patience.withLock { $0 }?.cancel()
        await upkeep.value
    }

    private static func tell(_ event: WorkerGroup<MongoProcessingQueue>.Event, _ log: Log) {
        switch event {
        case .finished(let name, let error, let elapsed):
            let milliseconds = Int(elapsed / .milliseconds(1))
            if let error {
                log.write(
                    .info,
                    "resume failed",
                    [
                        "resume": .string(name), "ms": .int(milliseconds), "code": .string(error.code.rawValue),
                        "stage": .string(error.stage.rawValue), "retryable": .bool(error.retryable),
                    ]
                )
            } else {
                log.write(.info, "resume completed", ["resume": .string(name), "ms": .int(milliseconds)])
            }
        case .lost(let name):
            log.write(.notice, "lost the lease of a resume", ["resume": .string(name)])
        case .troubled(let what, let error):
            log.write(.warning, "trouble with the queue", ["doing": .string(what), "error": .string("\(error)")])
        }
    }

    private static func keepUp(_ database: Database, _ log: Log) async {
        let upkeep = MongoUpkeep(database.workers, batches: database.batches)
        while !Task.isCancelled {
            do {
                let report = try await upkeep.run(at: .now)
                if report != MongoUpkeep.Report() {
                    log.write(
                        .info,
                        "upkeep",
                        [
                            "erasedFiles": .int(report.erasedFiles), "erasedResumes": .int(report.erasedResumes),
                            "erasedJobs": .int(report.erasedJobs),
                            "filledBatches": .int(report.filledBatches), "stoppedBatches": .int(report.stoppedBatches),
                        ]
                    )
                }
            } catch is CancellationError {
                return
            } catch {
                log.write(.warning, "upkeep failed", ["error": .string("\(error)")])
            }
            try? await Task.sleep(for: upkeepInterval)
        }
    }
}
