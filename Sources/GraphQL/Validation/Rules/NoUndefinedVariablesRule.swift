/// Every variable that an operation uses, itself or in the fragments it reaches, is defined by it.
///
/// Counter-example: `query ($id: ID) { field(arg: $missing) }`
///
/// - Source: GraphQL September 2025, §5.8.3 All Variable Uses Defined.
final class NoUndefinedVariablesRule: ValidationRule {
    override class var visits: NodeKinds { .operation }

    override func enter(operation: OperationDefinitionNode) {
        let usages = context.variableUsages(of: operation)
        if usages.isEmpty { return }
        let defined = Set(operation.variableDefinitions.map(\.variable.value))
        for usage in usages where !defined.contains(usage.name) {
            guard !context.isFull else { return }
            let place = operation.name.map { " by operation '\($0.value)'" } ?? ""
            context.report("Variable '$\(usage.name)' is not defined\(place).", at: usage.node.offset, operation.offset)
        }
    }
}
