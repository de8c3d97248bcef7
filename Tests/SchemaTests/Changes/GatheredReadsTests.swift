import Synchronization
import Testing

@testable import Schema

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
        let gathered = GatheredReads<Int, Int> { await reads.read($0) }
        let first = Task { try await gathered.values(of: [0]) }
        await reads.waitForNext()
        let later = (1...50).map { number in Task { try await gathered.values(of: [number, -number]) } }
        while await gathered.waitingCount < 2 * later.count { await Task.yield() }
        reads.letOneEnd()
        await reads.waitForNext()
        reads.letOneEnd()
        #expect(try await first.value == [0: 0])
        // Each is given what it asked for, as far as that is there.
        for (number, task) in zip(1..., later) { #expect(try await task.value == [number: number * 10]) }
        #expect(reads.all == [[0], Set(-50...50).subtracting([0])])
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
