/// A fragment that is spread is defined.
///
/// Counter-example: `{ book { ...Missing } }`.
///
/// - Source: GraphQL September 2025, [§5.5.2.1 Fragment Spread Target Defined](https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined).
final class KnownFragmentNamesRule: ValidationRule {
    override class var visits: NodeKinds { .fragmentSpread }

    override func enter(fragmentSpread: FragmentSpreadNode) {
        let name = fragmentSpread.name
        guard context.fragment(name.value) == nil else { return }
        context.report("Unknown fragment '\(name.value)'.", at: name.offset)
    }
}
