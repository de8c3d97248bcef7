internal import CMongo
internal import Foundation
internal import Schema
internal import Synchronization

/// The threads that talk to MongoDB, each with a connection of its own.
///
/// libmongoc blocks, and a blocked thread of Swift's shared pool would hold up every task; so the work is handed to these.
/// Four are enough for two cores: MongoDB saturates before.
///
/// A hand-over costs two switches between threads. Tasks that prefer this executor run on its threads altogether, and do what
/// they ask MongoDB in place.
public final class MongoWorkers: TaskExecutor {
    private let queue = WorkQueue()
    private let beginner = TaskBeginner()
    private let pool: Pool
    private let observe: (@Sendable (MongoWork) -> Void)?
    private let threads: Int
    private let bell = CommitBell()
    private let guests: Guests
    /// The database that the connection string names, or `shortlist`.
    public let database: String

    /// Connects when the first work comes; a server that is down is told by that work's error.
    ///
    /// - Parameters:
    ///   - uri: A connection string. `serverSelectionTimeoutMS` and such are read from it.
    ///   - threads: How many, and so how many connections.
    ///   - guests: How many threads more may ``join(_:)``.
    ///   - maxSilence: A server that says nothing for so long, asked something, counts as lost; `socketTimeoutMS` of the
    ///     connection string comes first. Longer than any command of the stores may take.
    ///   - observe: Is told what came of each piece of work, on its thread, before whoever waits for it.
    /// - Throws: ``MongoError`` for a connection string that is wrong.
    public init(
        uri: String,
        threads: Int = 4,
        guests: Int = 0,
        maxSilence: Duration = .seconds(60),
        observe: (@Sendable (MongoWork) -> Void)? = nil
    ) throws(MongoError) {
        // One more, for work that goes on and on.
        pool = try Pool(uri: uri, size: threads + guests + 1, maxSilence: maxSilence)
        self.guests = Guests(places: guests)
        self.observe = observe
        self.threads = threads
        database = pool.database ?? "shortlist"
        for index in 0..<threads {
            queue.addWorker(takes: true)
            startThread("mongo-\(index)") { [queue] client in
                unsafe withUnsafePointer(to: client) { unsafe queue.work($0) }
            }
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
        queue.addWorker(takes: false)
        startThread(name, body)
    }

    // MARK: - Guests

    /// Gives the calling thread a connection until `body` returns.
    ///
    /// Pieces of tasks that come up on the thread meanwhile, and may take long, are kept for it until it calls
    /// ``doKeptWork()``; more than a few go to the other threads. Where as many have joined as may, `body` runs without all that.
    ///
    /// - Parameter body: Such as a loop that must not be held up.
    public func join(_ body: @escaping @Sendable () -> Void) {
        guard guests.admit() else { return body() }
        queue.addWorker(takes: false)
        pool.withClient(database: database, bell) { [queue, guests] client in
            unsafe withUnsafePointer(to: client) { client in
                unsafe WorkThread.run(of: queue, client, isGuest: true) { thread in
                    guests.add(thread)
                    body()
                    guests.remove(thread)
                }
            }
        }
        queue.removeWorker()
    }

    /// Whether the calling thread has joined, and keeps pieces of tasks.
    public var hasKeptWork: Bool { WorkThread.current?.hasKept ?? false }

    /// Does what the calling thread keeps, and what comes up on it meanwhile.
    public func doKeptWork() { WorkThread.current?.doKept() }

    /// Has other threads do what guests keep, since what one of them does takes long.
    ///
    /// Called on any thread.
    public func relieveGuests() {
        for guest in guests.present { guest.submitKept() }
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
        let guests = guests.present
        return Load(
            threads: threads + guests.count,
            busy: busy + guests.count { $0.isLending },
            waiting: waiting
        )
    }

    /// What threads do, guests among them.
    public struct Load: Sendable, Equatable {
        /// How many there are.
        public let threads: Int
        /// How many have work.
        public let busy: Int
        /// How much work waits for a thread.
        public let waiting: Int
    }

    /// Does `body` on one of the threads: on the calling one, where it is one of them.
    ///
    /// Cancelled before, it is not done at all; once begun it runs to its end, since the driver cannot be interrupted: bound it
    /// by `maxTimeMS`.
    ///
    /// - Parameter body: Blocks as long as MongoDB does.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `CancellationError`.
    public func withClient<Result: Sendable>(
        _ body: @Sendable (borrowing MongoClient) throws -> Result
    ) async throws -> Result {
        if let thread { return try work(on: thread, waited: .zero, body) }
        let submitted = ContinuousClock.now
        return try await withTaskExecutorPreference(self) { @concurrent in
            // With the last thread gone the piece is done wherever it came from.
            guard let thread else { throw Self.closed }
            return try work(on: thread, waited: .now - submitted, body)
        }
    }

    /// The calling thread, where it is one of these and may be blocked.
    private var thread: WorkThread? {
        WorkThread.current.flatMap { $0.queue === queue && $0.mayBlock ? $0 : nil }
    }

    private static let closed = MongoError(code: 1, message: "the connections to MongoDB are closed")

    private func work<Result>(
        on thread: WorkThread,
        waited: Duration,
        _ body: (borrowing MongoClient) throws -> Result
    ) throws -> Result {
        try Task.checkCancellation()
        guard !queue.isShut else { throw Self.closed }
        // What this thread was to do next does not wait for MongoDB; a guest's does, unless that takes long.
        if !thread.isGuest { thread.submitKept() }
        guard let observe else { return try thread.withClient(body) }
        let begun = ContinuousClock.now
        do {
            let result = try thread.withClient(body)
            observe(MongoWork(waited: waited, took: .now - begun, error: nil))
            return result
        } catch {
            observe(MongoWork(waited: waited, took: .now - begun, error: error as? MongoError))
            throw error
        }
    }

    /// Begins a task that goes on wherever it has just done its part, on these threads or on others that never ask MongoDB.
    ///
    /// - Parameters:
    ///   - here: Whether it runs on the calling thread until it waits or asks MongoDB: what needs neither is done when this
    ///     returns.
    ///   - operation: Short, until it waits or hops.
    /// - Returns: The task.
    public func begin(here: Bool = true, _ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        here ? beginner.begin(operation) : Task(executorPreference: beginner, operation: operation)
    }

    /// Goes on on one of the threads, or on another that has time: for what is no work for a thread that only begins tasks.
    public func hop() async {
        guard WorkThread.current?.mayBlock != true else { return }
        await withTaskExecutorPreference(self) { @concurrent in }
    }

    /// Has a piece of a task done: next on the calling thread, where that is one of these, or else by the first that has time.
    public func enqueue(_ job: consuming ExecutorJob) {
        let item = unsafe WorkQueue.Item(job: UnownedJob(job), executor: asUnownedTaskExecutor(), home: queue)
        if WorkThread.current.map({ $0.queue === queue && $0.keep(item) }) != true { item.submit() }
    }

    /// Refuses further work, finishes what was begun, and closes the connections.
    public func shutDown() async {
        queue.close()
        await withCheckedContinuation { queue.whenAllWorkersAreGone($0) }
        await beginner.shutDown()
        pool.destroy()
    }
}

/// Threads that have joined.
private final class Guests: Sendable {
    private struct State {
        /// How many more may join.
        var places: Int
        var present: [WorkThread] = []
    }

    private let state: Mutex<State>

    init(places: Int) { state = Mutex(State(places: places)) }

    var present: [WorkThread] { state.withLock { $0.present } }

    /// Whether there was a place left, which is taken now.
    func admit() -> Bool {
        state.withLock { state in
            guard state.places > 0 else { return false }
            state.places -= 1
            return true
        }
    }

    func add(_ thread: WorkThread) { state.withLock { $0.present.append(thread) } }

    func remove(_ thread: WorkThread) {
        state.withLock { state in
            state.present.removeAll { $0 === thread }
            state.places += 1
        }
    }
}

/// One `mongo_pool`.
///
/// `@unchecked Sendable`: the driver's pool may be used from any thread; `destroy` comes last.
@safe private final class Pool: @unchecked Sendable {
    private let handle: OpaquePointer
    let database: String?

    init(uri: String, size: Int, maxSilence: Duration) throws(MongoError) {
        _ = Self.started
        var failure = mongo_failure()
        let milliseconds = Int32(clamping: Int64(maxSilence / .milliseconds(1)))
        guard
            let handle = unsafe mongo_pool_make(uri, "shortlist", UInt32(clamping: size), milliseconds, &failure)
        else {
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
