extension Printer {
    mutating func run(_ document: DocumentNode) -> Run {
        join(document.definitions.map { run($0) }, "\n\n")
    }

    mutating func run(_ definition: DefinitionNode) -> Run {
        switch definition {
        case .operation(let operation): run(operation)
        case .fragment(let fragment): run(fragment)
        case .typeSystem(let definition): run(definition)
        }
    }

    mutating func run(_ operation: OperationDefinitionNode) -> Run {
        let variables = operation.variableDefinitions.map { run($0) }
        let nameAndVariables = join([name(operation.name), parenthesised(variables, isIndented: false)])
        let keyword = operation.operation.rawValue
        let head = join([text(keyword), nameAndVariables, run(operation.directives)], " ")
        let prefix = join([description(operation.description), head])
        // An anonymous query with nothing else to say has a short form.
        let isShort = operation.operation == .query && prefix.length == keyword.utf8.count
        return join([isShort ? Run() : wrap("", prefix, " "), run(operation.selectionSet)])
    }

    mutating func run(_ definition: VariableDefinitionNode) -> Run {
        let type = text("$\(definition.variable.value): \(definition.type.printed)")
        return join([
            description(definition.description), type, wrap(" = ", run(definition.defaultValue)),
            wrap(" ", run(definition.directives)),
        ])
    }

    mutating func run(_ selectionSet: SelectionSetNode) -> Run {
        block(selectionSet.selections.map { run($0) })
    }

    mutating func run(_ selection: SelectionNode) -> Run {
        switch selection {
        case .field(let field):
            return run(field)
        case .fragmentSpread(let spread):
            return join([text("..." + spread.name.value), wrap(" ", run(spread.directives))])
        case .inlineFragment(let fragment):
            let condition = wrap("on ", name(fragment.typeCondition))
            return join([text("..."), condition, run(fragment.directives), run(fragment.selectionSet)], " ")
        }
    }

    mutating func run(_ field: FieldNode) -> Run {
        let prefix = text(field.alias.map { "\($0.value): \(field.name.value)" } ?? field.name.value)
        let arguments = field.arguments.map { run($0) }
        let isLong = prefix.length + joinedLength(arguments, ", ") + 2 > Self.maxLineLength
        let list =
            isLong
            ? wrap("(\n", indented(join(arguments, "\n")), "\n)")
            : wrap("(", join(arguments, ", "), ")")
        let selectionSet = field.selectionSet.map { run($0) } ?? Run()
        return join([prefix, list, wrap(" ", run(field.directives)), wrap(" ", selectionSet)])
    }

    mutating func run(_ fragment: FragmentDefinitionNode) -> Run {
        join([
            description(fragment.description),
            text("fragment \(fragment.name.value) on \(fragment.typeCondition.value) "),
            wrap("", run(fragment.directives), " "),
            run(fragment.selectionSet),
        ])
    }

    // MARK: Values

    mutating func run(_ argument: ArgumentNode) -> Run {
        join([text(argument.name.value + ": "), run(argument.value)])
    }

    mutating func run(_ directives: [DirectiveNode]) -> Run {
        join(directives.map { run($0) }, " ")
    }

    mutating func run(_ directive: DirectiveNode) -> Run {
        join([
            text("@" + directive.name.value), wrap("(", join(directive.arguments.map { run($0) }, ", "), ")"),
        ])
    }

    mutating func run(_ value: ValueNode?) -> Run {
        guard let value else { return Run() }
        switch value.kind {
        case .variable(let name): return text("$" + name)
        case .int(let digits), .float(let digits): return text(digits)
        case .string(let string, let isBlock):
            return text(isBlock ? BlockString.printed(string) : string.printedLiteral)
        case .boolean(let boolean): return text(boolean ? "true" : "false")
        case .null: return text("null")
        case .enum(let name): return text(name)
        case .list(let values):
            let items = values.map { run($0) }
            guard 2 + joinedLength(items, ", ") > Self.maxLineLength else {
                return join([text("["), join(items, ", "), text("]")])
            }
            return wrap("[\n", indented(join(items, "\n")), "\n]")
        case .object(let fields):
            let items = fields.map { join([text($0.name.value + ": "), run($0.value)]) }
            guard 4 + joinedLength(items, ", ") > Self.maxLineLength else {
                return join([text("{ "), join(items, ", "), text(" }")])
            }
            return block(items)
        }
    }

    // MARK: Parts

    mutating func name(_ name: NameNode?) -> Run {
        name.map { text($0.value) } ?? Run()
    }

    mutating func names(_ names: [NameNode], _ separator: String) -> Run {
        join(names.map { text($0.value) }, separator)
    }

    /// A description and the line terminator after it.
    mutating func description(_ description: ValueNode?) -> Run {
        wrap("", run(description), "\n")
    }
}
