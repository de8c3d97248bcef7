internal import Foundation
internal import Synchronization

/// What a thread that works for a queue knows of itself: its connection, and what it does next.
///
/// `@unchecked Sendable`: used on its own thread alone, but for `state`, which a lock guards.
@safe final class WorkThread: @unchecked Sendable {
    private struct State {
        /// What it does next, one piece after the other.
        var kept: [WorkQueue.Item] = []
        /// Whether somebody uses the connection, who may take long.
        var isLending = false
    }

    let queue: WorkQueue
    /// Whether the thread has something else to do, and does what it keeps between whiles.
    let isGuest: Bool
    private let client: UnsafePointer<MongoClient>?
    private let state = Mutex(State())
    /// Whether what it does may take long: always, but on a guest's thread only while it does what it has kept.
    private(set) var mayBlock: Bool

    /// So many pieces a guest keeps at once: each waits for those before it.
    private static let maxKeptByGuest = 4
    /// So many where no other thread is idle: each handed over takes two switches between threads, and would wait there.
    private static let maxKeptByGuestUnderLoad = 16
    /// How often in turn what a piece leaves to its thread goes before what waits.
    private static let maxTurns = 16

    private init(of queue: WorkQueue, _ client: UnsafePointer<MongoClient>?, isGuest: Bool) {
        self.queue = queue
        self.isGuest = isGuest
        unsafe self.client = unsafe client
        mayBlock = !isGuest
    }

    /// Makes the calling thread one of those that work for `queue`, until `body` returns.
    static func run(
        of queue: WorkQueue,
        _ client: UnsafePointer<MongoClient>?,
        isGuest: Bool = false,
        _ body: (WorkThread) -> Void
    ) {
        let thread = unsafe WorkThread(of: queue, client, isGuest: isGuest)
        let pointer = unsafe Unmanaged.passRetained(thread)
        unsafe pthread_setspecific(key, pointer.toOpaque())
        defer {
            pthread_setspecific(key, nil)
            unsafe pointer.release()
        }
        body(thread)
        thread.submitKept()
    }

    /// The calling thread, where it works for a queue.
    static var current: WorkThread? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        return unsafe Unmanaged<WorkThread>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Keeps `item` to be done next; false where there is no room for it, or it may take long until then.
    func keep(_ item: WorkQueue.Item) -> Bool {
        state.withLock { state in
            guard state.kept.count < maxKept(besides: state.kept.count), !state.isLending else { return false }
            state.kept.append(item)
            return true
        }
    }

    private func maxKept(besides count: Int) -> Int {
        if !isGuest { return 1 }
        return count < Self.maxKeptByGuest || queue.hasIdleThread ? Self.maxKeptByGuest : Self.maxKeptByGuestUnderLoad
    }

    var hasKept: Bool { state.withLock { !$0.kept.isEmpty } }

    /// Does what is kept, and what it keeps meanwhile; what goes on for long is left to others.
    func doKept() {
        let mayBlock = mayBlock
        self.mayBlock = true
        defer { self.mayBlock = mayBlock }
        var turns = 0
        while let next = takeKept() {
            turns += 1
            // Others have waited longer by now.
            if turns > Self.maxTurns { next.submit() } else { next.run() }
        }
    }

    /// Leaves what is kept to other threads.
    ///
    /// Called on any.
    func submitKept() {
        while let next = takeKept() { next.submit() }
    }

    private func takeKept() -> WorkQueue.Item? {
        state.withLock { $0.kept.isEmpty ? nil : $0.kept.removeFirst() }
    }

    /// Whether somebody uses the connection.
    ///
    /// Called on any thread.
    var isLending: Bool { state.withLock { $0.isLending } }

    /// Lends the thread's connection.
    ///
    /// - Precondition: It has one.
    func withClient<Result>(_ body: (borrowing MongoClient) throws -> Result) rethrows -> Result {
        guard let client = unsafe client else { preconditionFailure("this thread has no connection") }
        state.withLock { $0.isLending = true }
        defer { state.withLock { $0.isLending = false } }
        return try unsafe body(client.pointee)
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key, nil)
        precondition(status == 0, "no room for a value of each thread: \(status)")
        return key
    }()
}
