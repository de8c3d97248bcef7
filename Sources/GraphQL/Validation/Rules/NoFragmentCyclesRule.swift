/// No fragment spreads itself, be it through others.
///
/// Counter-example: `fragment A on Book { sequel { ...B } } fragment B on Book { sequel { ...A } }`.
///
/// - Source: GraphQL September 2025,
///   [§5.5.2.2 Fragment Spreads Must Not Form Cycles](https://spec.graphql.org/September2025/#sec-Fragment-Spreads-Must-Not-Form-Cycles).
final class NoFragmentCyclesRule: ValidationRule {
    /// Each fragment is entered once, so every spread is looked at once.
    private var visited: Set<String> = []

    override class var visits: NodeKinds { .fragment }

    /// A fragment whose spreads are being followed.
    private struct Step {
        let name: String
        var spreads: ArraySlice<FragmentSpreadNode>
    }

    /// Searches in depth, with a stack of its own: chains of fragments may be as long as the document.
    override func enter(fragment: FragmentDefinitionNode) {
        guard visited.insert(fragment.name.value).inserted else { return }
        var steps = [Step(name: fragment.name.value, spreads: context.spreads(of: fragment)[...])]
        /// The spread that led from each step to the next.
        var path: [FragmentSpreadNode] = []
        var places = [fragment.name.value: 0]
        while let step = steps.last, !context.isFull {
            guard let spread = step.spreads.first else {
                steps.removeLast()
                places[step.name] = nil
                if !path.isEmpty { path.removeLast() }
                continue
            }
            steps[steps.count - 1].spreads.removeFirst()
            let name = spread.name.value
            if let place = places[name] {
                reportCycle(path[place...], closedBy: spread)
            } else if let next = context.fragment(name), visited.insert(name).inserted {
                places[name] = steps.count
                path.append(spread)
                steps.append(Step(name: name, spreads: context.spreads(of: next)[...]))
            }
        }
    }

    private func reportCycle(_ path: ArraySlice<FragmentSpreadNode>, closedBy spread: FragmentSpreadNode) {
        var via = ""
        for step in path {
            // A cycle may be as long as the document; what the context would cut is not written.
            guard via.utf8.count <= ValidationContext.maxMessageBytes else { break }
            via += via.isEmpty ? " via '" : ", '"
            via += step.name.value + "'"
        }
        context.report(
            "Cannot spread fragment '\(spread.name.value)' within itself\(via).",
            at: path.prefix(ValidationContext.maxPlaces).map(\.offset) + [spread.offset]
        )
    }
}
