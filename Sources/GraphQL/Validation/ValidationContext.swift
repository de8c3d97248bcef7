/// What the rules share while one document is validated: schema, document, where the walk is, and the errors so far.
final class ValidationContext {
    let schema: GraphQLSchema
    let document: DocumentNode
    /// Of equal names the last one counts, as the uniqueness rule reports the others.
    let fragments: [String: FragmentDefinitionNode]
    /// Whether messages add "Did you mean …?".
    let suggests: Bool
    /// What the types are at the node that the walk is at.
    var types: TypeInfo
    /// Set when the limit of errors is reached: the walk ends.
    private(set) var isFull = false
    private let maxErrors: Int
    private var reports: [(message: String, offsets: [SourceOffset])] = []

    init(schema: GraphQLSchema, document: DocumentNode, suggests: Bool, maxErrors: Int) {
        self.schema = schema
        self.document = document
        self.suggests = suggests
        self.maxErrors = maxErrors
        types = TypeInfo(schema: schema)
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

    /// Adds an error at the given places.
    ///
    /// Past the limit one last error says so, and nothing more is added.
    func report(_ message: @autoclosure () -> String, at offsets: [SourceOffset]) {
        guard !isFull else { return }
        guard reports.count < maxErrors else {
            isFull = true
            reports.append(("Too many validation errors, error limit reached. Validation aborted.", []))
            return
        }
        reports.append((message(), offsets))
    }

    /// What was reported, in that order.
    ///
    /// Cost: one pass over the source, however many errors there are.
    func errors() -> [GraphQLError] {
        let locations = document.source.locations(at: reports.flatMap(\.offsets))
        return reports.map { report in
            GraphQLError(report.message, locations: report.offsets.compactMap { locations[$0] })
        }
    }
}
