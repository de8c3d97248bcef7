/// A name stands for one type.
///
/// Counter-example: `type Job { id: ID } enum Job { OPEN }`.
///
/// - Source: GraphQL September 2025, §3.3 Schema.
final class UniqueTypeNamesRule: ValidationRule {
    private var known: [String: SourceOffset] = [:]

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        guard node.kind.typeKind != nil, !node.isExtension else { return }
        let name = node.name
        if let first = known[name.value] {
            context.report("There can be only one type named '\(name.value)'.", at: first, name.offset)
        } else {
            known[name.value] = name.offset
        }
    }
}
