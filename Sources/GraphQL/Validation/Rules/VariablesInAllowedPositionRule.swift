/// A variable is used only where its type fits.
///
/// Counter-example: `query ($id: String) { field(arg: $id) }` where `arg` is an `ID!`
///
/// - Source: GraphQL September 2025, §5.8.5 All Variable Usages Are Allowed.
final class VariablesInAllowedPositionRule: ValidationRule {
    override class var leaves: NodeKinds { .operation }

    /// A definition and its type, looked up once however often the variable is used.
    private struct Variable {
        let node: VariableDefinitionNode
        let type: TypeReference
    }

    override func leave(operation: OperationDefinitionNode) {
        if operation.variableDefinitions.isEmpty { return }
        var variables: [String: Variable] = [:]
        for node in operation.variableDefinitions {
            variables[node.variable.value] = context.schema.type(of: node.type).map { Variable(node: node, type: $0) }
        }
        for usage in context.variableUsages(of: operation) {
            guard !context.isFull else { return }
            guard let variable = variables[usage.name], let location = usage.type else { continue }
            if !isAllowed(variable, at: location, default: usage.defaultValue) {
                context.report(
                    "Variable '$\(usage.name)' of type '\(variable.type)' used in position expecting type '\(location)'.",
                    at: variable.node.offset,
                    usage.node.offset
                )
            }
            // The object itself may be required or not: the position of its one field never takes null.
            if case .named(let parent as InputObjectType)? = usage.parentType?.nullable, parent.isOneOf,
                !variable.type.isNonNull
            {
                context.report(
                    "Variable '$\(usage.name)' is of type '\(variable.type)' but must be non-nullable"
                        + " to be used for OneOf Input Object '\(parent.name)'.",
                    at: variable.node.offset,
                    usage.node.offset
                )
            }
        }
    }

    private func isAllowed(_ variable: Variable, at location: TypeReference, default value: ValueNode?) -> Bool {
        guard location.isNonNull, !variable.type.isNonNull else { return fits(variable.type, location) }
        let hasDefault =
            switch variable.node.defaultValue?.kind {
            case nil, .null: false
            default: true
            }
        guard hasDefault || value != nil else { return false }
        return fits(variable.type, location.nullable)
    }

    /// Whether values of one type are values of another.
    private func fits(_ type: TypeReference, _ expected: TypeReference) -> Bool {
        switch (type, expected) {
        case (.nonNull(let type), .nonNull(let expected)): fits(type, expected)
        case (.nonNull(let type), _): fits(type, expected)
        case (_, .nonNull): false
        case (.list(let type), .list(let expected)): fits(type, expected)
        case (.named(let type), .named(let expected)): type === expected || context.schema.isSubtype(type, of: expected)
        default: false
        }
    }
}
