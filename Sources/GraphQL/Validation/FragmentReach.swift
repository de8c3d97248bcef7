/// What the definitions of a document reach through fragments, found when a rule first asks and kept.
///
/// Many operations over many fragments would make this quadratic: each operation reaches fragments of its own. So
/// operations that spread the same fragments share the answer, each fragment is read once, and the rest is counted
/// against a budget in proportion to the document. Past it the validation ends with "Validation aborted.", as in graphql-js.
struct FragmentReach {
    /// In spreads, fragments and variable usages handed out.
    let allowedWork: Int
    /// Below zero once too much was asked for.
    private(set) var remainingWork: Int
    private var uses: [ObjectIdentifier: DefinitionUses] = [:]
    private var usages: [ObjectIdentifier: [VariableUsage]] = [:]
    private var groups: [[String]: Group] = [:]

    /// What operations share that spread the same fragments.
    private struct Group {
        let fragments: [FragmentDefinitionNode]
        var usages: [VariableUsage]?
    }

    init(document: DocumentNode) {
        allowedWork = Self.leastWork + Self.workPerToken * document.tokenCount
        remainingWork = allowedWork
    }

    /// What every document may spend; graphql-js gives no more to any.
    private static let leastWork = 50_000
    private static let workPerToken = 2

    fileprivate mutating func spend(_ work: Int) {
        remainingWork -= work
    }

    fileprivate var isSpent: Bool { remainingWork < 0 }
}

extension ValidationContext {
    /// The fragment called `name`; of equal names the last.
    func fragment(_ name: String) -> FragmentDefinitionNode? { fragments[name] }

    /// What `fragment` itself spreads, in the order of graphql-js: those of its own set, then those of the sets in it,
    /// the last set first.
    func spreads(of fragment: FragmentDefinitionNode) -> [FragmentSpreadNode] {
        reach.uses(of: fragment).spreads
    }

    /// What `operation` itself spreads, in the order of graphql-js.
    func spreads(of operation: OperationDefinitionNode) -> [FragmentSpreadNode] {
        reach.uses(of: operation).spreads
    }

    /// The fragments that `operation` spreads, and that those spread, and so on: each once, in the order first reached.
    ///
    /// Cycles end where they close; unknown fragments are left out.
    func fragments(reachedBy operation: OperationDefinitionNode) -> [FragmentDefinitionNode] {
        fragments(reachedBy: [operation])
    }

    /// The fragments that any of `operations` reaches: each once, in the order first reached.
    ///
    /// Cost: each fragment's spreads once, however many operations there are.
    func fragments(reachedBy operations: [OperationDefinitionNode]) -> [FragmentDefinitionNode] {
        let names = reach.names(spreadBy: operations)
        let found = reach.fragments(spread: names, in: fragments)
        endIfSpent()
        return found
    }

    /// The variables that `operation` uses itself, in document order, then those of the fragments it reaches, in their order.
    ///
    /// Definitions of variables, and their directives, are no uses.
    func variableUsages(of operation: OperationDefinitionNode) -> [VariableUsage] {
        guard document.namesVariables else { return [] }
        let found = reach.usages(reachedBy: operation, in: fragments, schema: schema)
        endIfSpent()
        return found
    }

    /// Counts work on fragments that several operations may share, and ends the validation when there is too much of it.
    ///
    /// - Parameter work: In selections, spreads or variable usages looked at.
    func spend(_ work: Int) {
        reach.spend(work)
        endIfSpent()
    }

    private func endIfSpent() {
        guard reach.isSpent else { return }
        abort(
            "Validation aborted.",
            extensions: [
                "code": .string("QUERY_TOO_COMPLEX"), "limit": .string("fragmentWork"),
                "maximum": .int(reach.allowedWork),
                "actual": .int(reach.allowedWork - reach.remainingWork),
            ]
        )
    }
}

extension FragmentReach {
    fileprivate mutating func uses(of fragment: FragmentDefinitionNode) -> DefinitionUses {
        uses(of: ObjectIdentifier(fragment), fragment.selectionSet, fragment.directives)
    }

    fileprivate mutating func uses(of operation: OperationDefinitionNode) -> DefinitionUses {
        uses(of: ObjectIdentifier(operation), operation.selectionSet, operation.directives)
    }

    private mutating func uses(
        of definition: ObjectIdentifier,
        _ selectionSet: SelectionSetNode,
        _ directives: [DirectiveNode]
    ) -> DefinitionUses {
        if let known = uses[definition] { return known }
        let found = DefinitionUses(selectionSet: selectionSet, directives: directives)
        uses[definition] = found
        return found
    }

    fileprivate mutating func names(spreadBy operations: [OperationDefinitionNode]) -> [String] {
        var names: [String] = []
        var known: Set<String> = []
        for operation in operations {
            for spread in uses(of: operation).spreads where known.insert(spread.name.value).inserted {
                names.append(spread.name.value)
            }
        }
        return names
    }

    fileprivate mutating func fragments(
        spread names: [String],
        in fragments: [String: FragmentDefinitionNode]
    ) -> [FragmentDefinitionNode] {
        if names.isEmpty { return [] }
        if let known = groups[names] { return known.fragments }
        var found: [FragmentDefinitionNode] = []
        var open = names
        var known = Set(names)
        var next = 0
        spend(names.count)
        while next < open.count, !isSpent {
            if let fragment = fragments[open[next]] {
                found.append(fragment)
                let spreads = uses(of: fragment).spreads
                spend(spreads.count)
                for spread in spreads where known.insert(spread.name.value).inserted { open.append(spread.name.value) }
            }
            next += 1
        }
        groups[names] = Group(fragments: found)
        return found
    }

    fileprivate mutating func usages(
        reachedBy operation: OperationDefinitionNode,
        in fragments: [String: FragmentDefinitionNode],
        schema: GraphQLSchema
    ) -> [VariableUsage] {
        let id = ObjectIdentifier(operation)
        if let known = usages[id] { return known }
        var found: [VariableUsage] = []
        if uses(of: operation).hasVariables {
            var walk = VariableUsageWalk(schema: schema)
            walk.walk(operation)
            found = walk.usages
        }
        let names = names(spreadBy: [operation])
        if !names.isEmpty { found += usages(spread: names, in: fragments, schema: schema) }
        usages[id] = found
        return found
    }

    private mutating func usages(
        spread names: [String],
        in fragments: [String: FragmentDefinitionNode],
        schema: GraphQLSchema
    ) -> [VariableUsage] {
        let reached = self.fragments(spread: names, in: fragments)
        if let known = groups[names]?.usages {
            spend(known.count)
            return known
        }
        spend(reached.count)
        var found: [VariableUsage] = []
        for fragment in reached where !isSpent {
            let own = usages(of: fragment, schema: schema)
            spend(own.count)
            found += own
        }
        groups[names]?.usages = found
        spend(found.count)
        return found
    }

    private mutating func usages(of fragment: FragmentDefinitionNode, schema: GraphQLSchema) -> [VariableUsage] {
        let id = ObjectIdentifier(fragment)
        if let known = usages[id] { return known }
        var found: [VariableUsage] = []
        if uses(of: fragment).hasVariables {
            var walk = VariableUsageWalk(schema: schema)
            walk.walk(fragment)
            found = walk.usages
        }
        usages[id] = found
        return found
    }
}
