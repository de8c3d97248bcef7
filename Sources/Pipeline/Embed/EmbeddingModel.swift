internal import CMiniLM
internal import COpenSSL
internal import Foundation

/// all-MiniLM-L6-v2 with its tokenizer, loaded from a folder: 384 numbers for a text of at most 254 pieces.
///
/// The vector of a text has the same bits on every processor, in every thread, alone or among others. One model serves
/// any number of threads; ``Embedder`` brings the threads.
@safe public final class EmbeddingModel: @unchecked Sendable {  // the C model is read-only once it is made
    /// Floats of one vector.
    public static let dimensions = Int(MINILM_DIMENSIONS)
    /// Names the arithmetic.
    ///
    /// It changes when the same files would give other bits, and is no part of ``digest``.
    public static let arithmeticVersion = "minilm-int16-1"
    /// Tokens of one sequence at most, `[CLS]` and `[SEP]` included.
    static let maxTokens = WordPieceTokenizer.maxPieces + 2
    /// The ``digest`` of the files as their authors published them.
    private static let publishedDigest =
        "d9aeae034ba4fbcf29fec01b9b9f3f97fcdbc5a93998ae61eb77de0482e5851b"

    /// Splits text the way the model expects.
    public let tokenizer: WordPieceTokenizer
    /// SHA-256 of the weights followed by the vocabulary, in hexadecimal: stored with every vector.
    public let digest: String
    /// Whether the files are, byte for byte, the published ones.
    public var isPublished: Bool { digest == Self.publishedDigest }

    private let handle: OpaquePointer  // never leaves this file
    private let weights: SafeTensors  // the tables of words and positions are read in place

    /// Loads `model.safetensors` and `vocab.txt` from `folder`.
    ///
    /// Takes about a fifth of a second and 45 MB.
    ///
    /// - Throws: ``EmbeddingModelError``, which says how to mend it.
    public init(folder: String) throws(EmbeddingModelError) {
        let weightsFile = try Self.path(of: "model.safetensors", in: folder)
        let vocabularyFile = try Self.path(of: "vocab.txt", in: folder)
        guard let vocabulary = FileManager.default.contents(atPath: vocabularyFile).map({ [UInt8]($0) }) else {
            throw .damaged(file: vocabularyFile, reason: "it cannot be read")
        }
        guard let tokenizer = WordPieceTokenizer(vocabulary: vocabulary),
            tokenizer.vocabularyCount == Int(MINILM_VOCABULARY)
        else {
            throw .damaged(
                file: vocabularyFile,
                reason: "it is not the vocabulary of \(MINILM_VOCABULARY) different pieces"
            )
        }
        self.tokenizer = tokenizer
        weights = try SafeTensors(file: weightsFile)
        unsafe handle = try Self.pack(weights, file: weightsFile)
        digest = Self.sha256(of: weights, followedBy: vocabulary)
        weights.releasePages()
    }

    deinit { unsafe minilm_destroy(handle) }

    /// Embeds one sequence on the calling thread.
    ///
    /// Takes 10 to 60 ms: call it on a thread of your own.
    ///
    /// - Parameters:
    ///   - tokens: As ``WordPieceTokenizer/encode(_:specialTokens:maxPieces:)`` returns them.
    ///   - path: One that this processor can run.
    ///   - scratch: Used by no other thread meanwhile.
    /// - Returns: ``dimensions`` numbers, of L2 norm 1.
    /// - Throws: ``EmbeddingModelError/unreadableTokens(count:)``.
    func embed(
        _ tokens: [Int32],
        path: EmbeddingPath = .fastest,
        scratch: EmbeddingScratch
    ) throws(EmbeddingModelError) -> [Float] {
        var vector = [Float](repeating: 0, count: Self.dimensions)
        let status = unsafe minilm_embed(
            handle,
            path.cValue,
            tokens,
            Int32(clamping: tokens.count),
            &vector,
            scratch.handle
        )
        guard status == MINILM_OK else { throw Self.error(status, tokenCount: tokens.count) }
        return vector
    }

    /// The same in plain fp32, far slower: for tests to compare with.
    func embedByReference(_ tokens: [Int32]) throws(EmbeddingModelError) -> [Float] {
        var vector = [Float](repeating: 0, count: Self.dimensions)
        let tensors = try unsafe Self.tensors(of: weights)
        let status = unsafe minilm_reference_embed(tensors, tokens, Int32(clamping: tokens.count), &vector)
        guard status == MINILM_OK else { throw Self.error(status, tokenCount: tokens.count) }
        return vector
    }

