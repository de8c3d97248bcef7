/// A name stands for one operation.
///
/// Counter-example: `query Same { a } query Same { b }`.
///
/// - Source: GraphQL September 2025, [§5.2.2.1 Operation Name Uniqueness](https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness).
final class UniqueOperationNamesRule: ValidationRule {
    private var known: [String: SourceOffset] = [:]

    override class var visits: NodeKinds { .operation }

    override func enter(operation: OperationDefinitionNode) {
        guard let name = operation.name else { return }
        if let first = known[name.value] {
            context.report("There can be only one operation named '\(name.value)'.", at: first, name.offset)
        } else {
            known[name.value] = name.offset
        }
    }
}
