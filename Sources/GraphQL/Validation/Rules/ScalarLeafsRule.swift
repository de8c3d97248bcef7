/// A field of a leaf type has no selection set, and every other field has one.
///
/// Counter-examples: `{ title { length } }` and `{ book }`.
///
/// - Source: GraphQL September 2025, [§5.3.3 Leaf Field Selections](https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections).
final class ScalarLeafsRule: ValidationRule {
    override class var visits: NodeKinds { .field }

    override func enter(field: FieldNode) {
        guard let type = context.types.type else { return }
        let name = field.name.value
        if type.namedType.isLeaf {
            guard let set = field.selectionSet else { return }
            context.report(
                "Field '\(name)' must not have a selection since type '\(type)' has no subfields.",
                at: set.offset
            )
        } else if field.selectionSet == nil {
            context.report(
                "Field '\(name)' of type '\(type)' must have a selection of subfields."
                    + " Did you mean '\(name) { ... }'?",
                at: field.offset
            )
        }
    }
}
