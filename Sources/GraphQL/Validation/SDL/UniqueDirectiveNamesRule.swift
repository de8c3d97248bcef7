/// A name stands for one directive.
///
/// Counter-example: `directive @tag on FIELD directive @tag on QUERY`.
///
/// - Source: GraphQL September 2025, §3.3 Schema.
final class UniqueDirectiveNamesRule: ValidationRule {
    private var known: [String: SourceOffset] = [:]

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        guard case .directive = node.kind else { return }
        let name = node.name
        if let first = known[name.value] {
            context.report("There can be only one directive named '@\(name.value)'.", at: first, name.offset)
        } else {
            known[name.value] = name.offset
        }
    }
}
