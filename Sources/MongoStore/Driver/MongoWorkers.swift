internal import CMongo
internal import Foundation
internal import Schema

/// The threads that talk to MongoDB, each with a connection of its own.
///
/// libmongoc blocks, and a blocked thread of Swift's shared pool would hold up every task; so the work is handed to these.
/// Four are enough for two cores: MongoDB saturates before.
public final class MongoWorkers: Sendable {
    private let queue = WorkQueue()
    private let pool: Pool
    private let observe: (@Sendable (MongoWork) -> Void)?
    private let threads: Int
    private let bell = CommitBell()
    /// The database that the connection string names, or `shortlist`.
    public let database: String

    /// Connects when the first work comes; a server that is down is told by that work's error.
    ///
    /// - Parameters:
    ///   - uri: A connection string. `serverSelectionTimeoutMS` and such are read from it.
    ///   - threads: How many, and so how many connections.
    ///   - observe: Is told what came of each piece of work, on its thread, before whoever waits for it.
    /// - Throws: ``MongoError`` for a connection string that is wrong.
    public init(
        uri: String,
        threads: Int = 4,
        observe: (@Sendable (MongoWork) -> Void)? = nil
    ) throws(MongoError) {
        // One more, for work that goes on and on.
        pool = try Pool(uri: uri, size: threads + 1)
        self.observe = observe
        self.threads = threads
        database = pool.database ?? "shortlist"
        for index in 0..<threads {
            queue.addWorker()
            startThread("mongo-\(index)") { [queue] in queue.work($0) }
        }
    }

    private func startThread(_ name: String, _ body: @escaping @Sendable (borrowing MongoClient) -> Void) {
        let thread = Thread { [queue, pool, database, bell] in
            pool.withClient(database: database, bell, body)
            // Only now is the client back, and the pool may go.
            queue.removeWorker()
        }
        thread.name = name
        thread.start()
    }

    /// Does `body` on a thread and a connection of its own; once, since there is one such connection.
    ///
    /// - Parameters:
    ///   - name: The thread's.
    ///   - body: Looks at ``isClosed`` again and again, and returns where that is so.
    func startApart(_ name: String, _ body: @escaping @Sendable (borrowing MongoClient) -> Void) {
        queue.addWorker()
        startThread(name, body)
    }

    /// Whether the connections are being closed.
    var isClosed: Bool { queue.isShut }

    /// Tells `listener` what this process has changed, once it is committed; the last listener counts.
    func onChange(_ listener: @escaping @Sendable (Set<ChangeTopic>) -> Void) { bell.listen(listener) }

    /// How many commands were sent so far, each a round trip to the server.
    public var commandCount: Int { pool.commandCount }

    /// How many of these commands the server refused, or lost with its connection.
    public var failedCommandCount: Int { pool.failedCommandCount }

    /// What the threads do at the moment.
    public var load: Load {
        let (busy, waiting) = queue.load
        return Load(threads: threads, busy: busy, waiting: waiting)
    }

    /// What threads do.
    public struct Load: Sendable, Equatable {
        /// How many there are.
        public let threads: Int
        /// How many have work.
        public let busy: Int
        /// How much work waits for a thread.
        public let waiting: Int
    }

    /// Does `body` on one of the threads.
    ///
    /// Cancelled while it waits for a thread, it is not done at all; once begun it runs to its end, since the driver cannot be
    /// interrupted: bound it by `maxTimeMS`.
    ///
    /// - Parameter body: Blocks as long as MongoDB does.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `CancellationError`.
    public func withClient<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing MongoClient) throws -> Result
    ) async throws -> Result {
        let ticket = queue.ticket()
        let submitted = ContinuousClock.now
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.submit(
                    ticket,
                    run: { [observe] client in
                        let begun = ContinuousClock.now
                        func tell(_ error: (any Error)?) {
                            observe?(
                                MongoWork(waited: begun - submitted, took: .now - begun, error: error as? MongoError)
                            )
                        }
                        do {
                            let result = try body(client)
                            tell(nil)
                            continuation.resume(returning: result)
                        } catch {
                            tell(error)
                            continuation.resume(throwing: error)
                        }
                    },
                    refuse: { continuation.resume(throwing: $0) }
                )
            }
        } onCancel: {
            queue.cancel(ticket)
        }
    }

    /// Refuses further work, finishes what was begun, and closes the connections.
    public func shutDown() async {
        queue.close()
        await withCheckedContinuation { queue.whenAllWorkersAreGone($0) }
        pool.destroy()
    }
}

/// One `mongo_pool`.
///
/// `@unchecked Sendable`: the driver's pool may be used from any thread; `destroy` comes last.
@safe private final class Pool: @unchecked Sendable {
    private let handle: OpaquePointer
    let database: String?

