/// The one walk over a document that all rules share.
///
/// A node is shown only to the rules that asked for its kind, so a rule costs nothing elsewhere. The walk is as deep as the
/// document is nested, which the parser limits; fragments are walked where they are defined, never where they are spread.
final class DocumentWalk {
    let context: ValidationContext
    private let rules: [ValidationRule]
    private let routes: RuleRoutes

    /// - Parameters:
    ///   - context: Of the document.
    ///   - rules: In the order in which they see each node.
    ///   - routes: Of their types.
    init(_ context: ValidationContext, rules: [ValidationRule], routes: RuleRoutes) {
        self.context = context
        self.rules = rules
        self.routes = routes
    }

    /// Shows the whole document, or as much of it as it takes to reach the limit of errors.
    func walk() {
        let node = context.document
        for place in routes.document where !context.isFull { rules[place].enter(document: node) }
        for definition in node.definitions where !context.isFull {
            switch definition {
            case .operation(let operation): walk(operation)
            case .fragment(let fragment): walk(fragment)
            case .typeSystem(let definition): walk(definition)
            }
        }
        for place in routes.leavingDocument where !context.isFull { rules[place].leave(document: node) }
    }
}

// MARK: - Executable definitions

extension DocumentWalk {
    private func walk(_ node: OperationDefinitionNode) {
        let outer = context.types.enter(operation: node)
        for place in routes.operation where !context.isFull { rules[place].enter(operation: node) }
        announce(node.directives)
        for definition in node.variableDefinitions where !context.isFull { walk(definition) }
        let location: DirectiveLocation =
            switch node.operation {
            case .query: .query
            case .mutation: .mutation
            case .subscription: .subscription
            }
        walk(node.directives, at: location)
        walk(node.selectionSet)
        for place in routes.leavingOperation where !context.isFull { rules[place].leave(operation: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: FragmentDefinitionNode) {
        let outer = context.types.enter(fragment: node)
        for place in routes.fragment { rules[place].enter(fragment: node) }
        announce(node.directives)
        walk(typeName: node.typeCondition)
        walk(node.directives, at: .fragmentDefinition)
        walk(node.selectionSet)
        for place in routes.leavingFragment where !context.isFull { rules[place].leave(fragment: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: VariableDefinitionNode) {
        let outer = context.types.enter(variableDefinition: node)
        for place in routes.variableDefinition { rules[place].enter(variableDefinition: node) }
        announce(node.directives)
        walk(node.type)
        if let value = node.defaultValue { walk(value) }
        walk(node.directives, at: .variableDefinition)
        for place in routes.leavingVariableDefinition { rules[place].leave(variableDefinition: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: SelectionSetNode) {
        guard !context.isFull else { return }
        let outer = context.types.enterSelectionSet()
        for place in routes.selectionSet { rules[place].enter(selectionSet: node) }
        for selection in node.selections where !context.isFull {
            switch selection {
            case .field(let field): walk(field)
            case .fragmentSpread(let spread): walk(spread)
            case .inlineFragment(let fragment): walk(fragment)
            }
        }
        for place in routes.leavingSelectionSet where !context.isFull { rules[place].leave(selectionSet: node) }
        context.types.leaveSelectionSet(to: outer)
    }

    private func walk(_ node: FieldNode) {
        let outer = context.types.enter(field: node)
        for place in routes.field { rules[place].enter(field: node) }
        announce(node.directives)
        walk(node.arguments)
        walk(node.directives, at: .field)
        if let set = node.selectionSet { walk(set) }
        for place in routes.leavingField { rules[place].leave(field: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: FragmentSpreadNode) {
        for place in routes.fragmentSpread { rules[place].enter(fragmentSpread: node) }
        announce(node.directives)
        walk(node.directives, at: .fragmentSpread)
    }

    private func walk(_ node: InlineFragmentNode) {
        let outer = context.types.enter(inlineFragment: node)
        for place in routes.inlineFragment { rules[place].enter(inlineFragment: node) }
        announce(node.directives)
        if let condition = node.typeCondition { walk(typeName: condition) }
        walk(node.directives, at: .inlineFragment)
        walk(node.selectionSet)
        for place in routes.leavingInlineFragment { rules[place].leave(inlineFragment: node) }
        context.types.leave(to: outer)
    }
}

// MARK: - What stands in definitions of either kind

extension DocumentWalk {
    /// Shows the directives of a node together; ``walk(_:at:)`` shows each.
    func announce(_ nodes: [DirectiveNode]) {
        guard !nodes.isEmpty else { return }
        for place in routes.directives where !context.isFull { rules[place].enter(directives: nodes) }
    }

    func walk(_ nodes: [DirectiveNode], at location: DirectiveLocation) {
        for node in nodes where !context.isFull {
            context.types.enter(directive: node)
            for place in routes.directive { rules[place].enter(directive: node, at: location) }
            walk(node.arguments)
            for place in routes.leavingDirective { rules[place].leave(directive: node) }
            context.types.leaveDirective()
        }
    }

    private func walk(_ nodes: [ArgumentNode]) {
        for node in nodes where !context.isFull {
            let outer = context.types.enter(argument: node)
            for place in routes.argument { rules[place].enter(argument: node) }
            walk(node.value)
            for place in routes.leavingArgument { rules[place].leave(argument: node) }
            context.types.leaveArgument(to: outer)
        }
    }

    func walk(_ node: ValueNode) {
        switch node.kind {
        case .list(let items):
            let outer = context.types.enterList()
            for place in routes.value { rules[place].enter(value: node) }
            for item in items where !context.isFull { walk(item) }
            for place in routes.leavingValue { rules[place].leave(value: node) }
            context.types.leave(to: outer)
        case .object(let fields):
            for place in routes.value { rules[place].enter(value: node) }
            for field in fields where !context.isFull { walk(field) }
            for place in routes.leavingValue { rules[place].leave(value: node) }
        default:
            for place in routes.value { rules[place].enter(value: node) }
            for place in routes.leavingValue { rules[place].leave(value: node) }
        }
    }

    private func walk(_ node: ObjectFieldNode) {
        let outer = context.types.enter(objectField: node)
        for place in routes.objectField { rules[place].enter(objectField: node) }
        walk(node.value)
        context.types.leave(to: outer)
    }

    func walk(_ node: TypeNode) {
        guard !routes.typeName.isEmpty else { return }
        let named = node.named
        walk(typeName: NameNode(named.name, at: named.offset))
    }

    func walk(typeName node: NameNode) {
        for place in routes.typeName { rules[place].enter(typeName: node) }
    }

    func enter(_ node: TypeSystemDefinitionNode) {
        for place in routes.typeSystem { rules[place].enter(typeSystem: node) }
    }

    func leave(_ node: TypeSystemDefinitionNode) {
        for place in routes.leavingTypeSystem { rules[place].leave(typeSystem: node) }
    }
}
