/// One thing that is wrong with an input value.
struct InputProblem {
    /// Safe to show to a client.
    let message: String
    /// Of the literal that is to blame; nil for a value that came as JSON.
    let offset: SourceOffset?
    /// From the value as a whole to the part that is to blame: input fields and list indices.
    let path: [ResponsePath.Step]

    /// As messages show the path: ` at .tags[2]`; empty for the value as a whole.
    var place: String {
        guard !path.isEmpty else { return "" }
        return path.reduce(into: " at ") { text, step in
            switch step {
            case .field(let name): text += ".\(name)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }
}

/// Everything that is wrong with a value for an input position.
///
/// Coercion says whether a value fits and is quick about it; this says why it does not, in the words of the reference
/// implementation.
///
/// - Source: GraphQL September 2025, §3.5 to §3.12, Input Coercion.
struct InputProblems {
    /// In the order in which the value is written; at least one where coercion refuses the value.
    private(set) var found: [InputProblem] = []
    private let suggests: Bool
    private let limit: Int
    /// Nil where a literal is judged without them: variables are then taken to fit.
    private let variables: VariableValues?
    private var path: [ResponsePath.Step] = []
    private var suggestionWork = SuggestionWork()

    /// - Parameters:
    ///   - value: From JSON; nil where none was given.
    ///   - type: Of the position.
    ///   - suggests: Whether messages add "Did you mean …?".
    ///   - limit: The search ends when more than so many problems are found.
    init(of value: Value?, for type: TypeReference, suggests: Bool, limit: Int) {
        self.suggests = suggests
        self.limit = limit
        variables = nil
        judge(value, for: type)
        if found.isEmpty { report("Expected value of type '\(type)', found: \((value ?? .null).inspected).") }
    }

    /// - Parameters:
    ///   - literal: Of the document.
    ///   - type: Of the position.
    ///   - variables: Coerced already; nil where variables are taken to fit.
    ///   - isRefused: Whether coercion refused it; there may be no problem otherwise.
    ///   - suggests: Whether messages add "Did you mean …?".
    ///   - limit: The search ends when more than so many problems are found.
    init(
        of literal: ValueNode,
        for type: TypeReference,
        variables: VariableValues? = nil,
        isRefused: Bool = true,
        suggests: Bool,
        limit: Int
    ) {
        self.suggests = suggests
        self.limit = limit
        self.variables = variables
        judge(literal, for: type)
        if isRefused, found.isEmpty {
            report("Expected value of type '\(type)', found: \(literal.textForMessage).", literal)
        }
    }

    private var isFull: Bool { found.count > limit }

    private mutating func report(_ message: String, _ literal: ValueNode? = nil) {
        report(message, at: literal?.offset)
    }

    private mutating func report(_ message: String, at offset: SourceOffset?) {
        guard !isFull else { return }
        found.append(InputProblem(message: message, offset: offset, path: path))
    }

    private mutating func didYouMean(_ input: String, among options: [String], prefix: String = "") -> String {
        guard suggests else { return "" }
        return GraphQL.didYouMean(
            suggestionList(for: input, among: options, work: &suggestionWork),
            prefix: prefix
        )
    }

    private static func oneOfMessage(_ type: InputObjectType) -> String {
        "Within OneOf Input Object type '\(type.name)', exactly one field must be specified,"
            + " and the value for that field must be non-null."
    }

    private mutating func reportUnknownField(
        _ name: String,
        of type: InputObjectType,
        found: String,
        _ offset: SourceOffset?
    ) {
        let suggestion = didYouMean(name, among: type.fields.map(\.name))
        report(
            "Expected value of type '\(type.name)' not to include unknown field '\(name)'"
                + (suggestion.isEmpty ? ", found" : ".\(suggestion) Found") + ": \(found).",
            at: offset
        )
    }

    /// What a scalar's coercion says of a value that it refuses.
    private mutating func judge(
        _ coercion: () throws -> Value,
        for type: ScalarType,
        shown: @autoclosure () -> String,
        _ literal: ValueNode?
    ) {
        do {
            _ = try coercion()
        } catch let error as GraphQLError {
            report(error.message, literal)
        } catch let refusal as ScalarCoercion.Refusal {
            report(
                "Expected value of type '\(type.name)', but encountered error '\(refusal.message)'; found: \(shown()).",
                literal
            )
        } catch {
            // What went wrong inside a coercion is not for a client's eyes.
            report("Expected value of type '\(type.name)', found: \(shown()).", literal)
        }
    }
}

// MARK: - Values from JSON

extension InputProblems {
    private mutating func judge(_ value: Value?, for type: TypeReference) {
        guard !isFull else { return }
        switch type {
        case .nonNull(let inner):
            switch value {
            case nil: report("Expected a value of non-null type '\(type)' to be provided.")
            case .null?: report("Expected value of non-null type '\(type)' not to be null.")
            case let value: judge(value, for: inner)
            }
        case .list(let itemType):
            switch value {
            case nil, .null?: break
            case .list(let items)?:
                for (index, item) in items.enumerated() where !isFull {
                    path.append(.index(index))
                    judge(item, for: itemType)
                    path.removeLast()
                }
            case let value: judge(value, for: itemType)
            }
        case .named(let named):
            guard let value, value != .null else { return }
            switch named {
            case let input as InputObjectType: judge(value, for: input)
            case let enumeration as EnumType: judge(value, for: enumeration)
            case let scalar as ScalarType:
                judge({ try scalar.coercion.coerceInput(value) }, for: scalar, shown: value.inspected, nil)
            default: break
            }
        }
    }

    private mutating func judge(_ value: Value, for type: InputObjectType) {
        guard case .object(let object) = value else {
            report("Expected value of type '\(type.name)' to be an object, found: \(value.inspected).")
            return
        }
        for field in type.fields where !isFull {
            if let value = object[field.name] {
                path.append(.field(field.name))
                judge(value, for: field.type)
                path.removeLast()
            } else if field.isRequired {
                report(
                    "Expected value of type '\(type.name)' to include required field '\(field.name)',"
                        + " found: \(value.inspected)."
                )
            }
        }
        var known: [(key: String, value: Value)] = []
        for entry in object.entries where !isFull {
            if type.field(entry.key) == nil {
                reportUnknownField(entry.key, of: type, found: value.inspected, nil)
            } else {
                known.append(entry)
            }
        }
        if type.isOneOf {
            if known.count != 1 { report(Self.oneOfMessage(type)) }
            if let first = known.first, first.value == .null {
                path.append(.field(first.key))
                report(Self.oneOfMessage(type))
                path.removeLast()
            }
        }
    }

    private mutating func judge(_ value: Value, for type: EnumType) {
        if case .string(let name) = value {
            if type.value(name) == nil {
                let suggestion = didYouMean(name, among: type.values.map(\.name), prefix: "the enum value")
                report("Value '\(name)' does not exist in '\(type.name)' enum.\(suggestion)")
            }
        } else {
            let shown = value.inspected
            let suggestion = didYouMean(shown, among: type.values.map(\.name), prefix: "the enum value")
            report("Enum '\(type.name)' cannot represent non-string value: \(shown).\(suggestion)")
        }
    }
}

// MARK: - Literals

extension InputProblems {
    private mutating func judge(_ literal: ValueNode, for type: TypeReference) {
        guard !isFull else { return }
        if case .variable(let name) = literal.kind {
            judgeVariable(name, literal, for: type)
            return
        }
        switch type {
        case .nonNull(let inner):
            if case .null = literal.kind {
                report("Expected value of non-null type '\(type)' not to be null.", literal)
            } else {
                judge(literal, for: inner)
            }
        case .list(let itemType):
            switch literal.kind {
            case .null: break
            case .list(let items):
                for (index, item) in items.enumerated() where !isFull {
                    path.append(.index(index))
                    judge(item, for: itemType)
                    path.removeLast()
                }
            default: judge(literal, for: itemType)
            }
        case .named(let named):
            if case .null = literal.kind { return }
            switch named {
            case let input as InputObjectType: judge(literal, for: input)
            case let enumeration as EnumType: judge(literal, for: enumeration)
            case let scalar as ScalarType: judge(literal, for: scalar)
            default: break
            }
        }
    }

    private mutating func judgeVariable(_ name: String, _ literal: ValueNode, for type: TypeReference) {
        // That a variable's type fits the position is for validation; only missing and null values are left.
        guard let variables, type.isNonNull else { return }
        switch variables[name] {
        case nil:
            report("Expected variable '$\(name)' provided to type '\(type)' to provide a runtime value.", literal)
        case .null?:
            report("Expected variable '$\(name)' provided to non-null type '\(type)' not to be null.", literal)
        default: break
        }
    }

    private mutating func judge(_ literal: ValueNode, for type: InputObjectType) {
        guard case .object(let nodes) = literal.kind else {
            report("Expected value of type '\(type.name)' to be an object, found: \(literal.textForMessage).", literal)
            return
        }
        var given: [String: ValueNode] = [:]
        for node in nodes { given[node.name.value] = node.value }
        for field in type.fields where !isFull {
            guard let value = given[field.name] else {
                if field.isRequired {
                    report(
                        "Expected value of type '\(type.name)' to include required field '\(field.name)',"
                            + " found: \(literal.textForMessage).",
                        literal
                    )
                }
                continue
            }
            if case .variable(let name) = value.kind, let variables {
                if type.isOneOf {
                    judgeOneOfVariable(name, field: field, of: type, variables, literal)
                } else if variables[name] == nil, !field.isRequired {
                    continue
                }
            }
            path.append(.field(field.name))
            judge(value, for: field.type)
            path.removeLast()
        }
        var known: [ObjectFieldNode] = []
        for node in nodes where !isFull {
            if type.field(node.name.value) == nil {
                reportUnknownField(node.name.value, of: type, found: literal.textForMessage, node.name.offset)
            } else {
                known.append(node)
            }
        }
        if type.isOneOf {
            if known.count != 1 {
                report(Self.oneOfMessage(type), literal)
            } else if case .null = known[0].value.kind {
                path.append(.field(known[0].name.value))
                report(Self.oneOfMessage(type), literal)
                path.removeLast()
            }
        }
    }

    private mutating func judgeOneOfVariable(
        _ name: String,
        field: InputValue,
        of type: InputObjectType,
        _ variables: VariableValues,
        _ literal: ValueNode
    ) {
        let position = "Expected variable '$\(name)' provided to field '\(field.name)' for OneOf Input Object type"
        switch variables[name] {
        case nil: report("\(position) '\(type.name)' to provide a runtime value.", literal)
        case .null?: report("\(position) '\(type.name)' not to be null.", literal)
        default: break
        }
    }

    private mutating func judge(_ literal: ValueNode, for type: EnumType) {
        let shown = literal.textForMessage
        if case .enum(let name) = literal.kind {
            if type.value(name) == nil {
                let suggestion = didYouMean(shown, among: type.values.map(\.name), prefix: "the enum value")
                report("Value '\(shown)' does not exist in '\(type.name)' enum.\(suggestion)", literal)
            }
        } else {
            let suggestion = didYouMean(shown, among: type.values.map(\.name), prefix: "the enum value")
            report("Enum '\(type.name)' cannot represent non-enum value: \(shown).\(suggestion)", literal)
        }
    }

    private mutating func judge(_ literal: ValueNode, for type: ScalarType) {
        switch (type.name, literal.kind) {
        case ("Int", .int(let digits)):
            if Int32(digits) == nil {
                report("Int cannot represent non 32-bit signed integer value: \(literal.textForMessage)", literal)
            }
        case ("Int", _): report("Int cannot represent non-integer value: \(literal.textForMessage)", literal)
        case ("Float", .int), ("Float", .float): break
        case ("Float", _): report("Float cannot represent non numeric value: \(literal.textForMessage)", literal)
        case ("String", .string): break
        case ("String", _):
            report("String cannot represent a non string value: \(literal.textForMessage)", literal)
        case ("Boolean", .boolean): break
        case ("Boolean", _):
            report("Boolean cannot represent a non boolean value: \(literal.textForMessage)", literal)
        case ("ID", .string), ("ID", .int): break
        case ("ID", _):
            report("ID cannot represent a non-string and non-integer value: \(literal.textForMessage)", literal)
        default:
            let value = literal.untyped(variables ?? VariableValues())
            judge({ try type.coercion.coerceInput(value) }, for: type, shown: literal.textForMessage, literal)
        }
    }
}