    init(uri: String, size: Int) throws(MongoError) {
        _ = Self.started
        var failure = mongo_failure()
        guard let handle = unsafe mongo_pool_make(uri, "shortlist", UInt32(clamping: size), &failure) else {
            throw MongoError(failure)
        }
        unsafe self.handle = handle
        database = unsafe mongo_pool_database(handle).map { unsafe String(cString: $0) }
    }

    /// Lends one client to the calling thread until `body` returns.
    ///
    /// Not inlined: the optimiser of Swift 6.3.1 crashes over a borrowed value that is made in an inlined closure.
    @inline(never)
    func withClient(database: String, _ bell: CommitBell, _ body: (borrowing MongoClient) -> Void) {
        guard let client = unsafe mongo_client_take(handle) else { return }
        defer { unsafe mongo_client_put_back(handle, client) }
        unsafe body(MongoClient(lending: client, database: database, notes: ChangeNotes(bell)))
    }

    var commandCount: Int { Int(clamping: unsafe mongo_pool_commands(handle)) }
    var failedCommandCount: Int { Int(clamping: unsafe mongo_pool_failed_commands(handle)) }

    /// After the last client was put back.
    func destroy() { unsafe mongo_pool_destroy(handle) }

    private static let started: Void = mongo_start()
}

/// Where work waits for a thread.
private final class WorkQueue: @unchecked Sendable {  // `condition` guards all that varies
    typealias Run = @Sendable (borrowing MongoClient) -> Void
    typealias Refuse = @Sendable (any Error) -> Void

    private struct Work {
        let ticket: Int
        let run: Run
        let refuse: Refuse
    }

    private let condition = NSCondition()
    private var waiting: [Work] = []
    /// Where the oldest work stands in `waiting`: what is before it was taken.
    private var head = 0
    private var cancelledEarly: Set<Int> = []
    private var lastTicket = 0
    private var isClosed = false
    private var workerCount = 0
    private var busyCount = 0
    private var leavers: [CheckedContinuation<Void, Never>] = []

    func ticket() -> Int {
        locked {
            lastTicket += 1
            return lastTicket
        }
    }

    func submit(_ ticket: Int, run: @escaping Run, refuse: @escaping Refuse) {
        let refusal: (any Error)? = locked {
            if cancelledEarly.remove(ticket) != nil { return CancellationError() }
            if isClosed { return MongoError(code: 1, message: "the connections to MongoDB are closed") }
            waiting.append(Work(ticket: ticket, run: run, refuse: refuse))
            condition.signal()
            return nil
        }
        if let refusal { refuse(refusal) }
    }

    /// Takes work off the queue that no thread has taken.
    func cancel(_ ticket: Int) {
        let work: Work? = locked {
            guard let place = waiting[head...].firstIndex(where: { $0.ticket == ticket }) else {
                // Not there yet, or taken already: then the mark is removed when the work ends.
                cancelledEarly.insert(ticket)
                return nil
            }
            return waiting.remove(at: place)
        }
        work?.refuse(CancellationError())
    }

    func close() {
        let abandoned = locked {
            isClosed = true
            condition.broadcast()
            defer {
                waiting = []
                head = 0
            }
            return Array(waiting[head...])
        }
        for work in abandoned { work.refuse(MongoError(code: 1, message: "the connections to MongoDB are closed")) }
    }

    var load: (busy: Int, waiting: Int) { locked { (busyCount, waiting.count - head) } }
    var isShut: Bool { locked { isClosed } }

    func addWorker() { locked { workerCount += 1 } }

    /// Does work, one after the other, until the queue is closed.
    func work(_ client: borrowing MongoClient) {
        while let work = take() {
            work.run(client)
            locked {
                busyCount -= 1
                _ = cancelledEarly.remove(work.ticket)
            }
        }
    }

    /// The last one to leave lets those go on that wait for it.
    func removeWorker() {
        let leavers = locked {
            workerCount -= 1
            defer { if workerCount == 0 { self.leavers = [] } }
            return workerCount == 0 ? self.leavers : []
        }
        for leaver in leavers { leaver.resume() }
    }

    func whenAllWorkersAreGone(_ continuation: CheckedContinuation<Void, Never>) {
        let areGone = locked {
            if workerCount > 0 { leavers.append(continuation) }
            return workerCount == 0
        }
        if areGone { continuation.resume() }
    }

    private func take() -> Work? {
        locked {
            while head == waiting.count && !isClosed { condition.wait() }
            guard head < waiting.count else { return nil }
            let work = waiting[head]
            head += 1
            busyCount += 1
            if head >= 64, head * 2 >= waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
            return work
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}