    private static func path(of file: String, in folder: String) throws(EmbeddingModelError) -> String {
        let path = folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(file: file, folder: folder) }
        return path
    }

    /// All tensors in the order `minilm_create` takes them.
    private static func tensors(
        of weights: SafeTensors
    ) throws(EmbeddingModelError) -> [UnsafePointer<Float>?] {
        let width = dimensions
        let inner = Int(MINILM_INNER)
        var tensors: [UnsafePointer<Float>?] = unsafe []
        func add(_ name: String, _ shape: [Int]) throws(EmbeddingModelError) {
            unsafe tensors.append(try weights.floats(name, shape: shape))
        }
        func addLinear(_ name: String, outputs: Int, inputs: Int) throws(EmbeddingModelError) {
            try add("\(name).weight", [outputs, inputs])
            try add("\(name).bias", [outputs])
        }
        func addNorm(_ name: String) throws(EmbeddingModelError) {
            try add("\(name).weight", [width])
            try add("\(name).bias", [width])
        }
        try add("embeddings.word_embeddings.weight", [Int(MINILM_VOCABULARY), width])
        try add("embeddings.position_embeddings.weight", [Int(MINILM_MAX_TOKENS), width])
        try add("embeddings.token_type_embeddings.weight", [2, width])
        try addNorm("embeddings.LayerNorm")
        for layer in (0..<Int(MINILM_LAYERS)).map({ "encoder.layer.\($0)" }) {
            for part in ["self.query", "self.key", "self.value", "output.dense"] {
                try addLinear("\(layer).attention.\(part)", outputs: width, inputs: width)
            }
            try addNorm("\(layer).attention.output.LayerNorm")
            try addLinear("\(layer).intermediate.dense", outputs: inner, inputs: width)
            try addLinear("\(layer).output.dense", outputs: width, inputs: inner)
            try addNorm("\(layer).output.LayerNorm")
        }
        return unsafe tensors
    }

    private static func pack(_ weights: SafeTensors, file: String) throws(EmbeddingModelError) -> OpaquePointer {
        let tensors = try unsafe Self.tensors(of: weights)
        var handle: OpaquePointer?
        let status = unsafe minilm_create(tensors, &handle)
        if status == MINILM_BAD_WEIGHTS { throw .damaged(file: file, reason: "a weight is not a finite number") }
        guard status == MINILM_OK, let handle = unsafe handle else { throw .outOfMemory }
        return unsafe handle
    }

    private static func error(_ status: minilm_status, tokenCount: Int) -> EmbeddingModelError {
        status == MINILM_OUT_OF_MEMORY ? .outOfMemory : .unreadableTokens(count: tokenCount)
    }

    private static func sha256(of weights: SafeTensors, followedBy vocabulary: [UInt8]) -> String {
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
        unsafe weights.withBytes { _ = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        unsafe EVP_DigestUpdate(context, vocabulary, vocabulary.count)
        unsafe EVP_DigestFinal_ex(context, &digest, nil)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// Working memory for one thread: 3 MB.
@safe final class EmbeddingScratch: @unchecked Sendable {  // handed to one thread, then used by no other
    fileprivate let handle: OpaquePointer

    init() throws(EmbeddingModelError) {
        var handle: OpaquePointer?
        let status = unsafe minilm_scratch_create(Int32(EmbeddingModel.maxTokens), &handle)
        guard status == MINILM_OK, let handle = unsafe handle else { throw .outOfMemory }
        unsafe self.handle = handle
    }

    deinit { unsafe minilm_scratch_destroy(handle) }
}

/// One compilation of the kernel.
///
/// All give the same bits; they differ in speed and in the processors that can run them.
struct EmbeddingPath: Sendable, Hashable {
    fileprivate let cValue: minilm_path

    /// Those that this processor can run.
    static var available: [EmbeddingPath] {
        (0..<MINILM_PATH_COUNT.rawValue).map(minilm_path.init(rawValue:))
            .filter { minilm_path_is_available($0) != 0 }.map(EmbeddingPath.init)
    }

    /// The best of them.
    static let fastest = EmbeddingPath(cValue: minilm_best_path())

    /// A short name such as `avx2`.
    var name: String {
        unsafe minilm_path_name(cValue).map { unsafe String(cString: $0) } ?? "unknown"
    }
}
