/// Which rules see which nodes, by their places in the list of rules: told once, whatever is validated.
final class RuleRoutes: Sendable {
    let document: [Int]
    let leavingDocument: [Int]
    let operation: [Int]
    let leavingOperation: [Int]
    let fragment: [Int]
    let leavingFragment: [Int]
    let variableDefinition: [Int]
    let leavingVariableDefinition: [Int]
    let selectionSet: [Int]
    let leavingSelectionSet: [Int]
    let field: [Int]
    let leavingField: [Int]
    let fragmentSpread: [Int]
    let inlineFragment: [Int]
    let leavingInlineFragment: [Int]
    let argument: [Int]
    let leavingArgument: [Int]
    let directive: [Int]
    let leavingDirective: [Int]
    let directives: [Int]
    let value: [Int]
    let leavingValue: [Int]
    let objectField: [Int]
    let typeName: [Int]
    let typeSystem: [Int]
    let leavingTypeSystem: [Int]

    init(_ rules: [ValidationRule.Type]) {
        func shown(_ kind: NodeKinds) -> [Int] { rules.indices.filter { rules[$0].visits.contains(kind) } }
        func left(_ kind: NodeKinds) -> [Int] { rules.indices.filter { rules[$0].leaves.contains(kind) } }
        document = shown(.document)
        leavingDocument = left(.document)
        operation = shown(.operation)
        leavingOperation = left(.operation)
        fragment = shown(.fragment)
        leavingFragment = left(.fragment)
        variableDefinition = shown(.variableDefinition)
        leavingVariableDefinition = left(.variableDefinition)
        selectionSet = shown(.selectionSet)
        leavingSelectionSet = left(.selectionSet)
        field = shown(.field)
        leavingField = left(.field)
        fragmentSpread = shown(.fragmentSpread)
        inlineFragment = shown(.inlineFragment)
        leavingInlineFragment = left(.inlineFragment)
        argument = shown(.argument)
        leavingArgument = left(.argument)
        directive = shown(.directive)
        leavingDirective = left(.directive)
        directives = shown(.directives)
        value = shown(.value)
        leavingValue = left(.value)
        objectField = shown(.objectField)
        typeName = shown(.typeName)
        typeSystem = shown(.typeSystem)
        leavingTypeSystem = left(.typeSystem)
    }
}
