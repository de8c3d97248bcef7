/// A variable where a definition uses it, and what is expected there.
struct VariableUsage {
    /// Its kind is `variable`.
    let node: ValueNode
    /// Without `$`.
    let name: String
    /// Of the position; nil where the document does not fit the schema.
    let type: TypeReference?
    /// Of the list or input object that the variable stands in; nil where it stands in neither.
    let parentType: TypeReference?
    /// Of the argument or input field, where the schema gives one.
    let defaultValue: ValueNode?
}

/// What one definition spreads and which variables it uses, other definitions left out.
struct DefinitionUses {
    /// In the order of graphql-js: the spreads of a selection set, then those of the sets in it, last set first.
    private(set) var spreads: [FragmentSpreadNode] = []
    /// Whether a variable is used anywhere, even where no type is known.
    private(set) var hasVariables = false

    init(selectionSet: SelectionSetNode, directives: [DirectiveNode]) {
        note(directives)
        var open = [selectionSet]
        while let set = open.popLast() {
            for selection in set.selections {
                switch selection {
                case .field(let field):
                    note(field.arguments)
                    note(field.directives)
                    if let inner = field.selectionSet { open.append(inner) }
                case .inlineFragment(let fragment):
                    note(fragment.directives)
                    open.append(fragment.selectionSet)
                case .fragmentSpread(let spread):
                    note(spread.directives)
                    spreads.append(spread)
                }
            }
        }
    }

    private mutating func note(_ directives: [DirectiveNode]) {
        for directive in directives { note(directive.arguments) }
    }

    private mutating func note(_ arguments: [ArgumentNode]) {
        for argument in arguments where !hasVariables { hasVariables = argument.value.containsVariable }
    }
}

extension ValueNode {
    /// Whether it is a variable, or a list or object with one inside.
    var containsVariable: Bool {
        switch kind {
        case .variable: true
        case .list(let items): items.contains { $0.containsVariable }
        case .object(let fields): fields.contains { $0.value.containsVariable }
        default: false
        }
    }
}

/// Finds the variables that one definition uses, with the types of their positions, in document order.
struct VariableUsageWalk {
    private let types: TypeInfo
    private(set) var usages: [VariableUsage] = []

    init(schema: GraphQLSchema) {
        types = TypeInfo(schema: schema)
    }

    mutating func walk(_ operation: OperationDefinitionNode) {
        let outer = types.enter(operation: operation)
        walk(operation.directives)
        walk(operation.selectionSet)
        types.leave(to: outer)
    }

    mutating func walk(_ fragment: FragmentDefinitionNode) {
        let outer = types.enter(fragment: fragment)
        walk(fragment.directives)
        walk(fragment.selectionSet)
        types.leave(to: outer)
    }

    private mutating func walk(_ set: SelectionSetNode) {
        let outer = types.enterSelectionSet()
        for selection in set.selections {
            switch selection {
            case .field(let field):
                let outer = types.enter(field: field)
                walk(field.arguments)
                walk(field.directives)
                if let inner = field.selectionSet { walk(inner) }
                types.leave(to: outer)
            case .inlineFragment(let fragment):
                let outer = types.enter(inlineFragment: fragment)
                walk(fragment.directives)
                walk(fragment.selectionSet)
                types.leave(to: outer)
            case .fragmentSpread(let spread):
                walk(spread.directives)
            }
        }
        types.leaveSelectionSet(to: outer)
    }

    private mutating func walk(_ directives: [DirectiveNode]) {
        for directive in directives {
            types.enter(directive: directive)
            walk(directive.arguments)
            types.leaveDirective()
        }
    }

    private mutating func walk(_ arguments: [ArgumentNode]) {
        for argument in arguments where argument.value.containsVariable {
            let outer = types.enter(argument: argument)
            walk(argument.value)
            types.leaveArgument(to: outer)
        }
    }

    private mutating func walk(_ value: ValueNode) {
        switch value.kind {
        case .variable(let name):
            usages.append(
                VariableUsage(
                    node: value,
                    name: name,
                    type: types.inputType,
                    parentType: types.parentInputType,
                    defaultValue: types.defaultValue
                )
            )
        case .list(let items):
            let outer = types.enterList()
            for item in items { walk(item) }
            types.leave(to: outer)
        case .object(let fields):
            for field in fields {
                let outer = types.enter(objectField: field)
                walk(field.value)
                types.leave(to: outer)
            }
        default:
            break
        }
    }
}
