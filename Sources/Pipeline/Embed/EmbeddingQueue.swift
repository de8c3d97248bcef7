internal import Foundation

/// One call of ``Embedder``: its inputs, and the vectors as they come in.
///
/// `@unchecked Sendable`: the queue's lock guards all that varies.
final class EmbeddingRequest: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    enum Input: Sendable {
        case text(String, WordPieceTokenizer.SpecialTokens)
        case tokens([Int32])
    }

    fileprivate let inputs: [Input]
    fileprivate var vectors: [[Float]]
    fileprivate var takenCount = 0
    fileprivate var doneCount = 0
    /// Set from submission to the one resumption.
    fileprivate var continuation: Continuation?
    fileprivate var isCancelled = false

    init(_ inputs: [Input]) {
        self.inputs = inputs
        vectors = Array(repeating: [], count: inputs.count)
    }
}

/// Where requests wait for the embedder's threads.
///
/// The threads block here; tasks never do, beyond the lock that is held for a few instructions.
final class EmbeddingQueue: @unchecked Sendable {  // `condition` guards all that varies
    private let condition = NSCondition()
    private var waiting: [EmbeddingRequest] = []  // those with an input that no thread has taken
    private var isClosed = false
    private var workerCount = 0
    private var leavers: [CheckedContinuation<Void, Never>] = []

    /// Queues `request`; `continuation` is resumed exactly once.
    func submit(_ request: EmbeddingRequest, _ continuation: EmbeddingRequest.Continuation) {
        let refusal: (any Error)? = locked {
            if request.isCancelled { return CancellationError() }
            if isClosed { return EmbeddingModelError.shutDown }
            request.continuation = continuation
            waiting.append(request)
            condition.broadcast()
            return nil
        }
        if let refusal { continuation.resume(throwing: refusal) }
    }

    /// Takes what is left of `request` off the queue and ends it.
    func cancel(_ request: EmbeddingRequest) {
        locked { request.isCancelled = true }
        end(request, with: CancellationError())
    }

    /// Refuses further requests, fails those that wait, and lets the threads go.
    func close() {
        let abandoned = locked {
            isClosed = true
            condition.broadcast()
            return waiting
        }
        for request in abandoned { end(request, with: EmbeddingModelError.shutDown) }
    }

    /// Announces a thread that is about to call ``work(_:)``.
    func addWorker() { locked { workerCount += 1 } }

    /// Computes inputs, one after the other, until the queue is closed.
    func work(_ compute: (EmbeddingRequest.Input) throws -> [Float]) {
        while let (request, index) = take() {
            do {
                finish(request, index, try compute(request.inputs[index]))
            } catch {
                end(request, with: error)
            }
        }
        let leavers = locked {
            workerCount -= 1
            defer { if workerCount == 0 { self.leavers = [] } }
            return workerCount == 0 ? self.leavers : []
        }
        for leaver in leavers { leaver.resume() }
    }

    /// Resumes `continuation` when no thread is left.
    func whenAllWorkersAreGone(_ continuation: CheckedContinuation<Void, Never>) {
        let areGone = locked {
            if workerCount > 0 { leavers.append(continuation) }
            return workerCount == 0
        }
        if areGone { continuation.resume() }
    }

    /// Blocks until there is an input, or returns nil once the queue is closed.
    ///
    /// Requests take turns.
    private func take() -> (EmbeddingRequest, Int)? {
        locked {
            while waiting.isEmpty && !isClosed { condition.wait() }
            guard !isClosed else { return nil }
            let request = waiting.removeFirst()
            let index = request.takenCount
            request.takenCount += 1
            if request.takenCount < request.inputs.count { waiting.append(request) }
            return (request, index)
        }
    }

    private func finish(_ request: EmbeddingRequest, _ index: Int, _ vector: [Float]) {
        let continuation = locked {
            request.vectors[index] = vector
            request.doneCount += 1
            guard request.doneCount == request.inputs.count else { return EmbeddingRequest.Continuation?.none }
            defer { request.continuation = nil }
            return request.continuation
        }
        continuation?.resume()
    }

    /// What came in for a request that was ended without an error.
    func vectors(of request: EmbeddingRequest) -> [[Float]] { locked { request.vectors } }

    private func end(_ request: EmbeddingRequest, with error: any Error) {
        let continuation = locked {
            waiting.removeAll { $0 === request }
            defer { request.continuation = nil }
            return request.continuation
        }
        continuation?.resume(throwing: error)
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}
