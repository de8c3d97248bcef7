import Synchronization

/// Turns requests into prepared documents: finds the text, parses, validates and measures it once, and remembers.
///
/// Documents that passed and documents that failed are remembered apart, each in a cache bounded by bytes that lets go of
/// what was used longest ago, and once it is full only for what comes again: neither a flood of wrong documents nor one of
/// documents that are asked once can push out those that are asked often.
public final class DocumentPreparer: Sendable {
    /// What bounds and switches there are.
    ///
    /// All limits are on by default.
    public struct Options: Sendable {
        /// What the parser bounds.
        public var document = DocumentLimits.standard
        /// What is bounded beyond that.
        public var operation = OperationLimits()
        /// Which rules, how many errors, and whether messages suggest names.
        public var validation = ValidationOptions()
        /// The most that prepared documents may weigh, in bytes, by estimate.
        public var cacheBytes = 32 << 20
        /// The most that remembered failures may weigh, in bytes, by estimate.
        public var failureCacheBytes = 2 << 20
        /// Whether clients may register documents by hash (automatic persisted queries).
        public var acceptsPersistedQueries = true
        /// The most that the texts of persisted queries may weigh, in bytes.
        public var persistedQueryBytes = 8 << 20
        /// Known by identifier.
        public var trustedDocuments: TrustedDocuments?
        /// Whether nothing but trusted documents runs.
        public var trustedDocumentsOnly = false
        /// Is told how long parsing and validation took.
        public var onPhase: PhaseObserver?

        /// The defaults.
        public init() {}
    }

    /// How the caches did since the start.
    public struct Statistics: Sendable, Equatable {
        /// Requests answered from the cache of prepared documents.
        public var hits = 0
        /// Requests answered from the cache of failures.
        public var failureHits = 0
        /// Requests whose document had to be parsed.
        public var misses = 0
        /// Prepared documents let go to make room.
        public var evictions = 0
        /// What prepared documents weigh, in bytes, by estimate.
        public var bytes = 0
        /// How many prepared documents there are.
        public var documents = 0
    }

    private struct State {
        var prepared: RecencyCache<DocumentText, PreparedDocument>
        var failures: RecencyCache<DocumentText, RequestErrors>
        var persisted: RecencyCache<String, [UInt8]>
        var statistics = Statistics()
    }

    private let schema: GraphQLSchema
    private let options: Options
    private let sha256: @Sendable (_ bytes: [UInt8]) -> String
    private let state: Mutex<State>

    /// - Parameters:
    ///   - schema: What documents are validated against.
    ///   - options: Limits and switches.
    ///   - sha256: The lower-case hexadecimal SHA-256 of bytes; the engine brings no cryptography of its own.
    public init(
        schema: GraphQLSchema,
        options: Options = Options(),
        sha256: @escaping @Sendable (_ bytes: [UInt8]) -> String
    ) {
        self.schema = schema
        self.options = options
        self.sha256 = sha256
        state = Mutex(
            State(
                prepared: RecencyCache(maxBytes: options.cacheBytes, turnsAway: true),
                failures: RecencyCache(maxBytes: options.failureCacheBytes, turnsAway: true),
                persisted: RecencyCache(maxBytes: options.persistedQueryBytes)
            )
        )
    }

