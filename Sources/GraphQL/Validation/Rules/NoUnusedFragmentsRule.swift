/// A fragment is reached from some operation.
///
/// Counter-example: `{ title } fragment Idle on Book { pages }`.
///
/// - Source: GraphQL September 2025, [§5.5.1.4 Fragments Must Be Used](https://spec.graphql.org/September2025/#sec-Fragments-Must-Be-Used).
final class NoUnusedFragmentsRule: ValidationRule {
    override class var leaves: NodeKinds { .document }

    override func leave(document: DocumentNode) {
        guard !context.fragments.isEmpty else { return }
        let operations = document.definitions.compactMap { definition in
            if case .operation(let operation) = definition { operation } else { nil }
        }
        let used = Set(context.fragments(reachedBy: operations).map(\.name.value))
        for case .fragment(let fragment) in document.definitions where !used.contains(fragment.name.value) {
            context.report("Fragment '\(fragment.name.value)' is never used.", at: fragment.offset)
        }
    }
}
