internal import Foundation
internal import Synchronization

/// Performs transfers on a few threads of its own, as libcurl blocks; what comes beyond them waits.
public final class Transfers: Sendable {
    private let queue = TransferQueue()

    /// Starts the threads.
    ///
    /// - Parameter threads: How many transfers at once, at least 1.
    public init(threads: Int = 4) {
        for index in 0..<max(1, threads) {
            let thread = Thread { [queue] in queue.work() }
            thread.name = "transfer-\(index)"
            // Name resolution and TLS need more than the little that other threads get by.
            thread.stackSize = 512 << 10
            thread.start()
        }
    }

    deinit { queue.close() }

    /// Performs a transfer.
    ///
    /// Cancelled, it ends within a second or so.
    ///
    /// - Parameters:
    ///   - transfer: What to ask.
    ///   - wantsBody: Whether the body is wanted, by the status. Where it is not, the transfer ends with its head.
    ///   - take: Takes each piece of the body, never empty. Pieces wait for it in memory: no more than
    ///     ``HTTPTransfer/Limits/maxBodyBytes`` together. What it throws ends the transfer.
    /// - Returns: The head of the response.
    /// - Throws: ``TransferError``; what `take` throws; `CancellationError`.
    public func perform(
        _ transfer: HTTPTransfer,
        wantsBody: @escaping @Sendable (_ status: Int) -> Bool,
        _ take: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> HTTPTransferResponse {
        let isCancelled = Flag()
        let (pieces, input) = AsyncStream.makeStream(of: [UInt8].self)
        // Whatever ends this function ends the transfer; after its end this does nothing.
        defer { isCancelled.raise() }
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            async let response = queue.perform(transfer, wantsBody, isCancelled, input)
            for await piece in pieces {
                do {
                    try await take(piece)
                } catch {
                    isCancelled.raise()
                    throw error
                }
            }
            return try await response
        } onCancel: {
            isCancelled.raise()
        }
    }
}

/// Something that is so from some moment on.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}

/// Transfers that wait for a thread.
private final class TransferQueue: @unchecked Sendable {  // `condition` guards what changes
    private let condition = NSCondition()
    private var waiting: [@Sendable () -> Void] = []
    private var isClosed = false

    func perform(
        _ transfer: HTTPTransfer,
        _ wantsBody: @escaping @Sendable (Int) -> Bool,
        _ isCancelled: Flag,
        _ input: AsyncStream<[UInt8]>.Continuation
    ) async throws -> HTTPTransferResponse {
        try await withCheckedThrowingContinuation { continuation in
            submit {
                // First the end of the body, so that whoever reads it comes to ask for the response.
                let result = Result { () throws -> HTTPTransferResponse in
                    guard !isCancelled.isRaised else { throw CancellationError() }
                    guard let handle = EasyHandle() else { throw TransferError.failed(code: 2) }
                    let course = TransferCourse(
                        transfer,
                        wantsBody: wantsBody,
                        isCancelled: { isCancelled.isRaised },
                        take: { input.yield($0) }
                    )
                    do {
                        return try handle.perform(transfer, course)
                    } catch {
                        throw isCancelled.isRaised ? CancellationError() : error
                    }
                }
                input.finish()
                continuation.resume(with: result)
            }
        }
    }

    private func submit(_ work: @escaping @Sendable () -> Void) {
        condition.lock()
        waiting.append(work)
        condition.signal()
        condition.unlock()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    /// Takes one after the other; what was submitted is done, also after the end.
    func work() {
        while true {
            condition.lock()
            while waiting.isEmpty && !isClosed { condition.wait() }
            let next = waiting.isEmpty ? nil : waiting.removeFirst()
            condition.unlock()
            guard let next else { return }
            next()
        }
    }
}
