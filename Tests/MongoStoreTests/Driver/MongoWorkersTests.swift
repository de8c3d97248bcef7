import Foundation
import Synchronization
import Testing

@testable import MongoStore

/// The calling thread.
///
/// Not `pthread_self()`, which the optimiser takes to be the same after a task has waited.
private func thisThread() -> ObjectIdentifier { ObjectIdentifier(Thread.current) }

/// Does `body` while one thread does nothing but wait for `release`.
private func withOneThreadStuck(
    of workers: MongoWorkers,
    _ body: (_ release: () -> Void) async throws -> Void
) async throws {
    let gate = DispatchSemaphore(value: 0)
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    async let stuck: Void = workers.withClient { _ in
        begin.yield()
        gate.wait()
    }
    for await _ in begun { break }
    do {
        try await body { gate.signal() }
    } catch {
        gate.signal()
        throw error
    }
    try await stuck
}

/// A database of its own for each test, dropped at its end, on the MongoDB that `MONGODB_URI` names.
func withDatabase<Result>(
    threads: Int = 4,
    _ body: (MongoWorkers) async throws -> Result
) async throws -> Result {
    let uri = try #require(
        ProcessInfo.processInfo.environment["MONGODB_URI"],
        "MONGODB_URI is not set: run Scripts/test, or Scripts/with-mongod swift test"
    )
    let name = "test-\(UInt64.random(in: 0...UInt64.max))"
    var components = try #require(URLComponents(string: uri))
    components.path = "/" + name
    let workers = try MongoWorkers(uri: try #require(components.string), threads: threads)
    do {
        let result = try await body(workers)
        try await workers.withClient { _ = try $0.write(["dropDatabase": 1]) }
        await workers.shutDown()
        return result
    } catch {
        try? await workers.withClient { _ = try $0.write(["dropDatabase": 1]) }
        await workers.shutDown()
        throw error
    }
}

@Suite struct MongoWorkersTests {
    @Test func `what is inserted is found, in the order asked for`() async throws {
        try await withDatabase { workers in
            let found = try await workers.withClient { client in
                try client.write([
                    "insert": "things",
                    "documents": .array((0..<150).map { ["_id": .int($0), "square": .int($0 * $0)] }),
                ])
                return try client.find(
                    "things",
                    ["_id": ["$gte": 20]],
                    ["sort": ["_id": -1], "projection": ["square": 1]]
                )
            }
            #expect(found.count == 130)
            #expect(try found.first?.first("square")?.int == 149 * 149)
            #expect(try found.last?.first("_id")?.int == 20)
        }
    }

    @Test func `a limited read gives all of its rows, also those that no answer holds together`() async throws {
        try await withDatabase { workers in
            try await workers.withClient { client in
                try client.write(["insert": "few", "documents": .array((0..<400).map { ["_id": .int($0)] })])
                for count in [1, 399, 1_000] {
                    let rows = try client.find(
                        "few",
                        [:],
                        ["sort": ["_id": 1], "limit": .int(count)],
                        isCommitted: true
                    )
                    let ids = try rows.map { try $0.int("_id") }
                    #expect(ids == Array(0..<min(count, 400)))
                }
                // Together more than the 16 MB that an answer has.
                let long = [UInt8](repeating: 7, count: 5 << 20)
                for number in 0..<5 {
                    try client.write(["insert": "long", "documents": [["_id": .int(number), "bytes": .binary(long)]]])
                }
                let rows = try client.find("long", [:], ["sort": ["_id": 1], "limit": 5])
                let ids = try rows.map { try $0.int("_id") }
                let last = try rows.last?.first("bytes")?.binary?.count
                #expect(ids == [0, 1, 2, 3, 4] && last == long.count)
                // In a transaction, too, which sees what it has written.
                let seen = try client.transaction { client in
                    try client.write(["insert": "few", "documents": [["_id": 400]]])
                    return try client.find("few", ["_id": ["$gte": 399]], ["limit": 10]).count
                }
                #expect(seen == 2)
                let message: String
                do {
                    message = "found \(try client.find("few", [:], ["limit": 1, "hint": ["nothing": 1]]).count)"
                } catch let error as MongoError {
                    message = error.message
                }
                #expect(message.contains("hint"), "\(message)")
            }
        }
    }

