/// A schema and its extensions give each kind of operation one root type.
///
/// Counter-example: `schema { query: A query: B }`.
///
/// - Source: GraphQL September 2025, §3.3.1 Root Operation Types.
final class UniqueOperationTypesRule: ValidationRule {
    private var known: [OperationType: SourceOffset] = [:]

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        for root in node.roots {
            if let first = known[root.operation] {
                context.report(
                    "There can be only one \(root.operation.rawValue) type in schema.",
                    at: first,
                    root.offset
                )
            } else {
                known[root.operation] = root.offset
            }
        }
    }
}
