import Synchronization
import Testing

@testable import Schema

@Suite struct SharedReadsTests {
    /// Reads that begin and end when a test says so.
    private final class Reads: Sendable {
        private let count = Mutex(0)
        private let began = AsyncStream.makeStream(of: Int.self)
        private let goes = AsyncStream.makeStream(of: Void.self)

        func read() async -> Int {
            let number = count.withLock { count in
                count += 1
                return count
            }
            began.continuation.yield(number)
            for await _ in goes.stream { break }
            return number
        }

        func waitForNext() async { for await _ in began.stream { return } }
        func letOneEnd() { goes.continuation.yield() }
        var number: Int { count.withLock { $0 } }
    }

    @Test func `who asks while a read is under way gets the next one, and shares it`() async throws {
        let reads = Reads()
        let shared = SharedReads<String, Int> { _ in await reads.read() }
        let first = Task { try await shared.value(of: "a") }
        await reads.waitForNext()
        // They all ask before the first read ends: it ends only when it is let.
        let asked = AsyncStream.makeStream(of: Void.self)
        let later = (0..<50).map { _ in
            Task {
                asked.continuation.yield()
                return try await shared.value(of: "a")
            }
        }
        var count = 0
        for await _ in asked.stream {
            count += 1
            if count == later.count { break }
        }
        reads.letOneEnd()
        #expect(try await first.value == 1)
        var seen: Set<Int> = []
        // Whoever came to the actor after the second had begun has a third; nobody has the first.
        let ending = Task {
            while !Task.isCancelled {
                await reads.waitForNext()
                reads.letOneEnd()
            }
        }
        for task in later { seen.insert(try await task.value) }
        ending.cancel()
        #expect(!seen.contains(1) && reads.number < 10, "\(seen)")
    }

    @Test func `what fails is read again by the next`() async throws {
        struct Failure: Error {}
        let attempts = Mutex(0)
        let shared = SharedReads<String, Int> { _ in
            let number = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            if number == 1 { throw Failure() }
            return number
        }
        await #expect(throws: Failure.self) { try await shared.value(of: "a") }
        #expect(try await shared.value(of: "a") == 2)
    }
}
