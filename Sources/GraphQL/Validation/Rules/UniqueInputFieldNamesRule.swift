/// The fields of an input object have different names.
///
/// Counter-example: `{ search(filter: { name: "a", name: "b" }) }`
///
/// - Source: GraphQL September 2025, §5.6.3 Input Object Field Uniqueness.
final class UniqueInputFieldNamesRule: ValidationRule {
    override class var visits: NodeKinds { .value }

    override func enter(value: ValueNode) {
        guard case .object(let fields) = value.kind else { return }
        for (name, nodes) in repeated(fields, by: \.name.value) {
            for node in nodes.dropFirst() {
                context.report(
                    "There can be only one input field named '\(name)'.",
                    at: nodes[0].name.offset,
                    node.name.offset
                )
            }
        }
    }
}
