extension Printer {
    mutating func run(_ definition: TypeSystemDefinitionNode) -> Run {
        let words: [Run]
        let name = name(definition.name)
        let directives = run(definition.directives)
        switch definition.kind {
        case .schema(let operations):
            let roots = operations.map { text("\($0.operation.rawValue): \($0.type.value)") }
            words = [text("schema"), directives, block(roots)]
        case .scalar:
            words = [text("scalar"), name, directives]
        case .object(let interfaces, let fields):
            let implements = wrap("implements ", names(interfaces, " & "))
            words = [text("type"), name, implements, directives, block(fields.map { run($0) })]
        case .interface(let interfaces, let fields):
            let implements = wrap("implements ", names(interfaces, " & "))
            words = [text("interface"), name, implements, directives, block(fields.map { run($0) })]
        case .union(let members):
            words = [text("union"), name, directives, wrap("= ", names(members, " | "))]
        case .enum(let values):
            words = [text("enum"), name, directives, block(values.map { run($0) })]
        case .inputObject(let fields):
            words = [text("input"), name, directives, block(fields.map { run($0) })]
        case .directive(let arguments, let isRepeatable, let locations):
            let list = parenthesised(arguments.map { run($0) }, isIndented: true)
            words = [
                join([text("directive @"), name, list]),
                text(isRepeatable ? "repeatable on" : "on"),
                names(locations, " | "),
            ]
        }
        let extended = definition.isExtension ? [text("extend")] + words : words
        return join([description(definition.description), join(extended, " ")])
    }

    mutating func run(_ field: FieldDefinitionNode) -> Run {
        join([
            description(field.description),
            text(field.name.value),
            parenthesised(field.arguments.map { run($0) }, isIndented: true),
            text(": " + field.type.printed),
            wrap(" ", run(field.directives)),
        ])
    }

    mutating func run(_ value: InputValueDefinitionNode) -> Run {
        join([
            description(value.description),
            text("\(value.name.value): \(value.type.printed)"),
            wrap(" = ", run(value.defaultValue)),
            wrap(" ", run(value.directives)),
        ])
    }

    mutating func run(_ value: EnumValueDefinitionNode) -> Run {
        join([description(value.description), join([name(value.name), run(value.directives)], " ")])
    }
}
