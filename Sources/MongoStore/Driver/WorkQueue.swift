internal import Foundation

/// Where pieces of tasks wait for a thread.
///
/// `@unchecked Sendable`: `condition` guards all that varies.
final class WorkQueue: @unchecked Sendable {
    /// A piece of a task, the executor that the task prefers, and where it waits unless some thread does it next.
    @safe struct Item {
        let job: UnownedJob
        let executor: UnownedTaskExecutor
        let home: WorkQueue

        /// Adds it to its queue; with the last thread gone nobody else is left to do it.
        func submit() {
            if !home.add(self) { run() }
        }

        func run() { unsafe job.runSynchronously(on: executor) }
    }

    private let condition = NSCondition()
    private var waiting: [Item] = []
    /// Where the oldest item stands in `waiting`: what is before it was taken.
    private var head = 0
    private var isClosed = false
    private var workerCount = 0
    /// Of the workers, those that take what waits here.
    private var takerCount = 0
    private var busyCount = 0
    private var leavers: [CheckedContinuation<Void, Never>] = []

    /// Adds a piece of a task, also when the queue is closed: a task comes to its end.
    ///
    /// - Returns: False where no thread is left.
    private func add(_ item: Item) -> Bool {
        locked {
            guard takerCount > 0 else { return false }
            waiting.append(item)
            condition.signal()
            return true
        }
    }

    /// Threads end when nothing waits any more.
    func close() {
        locked {
            isClosed = true
            condition.broadcast()
        }
    }

    var load: (busy: Int, waiting: Int) { locked { (busyCount, waiting.count - head) } }
    /// Whether a thread has nothing to do, and nothing waits for it.
    var hasIdleThread: Bool { locked { takerCount - busyCount > waiting.count - head } }
    var isShut: Bool { locked { isClosed } }

    /// - Parameter takes: Whether it will call ``work(_:)``.
    func addWorker(takes: Bool) {
        locked {
            workerCount += 1
            if takes { takerCount += 1 }
        }
    }

    /// Does what waits, one after the other, until the queue is closed and empty.
    ///
    /// - Parameter client: Lent to what is done; nil where that asks MongoDB elsewhere.
    func work(_ client: UnsafePointer<MongoClient>? = nil) {
        unsafe WorkThread.run(of: self, client) { thread in
            while let item = take() {
                item.run()
                thread.doKept()
                locked { busyCount -= 1 }
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

    private func take() -> Item? {
        locked {
            while head == waiting.count && !isClosed { condition.wait() }
            guard head < waiting.count else {
                takerCount -= 1
                return nil
            }
            let item = waiting[head]
            head += 1
            busyCount += 1
            if head >= 64, head * 2 >= waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
            return item
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}
