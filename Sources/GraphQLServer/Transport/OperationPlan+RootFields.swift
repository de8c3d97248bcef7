internal import GraphQL

extension OperationPlan {
    /// Whether the operation asks for the schema itself: a long answer for which nothing is waited for.
    var asksForSchema: Bool { rootFields(contain: { $0 == "__schema" || $0 == "__type" }) }

    /// Whether no other root fields are selected.
    func selectsAtRoot(only names: Set<String>) -> Bool { !rootFields(contain: { !names.contains($0) }) }

    /// Whether a root field, directly or by fragments, is one that is sought.
    private func rootFields(contain isSought: (_ name: String) -> Bool) -> Bool {
        var fragments: [String: FragmentDefinitionNode] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        var sets = [operation.selectionSet]
        while let set = sets.popLast() {
            for selection in set.selections {
                switch selection {
                case .field(let field): if isSought(field.name.value) { return true }
                case .inlineFragment(let fragment): sets.append(fragment.selectionSet)
                case .fragmentSpread(let spread):
                    // Valid documents have no cycles; each fragment is looked at once all the same.
                    if let fragment = fragments.removeValue(forKey: spread.name.value) {
                        sets.append(fragment.selectionSet)
                    }
                }
            }
        }
        return false
    }
}
