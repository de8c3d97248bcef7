/// The coerced values of an operation's variables.
///
/// A variable that was not given and has no default is missing, which is not the same as null.
public struct VariableValues: Sendable {
    private var values: [String: Value] = [:]

    /// Makes one without variables.
    public init() {}

    /// The value of the variable called `name`, without `$`; nil where it is missing.
    public internal(set) subscript(name: String) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }
}

extension OperationDefinitionNode {
    /// Coerces the values given for the variables to their types.
    ///
    /// - Parameters:
    ///   - given: From the request, by name without `$`; what the operation does not define is ignored.
    ///   - schema: Knows the types.
    ///   - source: What the operation was parsed from.
    ///   - suggests: Whether messages add "Did you mean …?".
    ///   - maxErrors: Past so many one last error says that there are more.
    /// - Returns: All values, or everything that is wrong with them: a request error.
    /// - Source: GraphQL September 2025, §6.1.2 Coercing Variable Values.
    func coerceVariableValues(
        _ given: Value.Object,
        schema: GraphQLSchema,
        source: Source,
        suggests: Bool = true,
        maxErrors: Int = 50
    ) -> Result<VariableValues, RequestErrors> {
        var coerced = VariableValues()
        var problems: [(message: String, offset: SourceOffset?)] = []

        variables: for definition in variableDefinitions {
            let name = definition.variable.value
            guard let type = schema.type(of: definition.type), type.namedType.isInput else {
                problems.append(
                    (
                        "Variable '$\(name)' expected value of type '\(definition.type.written)'"
                            + " which cannot be used as an input type.",
                        definition.type.offset
                    )
                )
                continue
            }
            let value = given[name]
            if value == nil, let node = definition.defaultValue {
                if let value = node.coerced(to: type, variables: VariableValues()) {
                    coerced[name] = value
                    continue
                }
                for problem in InputProblems(of: node, for: type, suggests: suggests, limit: maxErrors).found {
                    problems.append(
                        (
                            "Variable '$\(name)' has invalid default value\(problem.place): \(problem.message)",
                            definition.offset
                        )
                    )
                }
            } else if value != nil || type.isNonNull {
                if let value = value?.coerced(to: type) {
                    coerced[name] = value
                    continue
                }
                for problem in InputProblems(of: value, for: type, suggests: suggests, limit: maxErrors).found {
                    problems.append(
                        ("Variable '$\(name)' has invalid value\(problem.place): \(problem.message)", definition.offset)
                    )
                    if problems.count > maxErrors { break variables }
                }
            }
            if problems.count > maxErrors { break }
        }

        if problems.isEmpty { return .success(coerced) }
        if problems.count > maxErrors {
            problems.removeSubrange(maxErrors...)
            problems.append(
                ("Too many errors processing variables, error limit reached. Execution aborted.", nil)
            )
        }
        let locations = source.locations(at: problems.compactMap(\.offset))
        return .failure(
            RequestErrors(
                problems.map { problem in
                    GraphQLError(
                        // A long name or key may come up in every message.
                        ValidationContext.cut(problem.message),
                        locations: problem.offset.flatMap { locations[$0] }.map { [$0] } ?? []
                    )
                }
            )
        )
    }
}

extension TypeNode {
    /// As in SDL, such as `[Job!]!`.
    fileprivate var written: String {
        switch kind {
        case .named(let name): name
        case .list(let inner): "[\(inner.written)]"
        case .nonNull(let inner): "\(inner.written)!"
        }
    }
}
