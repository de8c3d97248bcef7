/// Every variable that an operation defines is used, by itself or by a fragment it reaches.
///
/// Counter-example: `query ($id: ID) { name }`
///
/// - Source: GraphQL September 2025, §5.8.4 All Variables Used.
final class NoUnusedVariablesRule: ValidationRule {
    override class var visits: NodeKinds { .operation }

    override func enter(operation: OperationDefinitionNode) {
        if operation.variableDefinitions.isEmpty { return }
        let used = Set(context.variableUsages(of: operation).map(\.name))
        for definition in operation.variableDefinitions where !used.contains(definition.variable.value) {
            let place = operation.name.map { " in operation '\($0.value)'" } ?? ""
            context.report("Variable '$\(definition.variable.value)' is never used\(place).", at: definition.offset)
        }
    }
}
