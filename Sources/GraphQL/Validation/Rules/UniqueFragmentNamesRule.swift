/// A name stands for one fragment.
///
/// Counter-example: `fragment Same on Book { title } fragment Same on Book { pages }`.
///
/// - Source: GraphQL September 2025, [§5.5.1.1 Fragment Name Uniqueness](https://spec.graphql.org/September2025/#sec-Fragment-Name-Uniqueness).
final class UniqueFragmentNamesRule: ValidationRule {
    private var known: [String: SourceOffset] = [:]

    override class var visits: NodeKinds { .fragment }

    override func enter(fragment: FragmentDefinitionNode) {
        let name = fragment.name
        if let first = known[name.value] {
            context.report("There can be only one fragment named '\(name.value)'.", at: first, name.offset)
        } else {
            known[name.value] = name.offset
        }
    }
}
