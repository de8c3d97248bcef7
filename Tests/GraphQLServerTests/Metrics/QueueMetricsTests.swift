import MongoStore
import Schema
import Synchronization
import Testing

@testable import GraphQLServer

@Suite struct QueueMetricsTests {
    private static let now = Timestamp(milliseconds: 1_795_425_302_000)
    private static let depth = QueueDepth(due: 7, oldestSince: now.advanced(by: .zero - .seconds(90)))

    @Sendable private static func clock() -> Timestamp { now }

    struct Away: Error {}

    private static func shown(_ registry: MetricsRegistry) throws -> [Double?] {
        let shown = try Exposition(registry.text)
        return ["shortlist_mongodb_up", "shortlist_queue_due", "shortlist_queue_oldest_due_seconds"].map {
            shown.value($0)
        }
    }

    @Test func `depth and age are shown, and the database is asked once in a while only`() async throws {
        let registry = MetricsRegistry()
        let asked = Atomic(0)
        let queue = QueueMetrics(registry, lifetime: .seconds(600), patience: .seconds(60), clock: Self.clock) {
            asked.add(1, ordering: .relaxed)
            return Self.depth
        }
        #expect(try Self.shown(registry) == [0, nil, nil])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { await queue.refresh() } }
        }
        #expect(try Self.shown(registry) == [1, 7, 90])
        await queue.refresh()
        #expect(asked.load(ordering: .relaxed) == 1)
    }

    @Test func `an answer that has grown old is asked for again, and an empty queue has no age`() async throws {
        let registry = MetricsRegistry()
        let answers = Mutex([Self.depth, QueueDepth(due: 0, oldestSince: nil)])
        let queue = QueueMetrics(registry, lifetime: .zero, patience: .seconds(60), clock: Self.clock) {
            answers.withLock { $0.removeFirst() }
        }
        await queue.refresh()
        await queue.refresh()
        #expect(try Self.shown(registry) == [1, 0, 0])
    }

    @Test func `where the database fails, what was known is no longer shown`() async throws {
        let registry = MetricsRegistry()
        let isAway = Atomic(false)
        let queue = QueueMetrics(registry, lifetime: .zero, patience: .seconds(60), clock: Self.clock) {
            if isAway.load(ordering: .relaxed) { throw Away() }
            return Self.depth
        }
        await queue.refresh()
        isAway.store(true, ordering: .relaxed)
        await queue.refresh()
        #expect(try Self.shown(registry) == [0, nil, nil])
    }

    @Test func `a database that does not answer is not waited for, nor asked by a second one`() async throws {
        let registry = MetricsRegistry()
        let (gate, opened) = AsyncStream.makeStream(of: Void.self)
        let asked = Atomic(0)
        let queue = QueueMetrics(registry, lifetime: .zero, patience: .milliseconds(5), clock: Self.clock) {
            asked.add(1, ordering: .relaxed)
            for await _ in gate {}
            return Self.depth
        }
        await queue.refresh()
        await queue.refresh()
        #expect(try Self.shown(registry) == [0, nil, nil])
        #expect(asked.load(ordering: .relaxed) == 1)
        opened.finish()
    }
}
