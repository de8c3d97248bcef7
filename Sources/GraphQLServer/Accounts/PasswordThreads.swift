internal import Foundation
internal import Schema

/// Hashes passwords on a few threads of its own, which yield to everything else the machine does.
///
/// What waits is bounded: under attack some are sent away at once, instead of all waiting for ever.
final class PasswordThreads: PasswordHasher {
    private let queue: HashQueue

    /// - Parameters:
    ///   - threads: How many passwords at once.
    ///   - maxWaiting: How many may wait; more are refused.
    init(threads: Int = max(1, min(2, ProcessInfo.processInfo.activeProcessorCount / 2)), maxWaiting: Int = 32) {
        queue = HashQueue(threads: threads, maxWaiting: maxWaiting)
        for _ in 0..<threads {
            let thread = Thread { [queue] in
                // On Linux, of this thread alone.
                setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
                queue.work()
            }
            thread.name = "passwords"
            thread.start()
        }
    }

    deinit { queue.close() }

    func hash(_ password: [UInt8]) async throws -> String {
        let salt = try Cryptography.randomBytes(Bcrypt.saltBytes)
        return try await run { try Bcrypt.hash(password, salt: salt) }
    }

    func verify(_ password: [UInt8], against hash: String?) async throws -> Bool {
        try await run { Bcrypt.verify(password, against: hash) }
    }

    private func run<Output: Sendable>(_ body: @escaping @Sendable () throws -> Output) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            let waiting = queue.submit { continuation.resume(with: Result { try body() }) }
            guard let waiting else { return }
            continuation.resume(throwing: PasswordHasherBusy(retryAfter: .milliseconds(300) * waiting))
        }
    }
}

/// Where passwords wait for a thread.
private final class HashQueue: @unchecked Sendable {  // `condition` guards all that varies
    private let condition = NSCondition()
    private let threads: Int
    private let maxWaiting: Int
    private var waiting: [@Sendable () -> Void] = []
    private var isClosed = false

    init(threads: Int, maxWaiting: Int) {
        self.threads = threads
        self.maxWaiting = maxWaiting
    }

    /// - Returns: Nil where the work will be done; else how many are before it, for each thread.
    func submit(_ work: @escaping @Sendable () -> Void) -> Int? {
        condition.lock()
        defer { condition.unlock() }
        guard waiting.count < maxWaiting else { return max(1, waiting.count / threads) }
        waiting.append(work)
        condition.signal()
        return nil
    }

    func work() {
        while let work = next() { work() }
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    /// Nil at the end, when all that waited is done.
    private func next() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty && !isClosed { condition.wait() }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }
}
