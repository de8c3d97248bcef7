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
        await withCheckedContinuation { continuation in
            let isDrained = exchange.state.withLock { state in
                guard let handle = state.handle, unsafe http_pending(handle.pointer) > 0 else { return true }
                state.drain = continuation
                return false
            }
            if isDrained { continuation.resume() }
        }
    }

    /// Whether the client has closed its connection.
    var clientLeft: Bool {
        exchange.state.withLock { state in
            guard let handle = state.handle else { return true }
            return unsafe http_client_left(handle.pointer)
        }
    }
}
