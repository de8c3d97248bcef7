/// An operation without a name stands alone.
///
/// Counter-example: `{ a } query Other { b }`.
///
/// - Source: GraphQL September 2025, [§5.2.3.1 Lone Anonymous Operation](https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation).
final class LoneAnonymousOperationRule: ValidationRule {
    private var isAlone = true

    override class var visits: NodeKinds { [.document, .operation] }

    override func enter(document: DocumentNode) {
        var count = 0
        for case .operation in document.definitions { count += 1 }
        isAlone = count <= 1
    }

    override func enter(operation: OperationDefinitionNode) {
        guard !isAlone, operation.name == nil else { return }
        context.report("This anonymous operation must be the only defined operation.", at: operation.offset)
    }
}
