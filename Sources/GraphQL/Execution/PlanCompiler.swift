/// Collects the fields of an operation, type by type, into a plan.
///
/// Fields are merged by response name. A place that fragments bring to the same nodes on the same type gets the same
/// plan again, so that fragments which double at every level cost no more than they are long. What is left of the work is
/// counted, and refused beyond a bound.
///
/// - Source: GraphQL September 2025, §6.3.2 Field Collection.
struct PlanCompiler {
    private let executable: ExecutableSchema
    private let fragments: [String: FragmentDefinitionNode]
    /// Those that `@skip` and `@include` read; the plan holds for these values.
    private let conditions: VariableValues
    /// Plans by place; empty while there are no fragments, since then no node comes up twice on a type.
    private var plans: [Place: FieldPlan?] = [:]
    private var selectionsLeft: Int
    /// By ``FieldPlan/id``.
    private(set) var responseNames: [String] = []
    private(set) var waits = false

    /// Where a field stands: its parent's type and its nodes.
    private struct Place: Hashable {
        let type: ObjectIdentifier
        let nodes: [ObjectIdentifier]
    }

    /// Nodes of one response name, in document order.
    private typealias Group = (name: String, nodes: [FieldNode])

    init(executable: ExecutableSchema, fragments: [String: FragmentDefinitionNode], conditions: VariableValues) {
        self.executable = executable
        self.fragments = fragments
        self.conditions = conditions
        selectionsLeft = executable.options.maxPlannedSelections
    }

    /// - Parameters:
    ///   - operation: The root of the plan.
    ///   - type: Of its kind of operation.
    /// - Returns: What to execute; ``LocatedError`` where a condition of the root's selections cannot be told.
    /// - Throws: ``GraphQLError`` beyond a bound.
    mutating func plan(
        _ operation: OperationDefinitionNode,
        on type: ObjectType
    ) throws(GraphQLError) -> Result<SelectionPlan, LocatedError> {
        try plan([operation.selectionSet], on: type, depth: 1)
    }

    private mutating func plan(
        _ sets: [SelectionSetNode],
        on type: ObjectType,
        depth: Int
    ) throws(GraphQLError) -> Result<SelectionPlan, LocatedError> {
        guard depth <= executable.options.maxDepth else {
            throw tooComplex("levels of selections", limit: executable.options.maxDepth)
        }
        let groups: [Group]
        switch try collect(sets, on: type) {
        case .success(let collected): groups = collected
        case .failure(let error): return .failure(error)
        }
        var fields: [FieldPlan] = []
        fields.reserveCapacity(groups.count)
        for group in groups {
            // A field that the type does not have is left out, as the specification says; validation refuses it.
            guard let field = executable.schema.field(group.nodes[0].name.value, of: type),
                let target = executable.target(of: field)
            else { continue }
            fields.append(try plan(group, target, on: type, depth: depth))
        }
        return .success(SelectionPlan(type: type, fields: fields))
    }

    private mutating func plan(
        _ group: Group,
        _ target: ExecutableField,
        on type: ObjectType,
        depth: Int
    ) throws(GraphQLError) -> FieldPlan {
        guard !fragments.isEmpty else { return try makePlan(group, target, on: type, depth: depth) }
        let place = Place(type: ObjectIdentifier(type), nodes: group.nodes.map { ObjectIdentifier($0) })
        if let known = plans[place] {
            // A plan that is still being made: the fragments go in a circle, which validation refuses.
            guard let known, depth + known.height <= executable.options.maxDepth else {
                throw tooComplex("levels of selections", limit: executable.options.maxDepth)
            }
            return known
        }
        plans[place] = .some(nil)
        let plan = try makePlan(group, target, on: type, depth: depth)
        plans[place] = plan
        return plan
    }

    private mutating func makePlan(
        _ group: Group,
        _ target: ExecutableField,
        on type: ObjectType,
        depth: Int
    ) throws(GraphQLError) -> FieldPlan {
        let children = try self.children(of: group, target.field, depth: depth)
        if case .waiting? = target.resolver { waits = true }
        responseNames.append(group.name)
        return FieldPlan(
            id: responseNames.count - 1,
            responseName: group.name,
            parentType: type,
            target: target,
            nodes: group.nodes,
            arguments: arguments(of: group.nodes[0], target.field),
            children: children
        )
    }

    private func arguments(of node: FieldNode, _ field: Field) -> FieldPlan.Arguments {
        if field.arguments.isEmpty { return .constant(ArgumentValues()) }
        if node.arguments.contains(where: { $0.value.usesVariables }) { return .variable }
        do {
            return .constant(
                try ArgumentValues(
                    coercing: node.arguments,
                    of: field.arguments,
                    at: node.offset,
                    variables: VariableValues(),
                    suggests: executable.options.suggests
                )
            )
        } catch {
            return .invalid(error)
        }
    }