    @Test func `a unique index refuses the second, and the error says so`() async throws {
        try await withDatabase { workers in
            try await workers.withClient { _ = try $0.write(["insert": "things", "documents": [["_id": 1]]]) }
            let error = await #expect(throws: MongoError.self) {
                try await workers.withClient { _ = try $0.write(["insert": "things", "documents": [["_id": 1]]]) }
            }
            #expect(error?.isDuplicateKey == true)
        }
    }

    @Test func `an aborted transaction leaves nothing, a committed one everything`() async throws {
        struct Stop: Error {}
        try await withDatabase { workers in
            await #expect(throws: Stop.self) {
                try await workers.withClient { client in
                    try client.transaction { client in
                        try client.write(["insert": "things", "documents": [["_id": 1]]])
                        throw Stop()
                    }
                }
            }
            #expect(try await workers.withClient { try $0.find("things", [:]).count } == 0)
            try await workers.withClient { client in
                try client.transaction { client in
                    try client.write(["insert": "things", "documents": [["_id": 1]]])
                    try client.write(["insert": "others", "documents": [["_id": 2]]])
                }
            }
            #expect(
                try await workers.withClient { try $0.find("things", [:]).count + $0.find("others", [:]).count } == 2
            )
        }
    }

    @Test func `transactions that clash are tried again until all have counted`() async throws {
        try await withDatabase { workers in
            try await workers.withClient {
                _ = try $0.write(["insert": "counters", "documents": [["_id": 1, "n": 0]]])
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await workers.withClient { client in
                            try client.transaction { client in
                                let update: BSONValue = ["q": ["_id": 1], "u": ["$inc": ["n": 1]]]
                                try client.write(["update": "counters", "updates": [update]])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await workers.withClient { try $0.find("counters", [:]).first?.first("n")?.int } == 20)
        }
    }

    @Test func `a transaction that never succeeds is given up when patience ends`() async throws {
        try await withDatabase { workers in
            let runs = Mutex(0)
            let error = await #expect(throws: MongoError.self) {
                try await workers.withClient { client in
                    try client.transaction(patience: 0.1) { _ in
                        runs.withLock { $0 += 1 }
                        throw MongoError(code: 112, message: "always", isTransient: true)
                    }
                }
            }
            #expect(error?.isTransient == true && runs.withLock { $0 } > 1)
        }
    }

    @Test func `a command that the server does not know is its error`() async throws {
        try await withDatabase { workers in
            let error = await #expect(throws: MongoError.self) {
                try await workers.withClient { _ = try $0.read(["noSuchCommand": 1]) }
            }
            #expect(error?.code == 59)
        }
    }

    @Test func `work that was cancelled while it waited is not done`() async throws {
        try await withDatabase(threads: 1) { workers in
            try await withOneThreadStuck(of: workers) { release in
                let second = Task {
                    try await workers.withClient { _ = try $0.write(["insert": "things", "documents": [["_id": 1]]]) }
                }
                second.cancel()
                release()
                await #expect(throws: CancellationError.self) { try await second.value }
            }
            #expect(try await workers.withClient { try $0.find("things", [:]).count } == 0)
        }
    }

    @Test func `a task that is begun here goes on where it may ask`() async throws {
        try await withDatabase(threads: 1) { workers in
            let here = thisThread()
            let seen = Mutex<[String]>([])
            let note = { @Sendable (_ text: String) in seen.withLock { $0.append(text) } }
            let task = workers.begin {
                note(thisThread() == here ? "here" : "elsewhere")
                for number in 0..<3 {
                    let thread = try? await workers.withClient { client in
                        _ = try client.write(["insert": "things", "documents": [["_id": .int(number)]]])
                        return thisThread()
                    }
                    // Without a switch between threads.
                    note(thread.map { $0 == thisThread() ? "in place" : "switched" } ?? "failed")
                }
            }
            note("begun")
            await task.value
            #expect(seen.withLock { $0 } == ["here", "begun", "in place", "in place", "in place"])
            let count = try await workers.withClient { try $0.find("things", [:]).count }
            #expect(count == 3)

            workers.begin { note("done at once") }.cancel()
            #expect(seen.withLock { $0.last } == "done at once")
        }
    }

    @Test func `a task that was begun ends also where every thread is stuck`() async throws {
        try await withDatabase(threads: 1) { workers in
            try await withOneThreadStuck(of: workers) { release in
                let (ticks, tick) = AsyncStream.makeStream(of: Void.self)
                let second = workers.begin { for await _ in ticks { break } }
                tick.yield()
                await second.value
                release()
            }
        }
    }

    @Test func `who is woken by work that goes on does not wait for its end`() async throws {
        try await withDatabase(threads: 2) { workers in
            let done = DispatchSemaphore(value: 0)
            let (ticks, tick) = AsyncStream.makeStream(of: Void.self)
            let waiter = Task(executorPreference: workers) {
                for await _ in ticks { break }
                done.signal()
            }
            let isDone = try await workers.withClient { _ in
                tick.yield()
                return done.wait(timeout: .now() + 20) == .success
            }
            #expect(isDone)
            await waiter.value
        }
    }

    @Test func `many tasks ask side by side`() async throws {
        try await withDatabase(threads: 3) { workers in
            try await workers.withClient {
                _ = try $0.write(["insert": "counters", "documents": [["_id": 1, "n": 0]]])
            }
            let tasks = (0..<200).map { _ in
                workers.begin {
                    await withTaskGroup { group in
                        for _ in 0..<5 {
                            group.addTask {
                                await workers.hop()
                                _ = try? await workers.withClient {
                                    try $0.write([
                                        "update": "counters",
                                        "updates": [["q": ["_id": 1], "u": ["$inc": ["n": 1]]]],
                                    ])
                                }
                            }
                        }
                    }
                }
            }
            for task in tasks { await task.value }
            #expect(try await workers.withClient { try $0.find("counters", [:]).first?.first("n")?.int } == 1_000)
        }
    }

    @Test func `what threads do is told`() async throws {
        try await withDatabase(threads: 1) { workers in
            try await withOneThreadStuck(of: workers) { release in
                let second = Task { try await workers.withClient { _ in } }
                while workers.load.waiting == 0 { await Task.yield() }
                #expect(workers.load == MongoWorkers.Load(threads: 1, busy: 1, waiting: 1))
                release()
                try await second.value
            }
            while workers.load.busy > 0 { await Task.yield() }
            let (commands, failed) = (workers.commandCount, workers.failedCommandCount)
            _ = try? await workers.withClient { _ = try $0.read(["noSuchCommand": 1]) }
            #expect(workers.commandCount == commands + 1 && workers.failedCommandCount == failed + 1)
        }
    }

    @Test func `each piece of work is observed before it is answered`() async throws {
        let seen = Mutex<[MongoWork]>([])
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=50") { work in
            seen.withLock { $0.append(work) }
        }
        try await workers.withClient { _ in }
        await #expect(throws: MongoError.self) { try await workers.withClient { _ = try $0.read(["ping": 1]) } }
        let works = seen.withLock { $0 }
        #expect(works.map { $0.error?.isUnreachable } == [nil, true])
        #expect(works.allSatisfy { $0.waited >= .zero } && works[1].took > .zero)
        await workers.shutDown()
    }

    @Test func `a server that is silent for too long counts as lost, unless the connection string is more patient`()
        async throws
    {
        try await withDatabase(threads: 1) { patient in
            try await patient.withClient { _ = try $0.write(["insert": "letters", "documents": [["_id": 1]]]) }
            let uri = try #require(ProcessInfo.processInfo.environment["MONGODB_URI"])
            var components = try #require(URLComponents(string: uri))
            components.path = "/" + patient.database
            for (more, expected) in [([], nil), ([URLQueryItem(name: "socketTimeoutMS", value: "60000")], 1)] {
                components.queryItems = (components.queryItems ?? []) + more
                let workers = try MongoWorkers(
                    uri: try #require(components.string),
                    threads: 1,
                    maxSilence: .milliseconds(200)
                )
                let count = try? await workers.withClient { client in
                    try client.find("letters", ["$where": "sleep(1500) || true"], ["limit": 1]).count
                }
                #expect(count == expected)
                await workers.shutDown()
            }
        }
    }

    @Test func `a connection string that is none is refused at once`() {
        #expect(throws: MongoError.self) { try MongoWorkers(uri: "http://127.0.0.1") }
    }

    @Test func `after the end work is refused`() async throws {
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=50")
        await #expect(throws: MongoError.self) { try await workers.withClient { _ = try $0.read(["ping": 1]) } }
        await workers.shutDown()
        await #expect(throws: MongoError.self) { try await workers.withClient { _ in } }
    }

    @Test func `connections are closed when the last is back, again and again`() async throws {
        for _ in 0..<300 {
            let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none", threads: 3)
            try await workers.withClient { _ in }
            await workers.shutDown()
        }
    }

    // MARK: - Guests

    /// A thread that has joined, and does one thing after the other.
    private final class Guest: Sendable {
        private let left = DispatchSemaphore(value: 0)
        private let orders = Mutex<[@Sendable () -> Void]>([])
        private let isOver = Mutex(false)

        init(of workers: MongoWorkers) {
            let thread = Thread { [self] in
                workers.join { [self] in
                    while !isOver.withLock({ $0 }) {
                        left.wait()
                        orders.withLock { $0.isEmpty ? nil : $0.removeFirst() }?()
                    }
                }
            }
            thread.start()
        }

        func does<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
            await withCheckedContinuation { continuation in
                orders.withLock { $0.append { continuation.resume(returning: body()) } }
                left.signal()
            }
        }

        func leave() {
            isOver.withLock { $0 = true }
            left.signal()
        }
    }

    /// Has a guest begin a task that asks MongoDB.
    ///
    /// - Returns: The guest's thread and whether it kept the task; and which thread asks.
    private func begin(
        on guest: Guest,
        _ workers: MongoWorkers
    ) async -> (thread: ObjectIdentifier, keeps: Bool, asker: Task<ObjectIdentifier, Never>) {
        let (askers, continuation) = AsyncStream.makeStream(of: ObjectIdentifier.self)
        let (thread, keeps) = await guest.does {
            _ = workers.begin {
                try? await workers.withClient { _ in _ = continuation.yield(thisThread()) }
            }
            return (thisThread(), workers.hasKeptWork)
        }
        return (
            thread, keeps,
            Task {
                var first: ObjectIdentifier?
                for await asker in askers where first == nil {
                    first = asker
                    break
                }
                return first ?? ObjectIdentifier(Self.self)
            }
        )
    }

    @Test func `a guest does between whiles what it has begun, on its own connection`() async throws {
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none", threads: 1, guests: 1)
        let guest = Guest(of: workers)
        let begun = await begin(on: guest, workers)
        #expect(begun.keeps)
        await guest.does { workers.doKeptWork() }
        #expect(await begun.asker.value == begun.thread)
        #expect(await guest.does { !workers.hasKeptWork })
        guest.leave()
        await workers.shutDown()
    }

    @Test func `what a guest keeps while it is busy is done by others once it is relieved`() async throws {
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none", threads: 1, guests: 1)
        let guest = Guest(of: workers)
        let begun = await begin(on: guest, workers)
        #expect(begun.keeps)
        workers.relieveGuests()
        #expect(await begun.asker.value != begun.thread)
        #expect(await guest.does { !workers.hasKeptWork })
        guest.leave()
        await workers.shutDown()
    }

    @Test func `a guest keeps a few pieces of work, and more where nobody else is idle`() async throws {
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none", threads: 1, guests: 1)
        let guest = Guest(of: workers)
        /// Begins tasks at once that ask MongoDB.
        func begin(_ count: Int) async -> (thread: ObjectIdentifier, askers: AsyncStream<ObjectIdentifier>) {
            let (askers, continuation) = AsyncStream.makeStream(of: ObjectIdentifier.self)
            let thread = await guest.does {
                for _ in 0..<count {
                    _ = workers.begin {
                        try? await workers.withClient { _ in _ = continuation.yield(thisThread()) }
                    }
                }
                return thisThread()
            }
            return (thread, askers)
        }

        let few = await begin(6)
        await guest.does { workers.doKeptWork() }
        var askers: [ObjectIdentifier] = []
        for await asker in few.askers.prefix(6) { askers.append(asker) }
        #expect(askers.contains { $0 != few.thread }, "an idle thread takes what is more than a few")
        #expect(askers.count { $0 == few.thread } >= 4)

        try await withOneThreadStuck(of: workers) { release in
            let many = await begin(20)
            #expect(workers.load.waiting == 4)
            release()
            await guest.does { workers.doKeptWork() }
            var count = 0
            for await _ in many.askers.prefix(20) { count += 1 }
            #expect(count == 20)
        }
        guest.leave()
        await workers.shutDown()
    }

    @Test func `where no place is left, a thread is no guest, and what it begins is done by others`() async throws {
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none", threads: 1, guests: 1)
        let (first, second) = (Guest(of: workers), Guest(of: workers))
        var kept: [Bool] = []
        for guest in [first, second] {
            let begun = await begin(on: guest, workers)
            kept.append(begun.keeps)
            await guest.does { workers.doKeptWork() }
            _ = await begun.asker.value
        }
        #expect(kept.filter { $0 }.count == 1)
        first.leave()
        second.leave()
        await workers.shutDown()
    }
}
