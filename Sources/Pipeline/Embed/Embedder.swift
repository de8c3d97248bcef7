internal import Foundation

/// Turns texts into vectors on threads of its own, so that Swift's shared pool is never busy with them.
///
/// One sequence is computed by one thread. Requests take turns, text by text, so that a short one does not wait for
/// the whole of a long one.
public final class Embedder: Sendable {
    /// The model it runs.
    public let model: EmbeddingModel
    /// How many threads it has.
    public let threadCount: Int
    private let queue = EmbeddingQueue()

    /// Splits text the way the model expects, and long text into parts that the model reads to the end.
    public var tokenizer: WordPieceTokenizer { model.tokenizer }
    /// Names the instructions it computes with, such as `avx2`; the vectors do not depend on them.
    public var instructions: String { EmbeddingPath.fastest.name }

    /// Starts the threads: by default one a core.
    ///
    /// - Throws: ``EmbeddingModelError/outOfMemory``.
    public init(
        model: EmbeddingModel,
        threads: Int? = nil
    ) throws(EmbeddingModelError) {
        self.model = model
        threadCount = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        var scratches: [EmbeddingScratch] = []
        for _ in 0..<threadCount { scratches.append(try EmbeddingScratch()) }
        for (number, scratch) in scratches.enumerated() {
            queue.addWorker()
            let thread = Thread { [queue] in queue.work { try Self.vector(of: $0, model: model, scratch: scratch) } }
            thread.name = "embed-\(number)"
            thread.start()
        }
    }

    deinit { queue.close() }  // the threads hold the queue and the model, and end by themselves

    /// Embeds `texts`.
    ///
    /// Only the first 254 pieces of a text are read; see ``WordPieceTokenizer/windows(of:)`` for longer ones.
    /// An empty text has a vector too.
    ///
    /// - Parameters:
    ///   - texts: Any number of them, none included.
    ///   - specialTokens: Keep to `.dropped` for text that somebody else wrote.
    /// - Returns: A vector for each text, in their order: ``EmbeddingModel/dimensions`` numbers of L2 norm 1.
    /// - Throws: `CancellationError` when the task is cancelled: what is queued is dropped at once, and what runs is
    ///   finished and thrown away. ``EmbeddingModelError/shutDown`` after ``shutDown()``.
    public func embed(
        _ texts: [String],
        specialTokens: WordPieceTokenizer.SpecialTokens = .dropped
    ) async throws -> [[Float]] {
        try await run(texts.map { .text($0, specialTokens) })
    }

    /// Embeds sequences of tokens, each with its `[CLS]` and `[SEP]`, at most 256 long.
    ///
    /// - Throws: As ``embed(_:specialTokens:)``; ``EmbeddingModelError/unreadableTokens(count:)`` when a sequence is
    ///   empty, too long, or has a token outside the vocabulary.
    public func embedTokens(_ tokens: [[Int32]]) async throws -> [[Float]] {
        try await run(tokens.map { .tokens($0) })
    }

    /// Refuses new work, fails what is queued, and returns once every thread has done its last.
    public func shutDown() async {
        queue.close()
        await withCheckedContinuation { queue.whenAllWorkersAreGone($0) }
    }

    private func run(_ inputs: [EmbeddingRequest.Input]) async throws -> [[Float]] {
        guard !inputs.isEmpty else { return [] }
        let request = EmbeddingRequest(inputs)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { queue.submit(request, $0) }
        } onCancel: {
            queue.cancel(request)
        }
        return queue.vectors(of: request)
    }

    private static func vector(
        of input: EmbeddingRequest.Input,
        model: EmbeddingModel,
        scratch: EmbeddingScratch
    ) throws(EmbeddingModelError) -> [Float] {
        switch input {
        case .text(let text, let specialTokens):
            try model.embed(model.tokenizer.encode(text, specialTokens: specialTokens), scratch: scratch)
        case .tokens(let tokens):
            try model.embed(tokens, scratch: scratch)
        }
    }
}
