/// A subscription selects one root field, which is no introspection field and hangs on no condition.
///
/// Counter-examples: `subscription { added removed }`, `subscription { __typename }`, and
/// `subscription ($on: Boolean!) { added @include(if: $on) }`.
///
/// - Source: GraphQL September 2025, [§5.2.4.1 Single Root Field](https://spec.graphql.org/September2025/#sec-Single-Root-Field).
final class SingleFieldSubscriptionsRule: ValidationRule {
    override class var visits: NodeKinds { .operation }

    override func enter(operation: OperationDefinitionNode) {
        guard operation.operation == .subscription, let root = context.schema.subscriptionType else { return }
        let subject = operation.name.map { "Subscription '\($0.value)'" } ?? "Anonymous Subscription"
        let fields = rootFields(of: operation.selectionSet, on: root)
        guard fields.conditions.isEmpty else {
            context.report(
                "\(subject) must not use `@skip` or `@include` directives in the top level selection.",
                at: fields.conditions
            )
            return
        }
        if fields.groups.isEmpty {
            context.report("\(subject) must select one top level field.", at: operation.selectionSet.offset)
        } else if fields.groups.count > 1 {
            context.report(
                "\(subject) must select only one top level field.",
                at: fields.groups.dropFirst().flatMap { $0.map(\.offset) }
            )
        }
        for group in fields.groups where group[0].name.value.utf8.starts(with: "__".utf8) {
            context.report("\(subject) must not select an introspection top level field.", at: group.map(\.offset))
        }
    }

    private struct RootFields {
        /// By response name, in the order in which each first stands; never an empty group.
        var groups: [[FieldNode]] = []
        /// The `@skip` and `@include` that stand on selections; what they stand on is not collected.
        var conditions: [SourceOffset] = []
    }

    /// Collects the root fields as the specification's `CollectSubscriptionFields` does, each fragment once, without
    /// recursion.
    private func rootFields(of set: SelectionSetNode, on root: ObjectType) -> RootFields {
        var found = RootFields()
        var places: [String: Int] = [:]
        var spread: Set<String> = []
        context.spend(set.selections.count)
        var open = [set.selections[...]]
        while let selection = open.last?.first, !context.isFull {
            open[open.count - 1].removeFirst()
            var inner: SelectionSetNode?
            switch selection {
            case .field(let field):
                guard !isConditional(field.directives, &found) else { break }
                if let place = places[field.responseName] {
                    found.groups[place].append(field)
                } else {
                    places[field.responseName] = found.groups.count
                    found.groups.append([field])
                }
            case .inlineFragment(let fragment):
                guard !isConditional(fragment.directives, &found), applies(fragment.typeCondition, to: root) else {
                    break
                }
                inner = fragment.selectionSet
            case .fragmentSpread(let node):
                guard
                    !isConditional(node.directives, &found),
                    let fragment = context.fragment(node.name.value),
                    applies(fragment.typeCondition, to: root),
                    spread.insert(node.name.value).inserted
                else { break }
                inner = fragment.selectionSet
            }
            if let inner {
                context.spend(inner.selections.count)
                open.append(inner.selections[...])
            }
            while open.last?.isEmpty == true { open.removeLast() }
        }
        return found
    }

    private func isConditional(_ directives: [DirectiveNode], _ found: inout RootFields) -> Bool {
        guard !directives.isEmpty else { return false }
        context.spend(directives.count)
        let condition =
            directives.first { $0.name.value == "skip" } ?? directives.first { $0.name.value == "include" }
        if let condition { found.conditions.append(condition.offset) }
        return condition != nil
    }

    private func applies(_ condition: NameNode?, to root: ObjectType) -> Bool {
        guard let condition else { return true }
        guard let type = context.schema.type(condition.value) else { return false }
        return context.schema.isPossible(root, for: type)
    }
}
