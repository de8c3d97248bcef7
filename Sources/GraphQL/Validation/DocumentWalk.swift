/// The one walk over a document that all rules share.
///
/// A node is shown only to the rules that asked for its kind, so a rule costs nothing elsewhere. The walk is as deep as the
/// document is nested, which the parser limits; fragments are walked where they are defined, never where they are spread.
final class DocumentWalk {
    let context: ValidationContext
    private let document: [ValidationRule]
    private let leavingDocument: [ValidationRule]
    private let operation: [ValidationRule]
    private let leavingOperation: [ValidationRule]
    private let fragment: [ValidationRule]
    private let leavingFragment: [ValidationRule]
    private let variableDefinition: [ValidationRule]
    private let leavingVariableDefinition: [ValidationRule]
    private let selectionSet: [ValidationRule]
    private let leavingSelectionSet: [ValidationRule]
    private let field: [ValidationRule]
    private let leavingField: [ValidationRule]
    private let fragmentSpread: [ValidationRule]
    private let inlineFragment: [ValidationRule]
    private let leavingInlineFragment: [ValidationRule]
    private let argument: [ValidationRule]
    private let leavingArgument: [ValidationRule]
    private let directive: [ValidationRule]
    private let leavingDirective: [ValidationRule]
    private let directives: [ValidationRule]
    private let value: [ValidationRule]
    private let leavingValue: [ValidationRule]
    private let objectField: [ValidationRule]
    private let typeName: [ValidationRule]
    private let typeSystem: [ValidationRule]
    private let leavingTypeSystem: [ValidationRule]

    init(_ context: ValidationContext, rules: [ValidationRule]) {
        self.context = context
        func shown(_ kind: NodeKinds) -> [ValidationRule] {
            rules.filter { type(of: $0).visits.contains(kind) }
        }
        func left(_ kind: NodeKinds) -> [ValidationRule] {
            rules.filter { type(of: $0).leaves.contains(kind) }
        }
        document = shown(.document)
        leavingDocument = left(.document)
        operation = shown(.operation)
        leavingOperation = left(.operation)
        fragment = shown(.fragment)
        leavingFragment = left(.fragment)
        variableDefinition = shown(.variableDefinition)
        leavingVariableDefinition = left(.variableDefinition)
        selectionSet = shown(.selectionSet)
        leavingSelectionSet = left(.selectionSet)
        field = shown(.field)
        leavingField = left(.field)
        fragmentSpread = shown(.fragmentSpread)
        inlineFragment = shown(.inlineFragment)
        leavingInlineFragment = left(.inlineFragment)
        argument = shown(.argument)
        leavingArgument = left(.argument)
        directive = shown(.directive)
        leavingDirective = left(.directive)
        directives = shown(.directives)
        value = shown(.value)
        leavingValue = left(.value)
        objectField = shown(.objectField)
        typeName = shown(.typeName)
        typeSystem = shown(.typeSystem)
        leavingTypeSystem = left(.typeSystem)
    }

    /// Shows the whole document, or as much of it as it takes to reach the limit of errors.
    func walk() {
        let node = context.document
        for rule in document where !context.isFull { rule.enter(document: node) }
        for definition in node.definitions where !context.isFull {
            switch definition {
            case .operation(let operation): walk(operation)
            case .fragment(let fragment): walk(fragment)
            case .typeSystem(let definition): walk(definition)
            }
        }
        for rule in leavingDocument where !context.isFull { rule.leave(document: node) }
    }
}

// MARK: - Executable definitions