    private mutating func children(
        of group: Group,
        _ field: Field,
        depth: Int
    ) throws(GraphQLError) -> FieldPlan.Children {
        let named = field.type.namedType
        guard named.isComposite else { return .none }
        let sets = group.nodes.compactMap(\.selectionSet)
        if let object = named as? ObjectType {
            return switch try plan(sets, on: object, depth: depth + 1) {
            case .success(let plan): .object(plan)
            case .failure(let error): .invalid(error)
            }
        }
        var plans: [Int: SelectionPlan] = [:]
        for object in executable.schema.possibleTypes(of: named) {
            switch try plan(sets, on: object, depth: depth + 1) {
            case .success(let plan): plans[object.index] = plan
            case .failure(let error): return .invalid(error)
            }
        }
        return .abstract(plans)
    }

    // MARK: - Collecting

    /// So many groups are looked through one by one.
    private static let maxCompared = 16

    /// - Returns: In the order in which the names first come up.
    private mutating func collect(
        _ sets: [SelectionSetNode],
        on type: ObjectType
    ) throws(GraphQLError) -> Result<[Group], LocatedError> {
        var groups: [Group] = []
        if sets.count == 1 { groups.reserveCapacity(min(sets[0].selections.count, selectionsLeft)) }
        // Of many groups only; a few are found faster without.
        var places: [String: Int] = [:]
        var visited: Set<String> = []
        // A stack of our own: fragments may follow one another as deep as a document is long.
        var stack: [(set: SelectionSetNode, next: Int)] = sets.reversed().map { ($0, 0) }
        while let (set, next) = stack.last {
            guard next < set.selections.count else {
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].next += 1
            selectionsLeft -= 1
            guard selectionsLeft >= 0 else {
                throw tooComplex(
                    "selections to plan",
                    limit: executable.options.maxPlannedSelections
                )
            }
            do throws(LocatedError) {
                switch set.selections[next] {
                case .field(let node):
                    guard try includes(node.directives) else { continue }
                    let name = node.responseName
                    let isSearched = groups.count <= Self.maxCompared
                    if let place = isSearched ? groups.firstIndex(where: { $0.name == name }) : places[name] {
                        groups[place].nodes.append(node)
                    } else {
                        groups.append((name, [node]))
                        if groups.count == Self.maxCompared + 1 {
                            for (place, group) in groups.enumerated() { places[group.name] = place }
                        } else if !isSearched {
                            places[name] = groups.count - 1
                        }
                    }
                case .inlineFragment(let node):
                    guard try includes(node.directives), applies(node.typeCondition, to: type) else { continue }
                    stack.append((node.selectionSet, 0))
                case .fragmentSpread(let node):
                    guard try includes(node.directives), let fragment = fragments[node.name.value],
                        applies(fragment.typeCondition, to: type), visited.insert(node.name.value).inserted
                    else { continue }
                    stack.append((fragment.selectionSet, 0))
                }
            } catch {
                return .failure(error)
            }
        }
        return .success(groups)
    }

    private func applies(_ condition: NameNode?, to type: ObjectType) -> Bool {
        guard let condition else { return true }
        guard let named = executable.schema.type(condition.value) else { return false }
        return named === type || named.isAbstract && executable.schema.isPossible(type, for: named)
    }

    /// Whether `@skip` and `@include` let a selection stand.
    private func includes(_ directives: [DirectiveNode]) throws(LocatedError) -> Bool {
        if directives.isEmpty { return true }
        if let skip = directives.first(where: { $0.name.value == "skip" }), try condition(of: skip) { return false }
        if let include = directives.first(where: { $0.name.value == "include" }) { return try condition(of: include) }
        return true
    }

    private func condition(of node: DirectiveNode) throws(LocatedError) -> Bool {
        guard let directive = executable.schema.directive(node.name.value) else { return node.name.value == "include" }
        let arguments = try ArgumentValues(
            coercing: node.arguments,
            of: directive.arguments,
            at: node.offset,
            variables: conditions,
            suggests: executable.options.suggests
        )
        return arguments["if"] == .boolean(true)
    }

    private func tooComplex(_ what: String, limit: Int) -> GraphQLError {
        GraphQLError(
            "The operation is too complex: it has more than \(limit) \(what).",
            extensions: ["code": .string("QUERY_TOO_COMPLEX"), "limit": .int(limit)]
        )
    }
}

extension ValueNode {
    /// Whether a variable stands anywhere in it.
    fileprivate var usesVariables: Bool {
        switch kind {
        case .variable: true
        case .list(let items): items.contains { $0.usesVariables }
        case .object(let fields): fields.contains { $0.value.usesVariables }
        default: false
        }
    }
}