    /// How the caches did since the start.
    public var statistics: Statistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.evictions = state.prepared.evictions
            statistics.bytes = state.prepared.bytes
            statistics.documents = state.prepared.count
            return statistics
        }
    }

    /// The document that a request asks for, parsed, valid and within the limits.
    ///
    /// - Parameter request: Its `query`, `documentID` and `extensions.persistedQuery` are read.
    /// - Returns: The same object for the same text, as long as it is remembered.
    /// - Throws: ``RequestErrors``, never empty: what is wrong with the request or its document.
    public func prepare(_ request: OperationRequest) throws(RequestErrors) -> PreparedDocument {
        let (text, persistedHash) = try text(of: request)
        let known = try remembered(text)
        let document = if let known { known } else { try prepare(text) }
        keep(text, persistedHash)
        return document
    }

    /// What ``prepare(_:)`` gives, where that is remembered.
    ///
    /// - Returns: Nil where the document has to be parsed, which takes the longer the larger it is.
    /// - Throws: As ``prepare(_:)`` does.
    public func remembered(_ request: OperationRequest) throws(RequestErrors) -> PreparedDocument? {
        let (text, persistedHash) = try text(of: request)
        guard let document = try remembered(text) else { return nil }
        keep(text, persistedHash)
        return document
    }

    /// Only documents that passed are kept by hash, or anyone could fill the memory with noise.
    private func keep(_ text: [UInt8], _ persistedHash: String?) {
        guard let persistedHash else { return }
        _ = state.withLock { $0.persisted.insert(text, for: persistedHash, bytes: text.count + 64) }
    }

    private func remembered(_ text: [UInt8]) throws(RequestErrors) -> PreparedDocument? {
        // Too large is told from the size alone: no need to hash it.
        if text.count > options.document.maxBytes { return nil }
        let key = DocumentText(text)
        let known: Result<PreparedDocument, RequestErrors>? = state.withLock { state in
            if let document = state.prepared.element(of: key) {
                state.statistics.hits += 1
                return .success(document)
            }
            if let errors = state.failures.element(of: key) {
                state.statistics.failureHits += 1
                return .failure(errors)
            }
            return nil
        }
        return try known?.get()
    }

    /// Parses, validates and measures `text`, and remembers what came of it.
    private func prepare(_ text: [UInt8]) throws(RequestErrors) -> PreparedDocument {
        let result = prepareAnew(text)
        if text.count <= options.document.maxBytes {
            let key = DocumentText(text)
            // Whoever wants another document does not wait until those are taken apart that make room.
            _ = state.withLock { state -> [any Sendable] in
                state.statistics.misses += 1
                switch result {
                case .success(let document):
                    return state.prepared.insert(document, for: key, bytes: document.estimatedBytes)
                case .failure(let errors):
                    return state.failures.insert(errors, for: key, bytes: text.count + errors.estimatedBytes)
                }
            }
        }
        return try result.get()
    }

    private func prepareAnew(_ text: [UInt8]) -> Result<PreparedDocument, RequestErrors> {
        let document: DocumentNode
        do throws(GraphQLError) {
            document = try timed(.parse, options.onPhase) { () throws(GraphQLError) in
                try parse(Source(bytes: text), limits: options.document)
            }
        } catch {
            return .failure(RequestErrors(error.withCode("GRAPHQL_PARSE_FAILED")))
        }
        return timed(.validate, options.onPhase) {
            if let excess = DocumentMeasure(document).excess(over: options.operation) {
                return .failure(RequestErrors(excess))
            }
            let errors = validate(document, against: schema, options: options.validation)
            if !errors.isEmpty {
                return .failure(RequestErrors(errors.map { $0.withCode("GRAPHQL_VALIDATION_FAILED") }))
            }
            return .success(PreparedDocument(document))
        }
    }

    // MARK: - Which text

    /// The document's text, and the hash to keep it under where the client registers it.
    private func text(of request: OperationRequest) throws(RequestErrors) -> (text: [UInt8], persistedHash: String?) {
        if let identifier = request.documentID {
            guard request.query == nil else {
                throw RequestErrors(
                    "A request names its document by \"documentId\" or gives it as \"query\", not both.",
                    code: "BAD_USER_INPUT"
                )
            }
            guard let text = options.trustedDocuments?.text(of: identifier) else {
                throw RequestErrors("No document is known by this \"documentId\".", code: "PERSISTED_QUERY_NOT_FOUND")
            }
            return (text, nil)
        }
        let (text, hash) = try textOfPersistedQuery(request)
        if options.trustedDocumentsOnly, options.trustedDocuments?.contains(text) != true {
            throw RequestErrors(
                "This server runs only the documents it was given; send their \"documentId\".",
                code: "QUERY_NOT_IN_SAFELIST"
            )
        }
        return (text, hash)
    }

    private func textOfPersistedQuery(
        _ request: OperationRequest
    ) throws(RequestErrors) -> (text: [UInt8], persistedHash: String?) {
        guard let entry = request.extensions["persistedQuery"], entry != .null else {
            guard let query = request.query, !query.isEmpty else {
                throw RequestErrors("The request has no \"query\".", code: "BAD_USER_INPUT")
            }
            return (query, nil)
        }
        guard options.acceptsPersistedQueries, case .object(let entry) = entry, entry["version"] == .int(1),
            case .string(let hash)? = entry["sha256Hash"]
        else {
            throw RequestErrors("PersistedQueryNotSupported", code: "PERSISTED_QUERY_NOT_SUPPORTED")
        }
        if let query = request.query {
            guard sha256(query) == hash else {
                throw RequestErrors("The \"sha256Hash\" is not that of the \"query\".", code: "BAD_USER_INPUT")
            }
            return (query, hash)
        }
        guard let text = state.withLock({ $0.persisted.element(of: hash) }) else {
            throw RequestErrors("PersistedQueryNotFound", code: "PERSISTED_QUERY_NOT_FOUND")
        }
        return (text, nil)
    }
}

/// The text of a document as a key: its bytes are hashed once, and together.
private struct DocumentText: Hashable {
    let bytes: [UInt8]
    private let digest: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var hasher = Hasher()
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        digest = hasher.finalize()
    }

    static func == (left: DocumentText, right: DocumentText) -> Bool {
        left.digest == right.digest && left.bytes == right.bytes
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
