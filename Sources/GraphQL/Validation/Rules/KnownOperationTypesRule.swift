/// An operation's kind has a root type in the schema.
///
/// Counter-example: `mutation { rename }` against a schema without mutations.
///
/// - Source: GraphQL September 2025, [§5.2.1.1 Operation Type Existence](https://spec.graphql.org/September2025/#sec-Operation-Type-Existence).
final class KnownOperationTypesRule: ValidationRule {
    override class var visits: NodeKinds { .operation }

    override func enter(operation: OperationDefinitionNode) {
        guard context.schema.rootType(of: operation.operation) == nil else { return }
        context.report(
            "The \(operation.operation.rawValue) operation is not supported by the schema.",
            at: operation.offset
        )
    }
}
