internal import Foundation

/// Runs the first piece of a task on the thread that begins it, and what follows on a thread that has just done its part of
/// it, or else on one of its own.
///
/// Its own threads never ask MongoDB, so a task comes to its end also where those are stuck that do.
final class TaskBeginner: TaskExecutor {
    private let queue = WorkQueue()

    init() {
        for index in 0..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
            queue.addWorker(takes: true)
            let thread = Thread { [queue] in
                unsafe queue.work()
                queue.removeWorker()
            }
            thread.name = "tasks-\(index)"
            thread.start()
        }
    }

    func begin(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        unsafe pthread_setspecific(Self.key, UnsafeRawPointer(bitPattern: 1))
        defer { pthread_setspecific(Self.key, nil) }
        return Task(executorPreference: self, operation: operation)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let item = unsafe WorkQueue.Item(job: UnownedJob(job), executor: asUnownedTaskExecutor(), home: queue)
        if unsafe pthread_getspecific(Self.key) != nil {
            pthread_setspecific(Self.key, nil)
            item.run()
        } else if !(WorkThread.current?.keep(item) ?? false) {
            item.submit()
        }
    }

    func shutDown() async {
        queue.close()
        await withCheckedContinuation { queue.whenAllWorkersAreGone($0) }
    }

    /// Not nil on a thread for as long as the task that it begins was not enqueued.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key, nil)
        precondition(status == 0, "no room for a value of each thread: \(status)")
        return key
    }()
}
