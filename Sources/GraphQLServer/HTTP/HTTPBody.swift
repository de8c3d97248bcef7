internal import CHTTP
internal import Synchronization

/// Reads a request's body as it comes.
struct HTTPBodyReader: Sendable {
    let exchange: Exchange

    /// The next piece, never empty; nil after the last.
    ///
    /// - Throws: ``HTTPHostError`` when the client left. A body that is too large ends the exchange with `413`.
    func next() async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<[UInt8]?, any Error>? = exchange.state.withLock { state in
                guard let handle = state.handle else { return .failure(HTTPHostError.clientLeft) }
                if !state.collected.isEmpty {
                    let piece = state.collected
                    state.collected = []
                    unsafe http_body_wanted(handle.pointer)
                    return .success(piece)
                }
                if state.bodyEnded { return .success(nil) }
                state.reader = continuation
                return nil
            }
            if let result { continuation.resume(with: result) }
        }
    }
}

/// Writes a response's body piece by piece.
struct HTTPBodyWriter: Sendable {
    let exchange: Exchange
    /// More than this is not kept for a client that reads slowly: the writer waits.
    private static let maxPending = 256 << 10

    /// Hands `bytes` over, and waits while the client is slow.
    ///
    /// - Throws: ``HTTPHostError/clientLeft``.
    func write(_ bytes: [UInt8]) async throws {
        let pending: Int? = exchange.state.withLock { state in
            guard let handle = state.handle else { return nil }
            let isOpen = unsafe bytes.withUnsafeBufferPointer {
                unsafe http_push(handle.pointer, $0.baseAddress, $0.count)
            }
            return isOpen ? unsafe http_pending(handle.pointer) : nil
        }
        guard let pending else { throw HTTPHostError.clientLeft }
        exchange.events.observer?.sent(bytes.count)
        guard pending > Self.maxPending else { return }
        try await drained()
    }

    /// Hands `bytes` over, unless the client is still to take what was written before.
    ///
    /// Never waits, so another task may write at the same time.
    ///
    /// - Throws: ``HTTPHostError/clientLeft``.
    func offer(_ bytes: [UInt8]) throws {
        let isOpen = exchange.state.withLock { state in
            guard let handle = state.handle else { return false }
            guard unsafe http_pending(handle.pointer) == 0 else { return true }
            return unsafe bytes.withUnsafeBufferPointer {
                unsafe http_push(handle.pointer, $0.baseAddress, $0.count)
            }
        }
        guard isOpen else { throw HTTPHostError.clientLeft }
    }

    /// Waits until everything written was handed to the network; one task waits at a time.
    ///
    /// - Throws: ``HTTPHostError/clientLeft``.
    func drained() async throws {
        await withCheckedContinuation { continuation in
            let isDrained = exchange.state.withLock { state in
                guard let handle = state.handle, unsafe http_pending(handle.pointer) > 0 else { return true }
                state.drain = continuation
                return false
            }
            if isDrained { continuation.resume() }
        }
        guard exchange.state.withLock({ $0.handle != nil }) else { throw HTTPHostError.clientLeft }
    }
}
