/// A document defines its schema once.
///
/// Counter-example: `schema { query: A } schema { query: B }`.
///
/// - Source: GraphQL September 2025, §3.3 Schema.
final class LoneSchemaDefinitionRule: ValidationRule {
    private var isDefined = false

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        guard case .schema = node.kind, !node.isExtension else { return }
        if isDefined { context.report("Must provide only one schema definition.", at: node.offset) }
        isDefined = true
    }
}
