/// A fragment stands where some object could satisfy it.
///
/// Counter-example: `{ book { ... on Author { name } } }`.
///
/// - Source: GraphQL September 2025, [§5.5.2.3 Fragment Spread Is Possible](https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible).
final class PossibleFragmentSpreadsRule: ValidationRule {
    /// By the indices of two types; each pair is compared once.
    private var overlaps: [Pair: Bool] = [:]

    private struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    override class var visits: NodeKinds { [.inlineFragment, .fragmentSpread] }

    override func enter(inlineFragment: InlineFragmentNode) {
        guard
            let type = context.types.type?.namedType, type.isComposite,
            let parent = context.types.parentType, !overlap(type, parent)
        else { return }
        context.report(
            "Fragment cannot be spread here as objects of type '\(parent.name)' can never be of type '\(type.name)'.",
            at: inlineFragment.offset
        )
    }

    override func enter(fragmentSpread: FragmentSpreadNode) {
        let name = fragmentSpread.name.value
        guard
            let parent = context.types.parentType,
            let condition = context.fragment(name)?.typeCondition,
            let type = context.schema.type(condition.value), type.isComposite, !overlap(type, parent)
        else { return }
        context.report(
            "Fragment '\(name)' cannot be spread here as objects of type '\(parent.name)'"
                + " can never be of type '\(type.name)'.",
            at: fragmentSpread.offset
        )
    }

    /// Whether an object can be of both types.
    private func overlap(_ left: NamedType, _ right: NamedType) -> Bool {
        if left === right { return true }
        let pair = Pair(left: left.index, right: right.index)
        if let known = overlaps[pair] { return known }
        let schema = context.schema
        let found = schema.possibleTypes(of: left).contains { schema.isPossible($0, for: right) }
        overlaps[pair] = found
        return found
    }
}
