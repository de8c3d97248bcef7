/// What the rules share while one document is validated: schema, document, where the walk is, and the errors so far.
final class ValidationContext {
    let schema: GraphQLSchema
    let document: DocumentNode
    /// Of equal names the last one counts, as the uniqueness rule reports the others.
    let fragments: [String: FragmentDefinitionNode]
    /// Whether messages add "Did you mean …?".
    let suggests: Bool
    /// What the types are at the node that the walk is at.
    let types: TypeInfo
    /// Set when the limit of errors or of work is reached: the walk ends.
    private(set) var isFull = false
    /// What is left for suggestions.
    var suggestionWork = SuggestionWork()
    /// What fragments reach and use; filled as rules ask.
    var reach: FragmentReach
    /// So many lists of introspection in each other are one too many.
    let maxIntrospectionDepth: Int
    private let maxErrors: Int
    private var reports: [(message: String, offsets: [SourceOffset], extensions: Value.Object)] = []

    init(
        schema: GraphQLSchema,
        document: DocumentNode,
        suggests: Bool,
        maxErrors: Int,
        maxIntrospectionDepth: Int = 3
    ) {
        self.schema = schema
        self.document = document
        self.suggests = suggests
        self.maxErrors = maxErrors
        self.maxIntrospectionDepth = maxIntrospectionDepth
        types = TypeInfo(schema: schema)
        reach = FragmentReach(document: document)
        var fragments: [String: FragmentDefinitionNode] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        self.fragments = fragments
    }

    /// Adds an error at the given places.
    ///
    /// Past the limit one last error says so, and nothing more is added.
    func report(_ message: @autoclosure () -> String, at offsets: SourceOffset...) {
        report(message(), at: offsets)
    }

    /// Adds the error of an exceeded limit, with the code `QUERY_TOO_COMPLEX`, the limit and what was found.
    func report(_ message: String, at offset: SourceOffset, limit: String, maximum: Int, actual: Int) {
        let count = reports.count
        report(message, at: [offset])
        guard reports.count > count, !isFull else { return }
        reports[count].extensions = Self.extensions(limit: limit, maximum: maximum, actual: actual)
    }

    /// Adds an error at the given places.
    ///
    /// Past the limit one last error says so, and nothing more is added. A message longer than ``maxMessageBytes`` is cut,
    /// and of the places the first ``maxPlaces`` are kept, so that a hostile document cannot make the answer long.
    func report(_ message: @autoclosure () -> String, at offsets: [SourceOffset]) {
        guard !isFull else { return }
        guard reports.count < maxErrors else {
            abort(
                "Too many validation errors, error limit reached. Validation aborted.",
                extensions: Self.extensions(limit: "maxErrors", maximum: maxErrors, actual: maxErrors + 1)
            )
            return
        }
        reports.append((Self.cut(message()), Array(offsets.prefix(Self.maxPlaces)), [:]))
    }

    /// Ends the validation with one last error, which stands at no place.
    func abort(_ message: String, extensions: Value.Object = [:]) {
        guard !isFull else { return }
        isFull = true
        reports.append((message, [], extensions))
    }

    /// What was reported, in that order.
    ///
    /// Cost: one pass over the source, however many errors there are.
    func errors() -> [GraphQLError] {
        guard !reports.isEmpty else { return [] }
        let locations = document.source.locations(at: reports.flatMap(\.offsets))
        return reports.map { report in
            GraphQLError(
                report.message,
                locations: report.offsets.compactMap { locations[$0] },
                extensions: report.extensions
            )
        }
    }

    /// Names of several hundred letters are still shown whole.
    static let maxMessageBytes = 2_000
    /// Of one error.
    static let maxPlaces = 100

    private static func extensions(limit: String, maximum: Int, actual: Int) -> Value.Object {
        [
            "code": .string("QUERY_TOO_COMPLEX"), "limit": .string(limit), "maximum": .int(maximum),
            "actual": .int(actual),
        ]
    }

    /// `message`, cut where it is longer than ``maxMessageBytes``.
    static func cut(_ message: String) -> String {
        guard message.utf8.count > maxMessageBytes else { return message }
        let end = message.utf8.index(message.startIndex, offsetBy: maxMessageBytes)
        return String(message.unicodeScalars[..<end]) + "…"
    }
}
