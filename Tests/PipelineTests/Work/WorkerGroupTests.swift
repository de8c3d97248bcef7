import Foundation
import Synchronization
import Testing

@testable import Pipeline

@Suite struct WorkerGroupTests {
    private static let text = """
        Jane Doe

        Experience
        Baker, Example Bakery, 2015 - 2021
        Baked sourdough bread.
        """

    /// A queue in memory that remembers what it was told.
    private final class MemoryQueue: ProcessingQueue {
        struct State {
            var waiting: [ClaimedResume<Int>] = []
            var completed: [Int: ProcessedResume] = [:]
            var failed: [Int: PipelineError] = [:]
            var released: [Int] = []
            var renewals = 0
            var troubles = 0
        }

        struct Down: Error {}

        let state = Mutex(State())
        /// Called with the lease when a renewal comes; false tells that the lease is lost.
        let onRenew: @Sendable (Int) -> Bool

        init(_ waiting: [ClaimedResume<Int>], onRenew: @escaping @Sendable (Int) -> Bool = { _ in true }) {
            self.onRenew = onRenew
            state.withLock { $0.waiting = waiting }
        }

        func claim() async throws -> ClaimedResume<Int>? {
            try state.withLock { state in
                if state.troubles > 0 {
                    state.troubles -= 1
                    throw Down()
                }
                return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            }
        }

        func renew(_ lease: Int, stage: PipelineError.Stage) async throws -> Bool {
            state.withLock { $0.renewals += 1 }
            return onRenew(lease)
        }

        func complete(_ lease: Int, _ result: ProcessedResume) async throws {
            try state.withLock { state in
                if state.troubles > 0 {
                    state.troubles -= 1
                    throw Down()
                }
                state.completed[lease] = result
            }
        }

        func fail(_ lease: Int, _ error: PipelineError) async throws { state.withLock { $0.failed[lease] = error } }
        func release(_ lease: Int) async throws { state.withLock { $0.released.append(lease) } }
    }

    private static func processor() throws -> ResumeProcessor {
        let model = try InstalledModel.load()
        let screener = Screener(
            taxonomy: try CuratedSkills.taxonomy(),
            terms: TermTable(weights: [:]),
            model: model,
            embedder: try Embedder(model: model, threads: 1)
        )
        return ResumeProcessor(screener: screener, extractor: Extractor())
    }

    private static func claimed(_ number: Int, _ material: ClaimedResume<Int>.Material) -> ClaimedResume<Int> {
        ClaimedResume(
            name: "resume \(number)",
            lease: number,
            job: Job(title: "Baker", description: "Bakes bread."),
            jobKey: "job#1",
            registeredOn: CalendarDay(year: 2026, month: 6, day: 1),
            material: material
        )
    }

