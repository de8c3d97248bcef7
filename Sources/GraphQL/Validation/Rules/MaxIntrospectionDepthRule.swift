/// Introspection does not nest its lists so deeply that the answer explodes.
///
/// Of `fields`, `interfaces`, `possibleTypes` and `inputFields` no three (by default) stand inside one another under one `__schema` or
/// `__type`.
///
/// Counter-example: `{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }`.
///
/// - Source: graphql-js 17, `MaxIntrospectionDepthRule`; no section of the specification.
final class MaxIntrospectionDepthRule: ValidationRule {
    /// The root of introspection that the walk is in: what stands in it was checked with it.
    private var root: FieldNode?
    /// By fragment: the greatest depth of lists around it at which it was found to be shallow enough.
    private var checked: [String: Int] = [:]
    /// By fragment: the smallest depth of lists around it at which it was found to be too deep.
    private var exceeded: [String: Int] = [:]

    override class var visits: NodeKinds { .field }
    override class var leaves: NodeKinds { .field }

    override func enter(field: FieldNode) {
        guard root == nil, field.name.value == "__schema" || field.name.value == "__type" else { return }
        root = field
        guard isTooDeep(field) else { return }
        let maximum = context.maxIntrospectionDepth
        context.report(
            "Maximum introspection depth exceeded",
            at: field.offset,
            limit: "maxIntrospectionDepth",
            maximum: maximum - 1,
            actual: maximum
        )
    }

    override func leave(field: FieldNode) {
        if root === field { root = nil }
    }

    /// Selections being gone through.
    private struct Step {
        var selections: ArraySlice<SelectionNode>
        let depth: Int
        /// The fragment whose selections these are.
        var fragment: String?
    }

    /// Goes through the selections in depth, with a stack of its own; a fragment once for each depth of lists around it.
    private func isTooDeep(_ field: FieldNode) -> Bool {
        guard let set = field.selectionSet else { return false }
        var visited: [String: Int] = [:]
        var steps = [Step(selections: set.selections[...], depth: 0)]
        while let step = steps.last {
            guard let selection = step.selections.first else {
                steps.removeLast()
                if let fragment = step.fragment { checked[fragment] = step.depth }
                continue
            }
            steps[steps.count - 1].selections.removeFirst()
            switch selection {
            case .field(let field):
                var depth = step.depth
                if Self.isList(field.name.value) { depth += 1 }
                if depth >= context.maxIntrospectionDepth {
                    markExceeded(steps)
                    return true
                }
                if let set = field.selectionSet { steps.append(Step(selections: set.selections[...], depth: depth)) }
            case .inlineFragment(let fragment):
                steps.append(Step(selections: fragment.selectionSet.selections[...], depth: step.depth))
            case .fragmentSpread(let spread):
                let name = spread.name.value
                if let depth = exceeded[name], depth <= step.depth {
                    markExceeded(steps)
                    return true
                }
                // This also ends cycles.
                if visited[name, default: -1] >= step.depth || checked[name, default: -1] >= step.depth { continue }
                guard let fragment = context.fragment(name) else { continue }
                visited[name] = step.depth
                steps.append(
                    Step(selections: fragment.selectionSet.selections[...], depth: step.depth, fragment: name)
                )
            }
        }
        return false
    }

    /// From the innermost fragment to the outermost, so that one entered twice keeps the smaller depth.
    private func markExceeded(_ steps: [Step]) {
        for step in steps.reversed() {
            if let fragment = step.fragment { exceeded[fragment] = step.depth }
        }
    }

    private static func isList(_ name: String) -> Bool {
        switch name {
        case "fields", "interfaces", "possibleTypes", "inputFields": true
        default: false
        }
    }
}
