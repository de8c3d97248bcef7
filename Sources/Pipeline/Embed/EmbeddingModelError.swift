public import Foundation

/// Why the embedding model could not be loaded or run, and the way to mend it.
public enum EmbeddingModelError: Error, Sendable, Equatable {
    /// `file` is not in `folder`.
    case missing(file: String, folder: String)
    /// `file` is there, but not what the model needs; `reason` is a clause such as `it is cut short`.
    case damaged(file: String, reason: String)
    /// No memory for the packed weights or for working space.
    case outOfMemory
    /// Token numbers that the model cannot read: none, too many, or outside the vocabulary.
    case unreadableTokens(count: Int)
    /// The embedder was shut down before the work was done.
    case shutDown
}

extension EmbeddingModelError: CustomStringConvertible {
    /// What is wrong and what to do, for whoever runs the program.
    public var description: String {
        switch self {
        case .missing(let file, let folder):
            "The embedding model is not installed: there is no \(file) in \(folder). \(Self.remedy)"
        case .damaged(let file, let reason):
            "The embedding model cannot be used: \(reason) (\(file)). \(Self.remedy)"
        case .outOfMemory:
            "There is not enough memory for the embedding model; it takes about 50 MB, and 3 MB a thread."
        case .unreadableTokens(let count):
            "The embedding model cannot read these \(count) tokens: it takes 1 to 256 of its vocabulary."
        case .shutDown:
            "The embedder has been shut down."
        }
    }

    private static let remedy = """
        Run Scripts/install-model to install it, or set MODEL_DIR to a folder that holds model.safetensors and \
        vocab.txt of sentence-transformers/all-MiniLM-L6-v2.
        """
}

extension EmbeddingModelError: LocalizedError {
    /// The same text, for code that asks Foundation.
    public var errorDescription: String? { description }
}
