/// Every literal is a value of the type that is expected where it stands.
///
/// Counter-example: `{ count(limit: "many") }` where `limit` is an `Int`
///
/// - Source: GraphQL September 2025, §5.6.1 Values of Correct Type, §5.6.2 Input Object Field Names and
///   §5.6.4 Input Object Required Fields.
final class ValuesOfCorrectTypeRule: ValidationRule {
    override class var visits: NodeKinds { [.argument, .variableDefinition] }

    override func enter(argument: ArgumentNode) {
        guard let type = context.types.inputType else { return }
        check(argument.value, of: type)
    }

    override func enter(variableDefinition: VariableDefinitionNode) {
        guard let value = variableDefinition.defaultValue, let type = context.types.inputType else { return }
        check(value, of: type)
    }

    /// Recursion: as deep as values are nested, which the parser limits.
    private func check(_ value: ValueNode, of type: TypeReference) {
        guard !context.isFull else { return }
        // What a variable holds is known only when the operation runs; its type is another rule's business.
        if case .variable = value.kind { return }
        if case .nonNull(let inner) = type {
            if case .null = value.kind {
                context.report("Expected value of non-null type '\(type)' not to be null.", at: value.offset)
            } else {
                check(value, of: inner)
            }
            return
        }
        if case .null = value.kind { return }
        switch type {
        case .list(let item):
            guard case .list(let items) = value.kind else { return check(value, of: item) }
            for each in items { check(each, of: item) }
        case .named(let object as InputObjectType):
            check(value, of: object)
        case .named(let leaf as EnumType):
            check(value, of: leaf)
        case .named(let leaf as ScalarType):
            check(value, of: leaf)
        default:
            break
        }
    }
}

// MARK: - Input objects

extension ValuesOfCorrectTypeRule {
    private func check(_ value: ValueNode, of type: InputObjectType) {
        guard case .object(let nodes) = value.kind else {
            context.report(
                "Expected value of type '\(type.name)' to be an object, found: \(value.textForMessage).",
                at: value.offset
            )
            return
        }
        let given = LastOfName(nodes)
        for field in type.fields {
            if let node = given[field.name] {
                check(node.value, of: field.type)
            } else if field.isRequired {
                context.report(
                    "Expected value of type '\(type.name)' to include required field '\(field.name)',"
                        + " found: \(value.textForMessage).",
                    at: value.offset
                )
            }
        }
        var known: [ObjectFieldNode] = []
        for node in nodes {
            if type.field(node.name.value) != nil {
                known.append(node)
            } else {
                context.report(unknownField(node.name.value, in: value, of: type), at: node.name.offset)
            }
        }
        if type.isOneOf { checkOneOf(known, in: value, of: type) }
    }

    private func unknownField(_ name: String, in value: ValueNode, of type: InputObjectType) -> String {
        let suggestion = context.didYouMean(name, among: type.fields.map(\.name))
        return "Expected value of type '\(type.name)' not to include unknown field '\(name)'"
            + (suggestion.isEmpty ? ", found" : ".\(suggestion) Found") + ": \(value.textForMessage)."
    }

    private func checkOneOf(_ fields: [ObjectFieldNode], in value: ValueNode, of type: InputObjectType) {
        if fields.count == 1 {
            guard case .null = fields[0].value.kind else { return }
        }
        context.report(
            "Within OneOf Input Object type '\(type.name)', exactly one field must be specified,"
                + " and the value for that field must be non-null.",
            at: value.offset
        )
    }

    /// Finds the fields of a literal by name, in linear time; of equal names the last counts.
    private struct LastOfName {
        private let nodes: [ObjectFieldNode]
        private let places: [String: Int]

        init(_ nodes: [ObjectFieldNode]) {
            self.nodes = nodes
            places =
                nodes.count <= 8
                ? [:] : Dictionary(nodes.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { $1 })
        }

        subscript(name: String) -> ObjectFieldNode? {
            if places.isEmpty { return nodes.last { $0.name.value == name } }
            return places[name].map { nodes[$0] }
        }
    }
}

// MARK: - Leaves

extension ValuesOfCorrectTypeRule {
    private func check(_ value: ValueNode, of type: EnumType) {
        if case .enum(let name) = value.kind {
            if type.value(name) != nil { return }
            context.report(
                "Value '\(name)' does not exist in '\(type.name)' enum." + suggestion(for: name, in: type),
                at: value.offset
            )
            return
        }
        let text = value.withoutVariables.textForMessage
        context.report(
            "Enum '\(type.name)' cannot represent non-enum value: \(text)." + suggestion(for: text, in: type),
            at: value.offset
        )
    }

    private func suggestion(for text: String, in type: EnumType) -> String {
        context.didYouMean(text, among: type.values.map(\.name), prefix: "the enum value")
    }

    private func check(_ value: ValueNode, of type: ScalarType) {
        let complaint: String
        switch (type.name, value.kind) {
        case ("Int", .int(let digits)):
            if Int32(digits) != nil { return }
            complaint = "Int cannot represent non 32-bit signed integer value"
        case ("Float", .int), ("Float", .float), ("String", .string), ("Boolean", .boolean), ("ID", .string),
            ("ID", .int):
            return
        case ("Int", _): complaint = "Int cannot represent non-integer value"
        case ("Float", _): complaint = "Float cannot represent non numeric value"
        case ("String", _): complaint = "String cannot represent a non string value"
        case ("Boolean", _): complaint = "Boolean cannot represent a non boolean value"
        case ("ID", _): complaint = "ID cannot represent a non-string and non-integer value"
        default: return checkCoercion(of: value, to: type)
        }
        context.report("\(complaint): \(value.withoutVariables.textForMessage)", at: value.offset)
    }

    /// Asks a custom scalar whether it takes a literal; where variables stand in it, that is known only when it runs.
    private func checkCoercion(of value: ValueNode, to type: ScalarType) {
        if value.containsVariable { return }
        do {
            _ = try type.coercion.coerceInput(value.untyped(VariableValues()))
        } catch let error as GraphQLError {
            context.report(error.message, at: value.offset)
        } catch {
            let reason = (error as? ScalarCoercion.Refusal).map { ", but encountered error '\($0.message)'; found" }
            context.report(
                "Expected value of type '\(type.name)'\(reason ?? ", found"): \(value.textForMessage).",
                at: value.offset
            )
        }
    }
}
