internal import Foundation

/// What a thread that works for a queue knows of itself: its connection, and what it does next.
///
/// Used on its own thread alone.
@safe final class WorkThread {
    let queue: WorkQueue
    private let client: UnsafePointer<MongoClient>?
    private var next: WorkQueue.Item?
    /// Whether somebody uses the connection, who may take long.
    private var isLending = false

    private init(of queue: WorkQueue, _ client: UnsafePointer<MongoClient>?) {
        self.queue = queue
        unsafe self.client = unsafe client
    }

    /// Makes the calling thread one of those that work for `queue`, until `body` returns.
    static func run(of queue: WorkQueue, _ client: UnsafePointer<MongoClient>?, _ body: (WorkThread) -> Void) {
        let thread = unsafe WorkThread(of: queue, client)
        let pointer = unsafe Unmanaged.passRetained(thread)
        unsafe pthread_setspecific(key, pointer.toOpaque())
        defer {
            pthread_setspecific(key, nil)
            unsafe pointer.release()
        }
        body(thread)
    }

    /// The calling thread, where it works for a queue.
    static var current: WorkThread? {
        guard let pointer = unsafe pthread_getspecific(key) else { return nil }
        return unsafe Unmanaged<WorkThread>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Keeps `item` to be done next; false where that place is taken, or it may take long until then.
    func keep(_ item: WorkQueue.Item) -> Bool {
        guard next == nil, !isLending else { return false }
        next = item
        return true
    }

    func takeNext() -> WorkQueue.Item? {
        defer { next = nil }
        return next
    }

    /// Lends the thread's connection.
    ///
    /// - Precondition: It has one.
    func withClient<Result>(_ body: (borrowing MongoClient) throws -> Result) rethrows -> Result {
        guard let client = unsafe client else { preconditionFailure("this thread has no connection") }
        isLending = true
        defer { isLending = false }
        return try unsafe body(client.pointee)
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key, nil)
        precondition(status == 0, "no room for a value of each thread: \(status)")
        return key
    }()
}