extension DocumentWalk {
    private func walk(_ node: OperationDefinitionNode) {
        let outer = context.types.enter(operation: node)
        for rule in operation where !context.isFull { rule.enter(operation: node) }
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
        for rule in leavingOperation where !context.isFull { rule.leave(operation: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: FragmentDefinitionNode) {
        let outer = context.types.enter(fragment: node)
        for rule in fragment { rule.enter(fragment: node) }
        announce(node.directives)
        walk(typeName: node.typeCondition)
        walk(node.directives, at: .fragmentDefinition)
        walk(node.selectionSet)
        for rule in leavingFragment where !context.isFull { rule.leave(fragment: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: VariableDefinitionNode) {
        let outer = context.types.enter(variableDefinition: node)
        for rule in variableDefinition { rule.enter(variableDefinition: node) }
        announce(node.directives)
        walk(node.type)
        if let value = node.defaultValue { walk(value) }
        walk(node.directives, at: .variableDefinition)
        for rule in leavingVariableDefinition { rule.leave(variableDefinition: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: SelectionSetNode) {
        guard !context.isFull else { return }
        let outer = context.types.enterSelectionSet()
        for rule in selectionSet { rule.enter(selectionSet: node) }
        for selection in node.selections where !context.isFull {
            switch selection {
            case .field(let field): walk(field)
            case .fragmentSpread(let spread): walk(spread)
            case .inlineFragment(let fragment): walk(fragment)
            }
        }
        for rule in leavingSelectionSet where !context.isFull { rule.leave(selectionSet: node) }
        context.types.leaveSelectionSet(to: outer)
    }

    private func walk(_ node: FieldNode) {
        let outer = context.types.enter(field: node)
        for rule in field { rule.enter(field: node) }
        announce(node.directives)
        walk(node.arguments)
        walk(node.directives, at: .field)
        if let set = node.selectionSet { walk(set) }
        for rule in leavingField { rule.leave(field: node) }
        context.types.leave(to: outer)
    }

    private func walk(_ node: FragmentSpreadNode) {
        for rule in fragmentSpread { rule.enter(fragmentSpread: node) }
        announce(node.directives)
        walk(node.directives, at: .fragmentSpread)
    }

    private func walk(_ node: InlineFragmentNode) {
        let outer = context.types.enter(inlineFragment: node)
        for rule in inlineFragment { rule.enter(inlineFragment: node) }
        announce(node.directives)
        if let condition = node.typeCondition { walk(typeName: condition) }
        walk(node.directives, at: .inlineFragment)
        walk(node.selectionSet)
        for rule in leavingInlineFragment { rule.leave(inlineFragment: node) }
        context.types.leave(to: outer)
    }
}

// MARK: - What stands in definitions of either kind

extension DocumentWalk {
    /// Shows the directives of a node together; ``walk(_:at:)`` shows each.
    func announce(_ nodes: [DirectiveNode]) {
        guard !nodes.isEmpty else { return }
        for rule in directives where !context.isFull { rule.enter(directives: nodes) }
    }

    func walk(_ nodes: [DirectiveNode], at location: DirectiveLocation) {
        for node in nodes where !context.isFull {
            context.types.enter(directive: node)
            for rule in directive { rule.enter(directive: node, at: location) }
            walk(node.arguments)
            for rule in leavingDirective { rule.leave(directive: node) }
            context.types.leaveDirective()
        }
    }

    private func walk(_ nodes: [ArgumentNode]) {
        for node in nodes where !context.isFull {
            let outer = context.types.enter(argument: node)
            for rule in argument { rule.enter(argument: node) }
            walk(node.value)
            for rule in leavingArgument { rule.leave(argument: node) }
            context.types.leaveArgument(to: outer)
        }
    }

    func walk(_ node: ValueNode) {
        switch node.kind {
        case .list(let items):
            let outer = context.types.enterList()
            for rule in value { rule.enter(value: node) }
            for item in items where !context.isFull { walk(item) }
            for rule in leavingValue { rule.leave(value: node) }
            context.types.leave(to: outer)
        case .object(let fields):
            for rule in value { rule.enter(value: node) }
            for field in fields where !context.isFull { walk(field) }
            for rule in leavingValue { rule.leave(value: node) }
        default:
            for rule in value { rule.enter(value: node) }
            for rule in leavingValue { rule.leave(value: node) }
        }
    }

    private func walk(_ node: ObjectFieldNode) {
        let outer = context.types.enter(objectField: node)
        for rule in objectField { rule.enter(objectField: node) }
        walk(node.value)
        context.types.leave(to: outer)
    }

    func walk(_ node: TypeNode) {
        guard !typeName.isEmpty else { return }
        let named = node.named
        walk(typeName: NameNode(named.name, at: named.offset))
    }

    func walk(typeName node: NameNode) {
        for rule in typeName { rule.enter(typeName: node) }
    }

    func enter(_ node: TypeSystemDefinitionNode) {
        for rule in typeSystem { rule.enter(typeSystem: node) }
    }

    func leave(_ node: TypeSystemDefinitionNode) {
        for rule in leavingTypeSystem { rule.leave(typeSystem: node) }
    }
}
