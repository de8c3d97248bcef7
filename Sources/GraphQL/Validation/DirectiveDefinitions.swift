/// The directives that the directives of a document may mean: the schema's, and those that the document itself defines,
/// which come first.
struct DirectiveDefinitions {
    /// What rules need to know of a directive, wherever it is defined.
    struct Definition {
        /// Their names, in the order written.
        let arguments: [String]
        /// Those that must be given, each with its type as in SDL.
        let required: [(name: String, type: String)]
        let isRepeatable: Bool
        let locations: Set<String>
    }

    private let schema: GraphQLSchema
    private var own: [String: Definition] = [:]
    private var known: [String: Definition] = [:]

    init(_ context: ValidationContext) {
        schema = context.schema
        for case .typeSystem(let node) in context.document.definitions {
            guard case .directive(let arguments, let isRepeatable, let locations) = node.kind else { continue }
            own[node.name.value] = Definition(
                arguments: arguments.map(\.name.value),
                required: arguments.compactMap { argument in
                    guard case .nonNull = argument.type.kind, argument.defaultValue == nil else { return nil }
                    return (argument.name.value, Self.text(argument.type))
                },
                isRepeatable: isRepeatable,
                locations: Set(locations.map(\.value))
            )
        }
    }

    /// The directive called `name`, without `@`; nil where neither the schema nor the document defines it.
    subscript(name: String) -> Definition? {
        mutating get {
            if let definition = own[name] ?? known[name] { return definition }
            guard let directive = schema.directive(name) else { return nil }
            let definition = Definition(
                arguments: directive.arguments.map(\.name),
                required: directive.arguments.filter(\.isRequired).map { ($0.name, $0.type.description) },
                isRepeatable: directive.isRepeatable,
                locations: Set(directive.locations.map(\.rawValue))
            )
            known[name] = definition
            return definition
        }
    }

    private static func text(_ type: TypeNode) -> String {
        switch type.kind {
        case .named(let name): name
        case .list(let item): "[\(text(item))]"
        case .nonNull(let inner): "\(text(inner))!"
        }
    }
}