    private static var document: ExtractedDocument {
        var (lines, offset): ([TextLine], Int) = ([], 0)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !line.isEmpty { lines.append(TextLine(text: String(line), offset: offset)) }
            offset += line.unicodeScalars.count + 1
        }
        return ExtractedDocument(mediaType: "text/plain", text: text, lines: lines)
    }

    /// Runs a group until `isDone` holds of the queue, and stops it.
    private func run(
        _ queue: MemoryQueue,
        workers: Int = 2,
        renewal: Duration = .seconds(60),
        until isDone: @escaping @Sendable (MemoryQueue.State) -> Bool
    ) async throws -> [WorkerGroup<MemoryQueue>.Event] {
        let (events, told) = AsyncStream.makeStream(of: WorkerGroup<MemoryQueue>.Event.self)
        let group = WorkerGroup(
            workers: workers,
            queue: queue,
            processor: try Self.processor(),
            wake: WakeSignal(),
            renewal: renewal
        ) { told.yield($0) }
        let running = Task { await group.run() }
        var seen: [WorkerGroup<MemoryQueue>.Event] = []
        for await event in events {
            seen.append(event)
            if queue.state.withLock({ isDone($0) }) { break }
        }
        group.stop()
        await running.value
        return seen
    }

    @Test func `stored texts are scored, alike with and without their vectors`() async throws {
        let first = MemoryQueue([Self.claimed(1, .text(Self.document, vectors: nil))])
        _ = try await run(first) { $0.completed.count == 1 }
        let alone = try #require(first.state.withLock { $0.completed[1] })
        #expect(alone.document == nil && alone.vectors != nil && alone.screened.scores.finalScore > 0)
        let second = MemoryQueue([
            Self.claimed(2, .text(Self.document, vectors: alone.vectors)),
            Self.claimed(3, .text(Self.document, vectors: ResumeVectors(version: "other", parts: [[1]], titles: nil))),
        ])
        _ = try await run(second) { $0.completed.count == 2 }
        let both = second.state.withLock { $0.completed }
        #expect(both[2]?.vectors == nil && both[2]?.screened == alone.screened)
        #expect(both[3]?.vectors == alone.vectors && both[3]?.screened == alone.screened)
    }

    @Test func `one bad resume stops nobody else`() async throws {
        struct Gone: Error {}
        let error = PipelineError(.noText, "none", stage: .extract)
        let queue = MemoryQueue(
            [
                Self.claimed(1, .nothing(error)), Self.claimed(2, .file(name: "x.txt") { _ in throw Gone() }),
                Self.claimed(3, .text(Self.document, vectors: nil)),
            ]
        )
        let events = try await run(queue) { $0.failed.count == 2 && $0.completed.count == 1 }
        let failed = queue.state.withLock { $0.failed }
        #expect(failed[1] == error && failed[2]?.code == .fileUnreachable && failed[2]?.retryable == true)
        #expect(events.count == 3)
    }

    @Test func `a queue that is away for a while is asked and told again`() async throws {
        let queue = MemoryQueue([Self.claimed(1, .text(Self.document, vectors: nil))])
        queue.state.withLock { $0.troubles = 1 }
        let events = try await run(queue, workers: 1) { $0.completed.count == 1 }
        guard case .troubled(doing: "claiming", _)? = events.first else {
            Issue.record("no trouble was told: \(events)")
            return
        }
    }

    @Test func `work whose lease is lost is given up`() async throws {
        // The file's content comes only when its lease is gone: never.
        let queue = MemoryQueue(
            [
                Self.claimed(1, .file(name: "x.txt") { _ in try await Task.sleep(for: .seconds(600)) })
            ],
            onRenew: { _ in false }
        )
        let events = try await run(queue, workers: 1, renewal: .milliseconds(5)) { $0.renewals > 0 }
        guard case .lost(name: "resume 1")? = events.first else {
            Issue.record("it was not given up: \(events)")
            return
        }
        #expect(queue.state.withLock { $0.completed.isEmpty && $0.failed.isEmpty })
    }

    @Test func `what a cancelled group had begun is given back`() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let queue = MemoryQueue([
            Self.claimed(
                7,
                .file(name: "x.txt") { _ in
                    begin.yield()
                    try await Task.sleep(for: .seconds(600))
                }
            )
        ])
        let group = WorkerGroup(
            workers: 1,
            queue: queue,
            processor: try Self.processor(),
            wake: WakeSignal(),
            renewal: .seconds(60)
        ) { _ in }
        let running = Task { await group.run() }
        for await _ in begun { break }
        group.stop()
        running.cancel()
        await running.value
        #expect(queue.state.withLock { $0.released } == [7])
    }

    @Test func `each stage that was passed is told, and what is worked on is counted`() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (gate, opened) = AsyncStream.makeStream(of: Void.self)
        let queue = MemoryQueue([
            Self.claimed(
                1,
                .file(name: "x.txt") { write in
                    begin.yield()
                    for await _ in gate {}
                    try await write(Array(Self.text.utf8))
                }
            )
        ])
        let stages = Mutex<[PipelineError.Stage]>([])
        let (events, told) = AsyncStream.makeStream(of: WorkerGroup<MemoryQueue>.Event.self)
        let group = WorkerGroup(
            workers: 2,
            queue: queue,
            processor: try Self.processor(),
            wake: WakeSignal(),
            renewal: .seconds(60),
            onStage: { stage, took in
                if took > .zero { stages.withLock { $0.append(stage) } }
            },
            onEvent: { told.yield($0) }
        )
        let running = Task { await group.run() }
        for await _ in begun { break }
        #expect(group.inFlight == 1 && stages.withLock { $0.isEmpty })
        opened.finish()
        for await _ in events { break }
        group.stop()
        await running.value
        #expect(group.inFlight == 0)
        let passed = stages.withLock { $0 }
        // Without the program that reads files, the file ends there.
        #expect(passed.starts(with: [.fetch, .extract]))
        #expect([.parse, .embed, .score].starts(with: passed.dropFirst(2)))
    }

    @Test func `a wake between looking and waiting is not missed`() async {
        let wake = WakeSignal()
        let generation = wake.generation
        wake.wake()
        let start = ContinuousClock.now
        await wake.wait(since: generation, atMost: .seconds(30))
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
