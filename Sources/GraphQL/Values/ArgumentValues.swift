/// The coerced arguments of a field or directive.
///
/// An argument that was not given and has no default is missing, which is not the same as null.
///
/// - Source: GraphQL September 2025, §6.4.1 Coercing Field Arguments.
public struct ArgumentValues: Sendable, Equatable {
    /// By name, in the order of the field's definition.
    public private(set) var values: Value.Object

    /// - Parameter values: By name, in the order of the field's definition.
    public init(_ values: Value.Object = [:]) {
        self.values = values
    }

    /// The value of the argument called `name`; nil where it is missing.
    public subscript(name: String) -> Value? { values[name] }

    /// Coerces what is written at a field or directive.
    ///
    /// - Parameters:
    ///   - nodes: As written.
    ///   - definitions: Of the field or directive.
    ///   - offset: Of the field or directive, for errors that no argument is to blame for.
    ///   - variables: Coerced already.
    ///   - suggests: Whether messages add "Did you mean …?".
    /// - Throws: What is wrong first; validation lets through only variables that are null or missing.
    init(
        coercing nodes: [ArgumentNode],
        of definitions: [InputValue],
        at offset: SourceOffset,
        variables: VariableValues,
        suggests: Bool
    ) throws(LocatedError) {
        var values = Value.Object()
        for definition in definitions {
            let name = definition.name
            let node = nodes.last { $0.name.value == name }?.value
            let isMissingVariable =
                if case .variable(let variable)? = node?.kind { variables[variable] == nil } else { false }
            guard let node, !isMissingVariable || definition.isRequired else {
                if definition.isRequired {
                    throw LocatedError(
                        "Argument '\(name)' of required type '\(definition.type)' was not provided.",
                        at: [offset]
                    )
                }
                if let value = definition.coercedDefault { values[name] = value }
                continue
            }
            guard let value = node.coerced(to: definition.type, variables: variables) else {
                let problem = InputProblems(
                    of: node,
                    for: definition.type,
                    variables: variables,
                    suggests: suggests,
                    limit: 1
                ).found[0]
                throw LocatedError(
                    "Argument '\(name)' has invalid value\(problem.place): \(problem.message)",
                    at: [problem.offset ?? node.offset]
                )
            }
            values[name] = value
        }
        self.values = values
    }
}

/// An error whose places are still offsets: line and column are looked up once, when the response is written.
struct LocatedError: Error {
    let message: String
    let offsets: [SourceOffset]
    var extensions: Value.Object = [:]

    init(_ message: String, at offsets: [SourceOffset]) {
        self.message = message
        self.offsets = offsets
    }
}

// MARK: - What a resolver reads

extension ArgumentValues {
    /// The text of a `String`, `ID` or enum argument; nil where it is missing or null.
    ///
    /// - Throws: ``GraphQLError`` where it is something else, which is a mistake of the resolver.
    public func string(_ name: String) throws(GraphQLError) -> String? {
        switch values[name] {
        case nil, .null?: nil
        case .string(let text)?, .enum(let text)?: text
        case let value?: throw mismatch(name, value, expected: "a string")
        }
    }

    /// The number of an `Int` argument; nil where it is missing or null.
    ///
    /// - Throws: ``GraphQLError`` where it is something else, which is a mistake of the resolver.
    public func int(_ name: String) throws(GraphQLError) -> Int? {
        switch values[name] {
        case nil, .null?: nil
        case .int(let number)?: number
        case let value?: throw mismatch(name, value, expected: "a whole number")
        }
    }

    /// The number of an `Int` or `Float` argument; nil where it is missing or null.
    ///
    /// - Throws: ``GraphQLError`` where it is something else, which is a mistake of the resolver.
    public func double(_ name: String) throws(GraphQLError) -> Double? {
        switch values[name] {
        case nil, .null?: nil
        case .int(let number)?: Double(number)
        case .float(let number)?: number
        case let value?: throw mismatch(name, value, expected: "a number")
        }
    }

    /// The flag of a `Boolean` argument; nil where it is missing or null.
    ///
    /// - Throws: ``GraphQLError`` where it is something else, which is a mistake of the resolver.
    public func boolean(_ name: String) throws(GraphQLError) -> Bool? {
        switch values[name] {
        case nil, .null?: nil
        case .boolean(let flag)?: flag
        case let value?: throw mismatch(name, value, expected: "true or false")
        }
    }

    /// The items of a list argument; nil where it is missing or null.
    ///
    /// - Throws: ``GraphQLError`` where it is something else, which is a mistake of the resolver.
    public func list(_ name: String) throws(GraphQLError) -> [Value]? {
        switch values[name] {
        case nil, .null?: nil
        case .list(let items)?: items
        case let value?: throw mismatch(name, value, expected: "a list")
        }
    }

    /// The fields of an input object, as arguments of their own; nil where it is missing or null.
    ///
    /// - Throws: ``GraphQLError`` where it is something else, which is a mistake of the resolver.
    public func object(_ name: String) throws(GraphQLError) -> ArgumentValues? {
        switch values[name] {
        case nil, .null?: nil
        case .object(let object)?: ArgumentValues(object)
        case let value?: throw mismatch(name, value, expected: "an object")
        }
    }

    /// What ``string(_:)`` gives, where the schema promises a value.
    ///
    /// - Throws: ``GraphQLError`` also where it is missing or null.
    public func requiredString(_ name: String) throws(GraphQLError) -> String {
        guard let text = try string(name) else { throw missing(name) }
        return text
    }

    /// What ``int(_:)`` gives, where the schema promises a value.
    ///
    /// - Throws: ``GraphQLError`` also where it is missing or null.
    public func requiredInt(_ name: String) throws(GraphQLError) -> Int {
        guard let number = try int(name) else { throw missing(name) }
        return number
    }

    /// What ``object(_:)`` gives, where the schema promises a value.
    ///
    /// - Throws: ``GraphQLError`` also where it is missing or null.
    public func requiredObject(_ name: String) throws(GraphQLError) -> ArgumentValues {
        guard let object = try object(name) else { throw missing(name) }
        return object
    }

    private func mismatch(_ name: String, _ value: Value, expected: String) -> GraphQLError {
        GraphQLError("Argument '\(name)' was expected to be \(expected), found: \(value.inspected).")
    }

    private func missing(_ name: String) -> GraphQLError {
        GraphQLError("Argument '\(name)' was not provided.")
    }
}
