/// A fragment's type condition is an object, an interface or a union.
///
/// Counter-example: `fragment F on Boolean { not }`.
///
/// - Source: GraphQL September 2025,
///   [§5.5.1.3 Fragments on Object, Interface or Union Types](https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types).
final class FragmentsOnCompositeTypesRule: ValidationRule {
    override class var visits: NodeKinds { [.inlineFragment, .fragment] }

    override func enter(inlineFragment: InlineFragmentNode) {
        guard let condition = inlineFragment.typeCondition, isWrong(condition) else { return }
        context.report(
            "Fragment cannot condition on non composite type '\(condition.value)'.",
            at: condition.offset
        )
    }

    override func enter(fragment: FragmentDefinitionNode) {
        let condition = fragment.typeCondition
        guard isWrong(condition) else { return }
        context.report(
            "Fragment '\(fragment.name.value)' cannot condition on non composite type '\(condition.value)'.",
            at: condition.offset
        )
    }

    /// Unknown types are for ``KnownTypeNamesRule``.
    private func isWrong(_ condition: NameNode) -> Bool {
        context.schema.type(condition.value)?.isComposite == false
    }
}
