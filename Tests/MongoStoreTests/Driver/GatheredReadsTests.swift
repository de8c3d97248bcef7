import Synchronization
import Testing

@testable import MongoStore

@Suite struct GatheredReadsTests {
    /// Notes what is read, and ends a read when a test says so.
    private final class Reads: Sendable {
        private let asked = Mutex<[Set<Int>]>([])
        private let began = AsyncStream.makeStream(of: Void.self)
        private let goes = AsyncStream.makeStream(of: Void.self)

        func read(_ keys: Set<Int>) async -> [Int: Int] {
            asked.withLock { $0.append(keys) }
            began.continuation.yield()
            for await _ in goes.stream { break }
            return Dictionary(uniqueKeysWithValues: keys.filter { $0 >= 0 }.map { ($0, $0 * 10) })
        }

        func waitForNext() async { for await _ in began.stream { return } }
        func letOneEnd() { goes.continuation.yield() }
        var all: [Set<Int>] { asked.withLock { $0 } }
    }

    @Test func `fifty who ask during one read cost one more`() async throws {
        let reads = Reads()
        let gathered = GatheredReads<Int, Int>(atOnce: 1) { await reads.read($0) }
        let first = Task { try await gathered.values(of: [0]) }
        await reads.waitForNext()
        let later = (1...50).map { number in Task { try await gathered.values(of: [number, -number]) } }
        while gathered.waitingCount < 2 * later.count { await Task.yield() }
        reads.letOneEnd()
        await reads.waitForNext()
        reads.letOneEnd()
        #expect(try await first.value == [0: 0])
        // Each is given what it asked for, as far as that is there.
        for (number, task) in zip(1..., later) { #expect(try await task.value == [number: number * 10]) }
        #expect(reads.all == [[0], Set(-50...50).subtracting([0])])
    }

    @Test func `nobody is given what another asked for, also where as much is there as they asked for`() async throws {
        let reads = Reads()
        let gathered = GatheredReads<Int, Int>(atOnce: 1) { await reads.read($0) }
        let first = Task { try await gathered.values(of: [0]) }
        await reads.waitForNext()
        // One reads for the others. One thing is there in all, and each asked for one.
        let tasks = [-1, 1, -2].map { key in Task { try await gathered.values(of: [key]) } }
        while gathered.waitingCount < tasks.count { await Task.yield() }
        reads.letOneEnd()
        await reads.waitForNext()
        reads.letOneEnd()
        _ = try await first.value
        for (task, expected) in zip(tasks, [[:], [1: 10], [:]]) { #expect(try await task.value == expected) }
    }

    @Test func `a read that takes long does not hold up who comes after it`() async throws {
        let reads = Reads()
        let gathered = GatheredReads<Int, Int>(atOnce: 2) { await reads.read($0) }
        let first = Task { try await gathered.values(of: [1]) }
        await reads.waitForNext()
        let second = Task { try await gathered.values(of: [2]) }
        await reads.waitForNext()
        #expect(reads.all == [[1], [2]])
        reads.letOneEnd()
        reads.letOneEnd()
        #expect(try await first.value == [1: 10])
        #expect(try await second.value == [2: 20])
    }

    @Test func `who leaves takes nothing from those who share the read`() async throws {
        let reads = Reads()
        let gathered = GatheredReads<Int, Int>(atOnce: 1) { keys in
            try Task.checkCancellation()
            return await reads.read(keys)
        }
        let first = Task { try await gathered.values(of: [0]) }
        await reads.waitForNext()
        // The first of those who wait reads for the other.
        let leaving = Task { try await gathered.values(of: [1]) }
        while gathered.waitingCount < 1 { await Task.yield() }
        let staying = Task { try await gathered.values(of: [2]) }
        while gathered.waitingCount < 2 { await Task.yield() }
        leaving.cancel()
        reads.letOneEnd()
        await reads.waitForNext()
        reads.letOneEnd()
        #expect(try await first.value == [0: 0])
        #expect(try await staying.value == [2: 20])
        await #expect(throws: CancellationError.self) { try await leaving.value }
        #expect(reads.all == [[0], [2]])
        let last = Task { try await gathered.values(of: [3]) }
        await reads.waitForNext()
        reads.letOneEnd()
        #expect(try await last.value == [3: 30])
    }

    @Test func `a read asks for so many keys, and the next for the rest`() async throws {
        let reads = Reads()
        let gathered = GatheredReads<Int, Int>(atOnce: 1) { await reads.read($0) }
        let first = Task { try await gathered.values(of: [-1]) }
        await reads.waitForNext()
        let later = (0..<6).map { number in
            Task { try await gathered.values(of: Set(number * 200..<(number + 1) * 200)) }
        }
        while gathered.waitingCount < 1_200 { await Task.yield() }
        for _ in 0..<3 { reads.letOneEnd() }
        #expect(try await first.value == [:])
        for task in later { #expect(try await task.value.count == 200) }
        #expect(reads.all.map(\.count) == [1, 600, 600])
    }

    @Test func `what fails is read again by the next`() async throws {
        struct Failure: Error {}
        let attempts = Mutex(0)
        let gathered = GatheredReads<Int, Int> { keys in
            let number = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if number == 1 { throw Failure() }
            return [1: number]
        }
        await #expect(throws: Failure.self) { try await gathered.values(of: [1]) }
        #expect(try await gathered.values(of: [1, 2]) == [1: 2])
    }
}
