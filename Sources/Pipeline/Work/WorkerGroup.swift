internal import Synchronization

/// Workers that take resumes from a queue, in one task group, until they are told to stop.
public final class WorkerGroup<Queue: ProcessingQueue>: Sendable {
    /// What workers tell of themselves, for the log and for metrics.
    public enum Event: Sendable {
        /// A resume was processed; `error` is nil where it was scored.
        case finished(name: String, error: PipelineError?, elapsed: Duration)
        /// Another worker has the resume, or it is gone: the result was thrown away.
        case lost(name: String)
        /// The queue could not be asked or told; it is tried again.
        case troubled(doing: String, any Error)
    }

    private let queue: Queue
    private let processor: ResumeProcessor
    private let workers: Int
    private let wake: WakeSignal
    private let renewal: Duration
    private let onStage: (@Sendable (PipelineError.Stage, Duration) -> Void)?
    private let onEvent: @Sendable (Event) -> Void
    private let begun = Atomic(0)
    private let isStopping = Mutex(false)

    /// How long an idle worker waits before it looks again by itself.
    private static var idle: Duration { .seconds(1) }

    /// Makes a group that does nothing yet.
    ///
    /// - Parameters:
    ///   - workers: How many resumes are worked on at once, at least 1.
    ///   - queue: Where they come from.
    ///   - processor: What is done with each.
    ///   - wake: Is signalled when there may be work.
    ///   - renewal: How often a lease is renewed; far shorter than it lasts.
    ///   - onStage: Is told how long each stage took, from any worker; stages that were broken off are left out.
    ///   - onEvent: Is called from any worker, at once by several.
    public init(
        workers: Int,
        queue: Queue,
        processor: ResumeProcessor,
        wake: WakeSignal,
        renewal: Duration,
        onStage: (@Sendable (PipelineError.Stage, Duration) -> Void)? = nil,
        onEvent: @escaping @Sendable (Event) -> Void
    ) {
        self.queue = queue
        self.processor = processor
        self.workers = max(1, workers)
        self.wake = wake
        self.renewal = renewal
        self.onStage = onStage
        self.onEvent = onEvent
    }

    /// How many resumes are worked on.
    public var inFlight: Int { begun.load(ordering: .relaxed) }

    /// Works until ``stop()``; then what was begun is finished.
    ///
    /// Cancelled, it gives back what was begun.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<workers { group.addTask { await self.work() } }
        }
    }

    /// Begins nothing more.
    public func stop() {
        isStopping.withLock { $0 = true }
        wake.wake()
    }

    private func work() async {
        while !isStopping.withLock({ $0 }), !Task.isCancelled {
            let generation = wake.generation
            do {
                if let claimed = try await queue.claim() {
                    await process(claimed)
                    continue
                }
            } catch is CancellationError {
                return
            } catch {
                onEvent(.troubled(doing: "claiming", error))
            }
            await wake.wait(since: generation, atMost: Self.idle)
        }
    }

    private func process(_ claimed: ClaimedResume<Queue.Lease>) async {
        begun.add(1, ordering: .relaxed)
        defer { begun.subtract(1, ordering: .relaxed) }
        let start = ContinuousClock.now
        let stage = Stage(onPassed: onStage)
        let outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await self.attempt(claimed, stage) }
            group.addTask { await self.keep(claimed.lease, stage) }
            // Whoever comes first: the result, or the news that the lease is gone.
            let first = await group.next() ?? .lost
            group.cancelAll()
            return first
        }
        switch outcome {
        case .lost: onEvent(.lost(name: claimed.name))
        case .cancelled:
            // Not part of the cancelled task, or nothing would be sent any more.
            await Task { try? await self.queue.release(claimed.lease) }.value
        case .processed(let result):
            await tell { [queue] in
                switch result {
                case .success(let processed): try await queue.complete(claimed.lease, processed)
                case .failure(let error): try await queue.fail(claimed.lease, error)
                }
            }
            var error: PipelineError?
            if case .failure(let failure) = result { error = failure }
            onEvent(.finished(name: claimed.name, error: error, elapsed: ContinuousClock.now - start))
        }
    }

    private enum Outcome: Sendable {
        case processed(Result<ProcessedResume, PipelineError>)
        case lost
        case cancelled
    }

    private func attempt(_ claimed: ClaimedResume<Queue.Lease>, _ stage: Stage) async -> Outcome {
        do {
            let result = try await processor.process(claimed) { stage.set($0) }
            stage.end()
            return .processed(result)
        } catch {
            return .cancelled
        }
    }

    /// Renews the lease until it is lost, or until the work is done.
    private func keep(_ lease: Queue.Lease, _ stage: Stage) async -> Outcome {
        while true {
            do {
                try await Task.sleep(for: renewal)
                guard try await queue.renew(lease, stage: stage.value) else { return .lost }
            } catch is CancellationError {
                return .cancelled
            } catch {
                // The lease may outlast the trouble.
                onEvent(.troubled(doing: "renewing a lease", error))
            }
        }
    }

    /// Tells the queue a result, again and again for a while: the work is worth more than the wait.
    private func tell(_ body: @escaping @Sendable () async throws -> Void) async {
        for pause in [0.1, 0.5, 2, 5, 10, 0] {
            let outcome = await Task { try await body() }.result
            guard case .failure(let error) = outcome else { return }
            onEvent(.troubled(doing: "telling a result", error))
            if pause > 0 { try? await Task.sleep(for: .seconds(pause)) }
        }
    }

    /// What a worker does at the moment.
    private final class Stage: Sendable {
        private let onPassed: (@Sendable (PipelineError.Stage, Duration) -> Void)?
        /// `since` is nil before the first stage.
        private let current = Mutex((stage: PipelineError.Stage.fetch, since: ContinuousClock.Instant?.none))

        init(onPassed: (@Sendable (PipelineError.Stage, Duration) -> Void)?) { self.onPassed = onPassed }

        var value: PipelineError.Stage { current.withLock { $0.stage } }
        func set(_ stage: PipelineError.Stage) { pass(to: stage) }
        func end() { pass(to: nil) }

        private func pass(to next: PipelineError.Stage?) {
            let now = ContinuousClock.now
            let last = current.withLock { current in
                defer { current = (next ?? current.stage, next == nil ? nil : now) }
                return current
            }
            if let since = last.since { onPassed?(last.stage, now - since) }
        }
    }
}
