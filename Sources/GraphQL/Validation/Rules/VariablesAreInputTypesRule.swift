/// A variable's type is one that a client can give: a scalar, an enum or an input object.
///
/// Counter-example: `query ($book: Book) { title }`.
///
/// - Source: GraphQL September 2025, [§5.8.2 Variables Are Input Types](https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types).
final class VariablesAreInputTypesRule: ValidationRule {
    override class var visits: NodeKinds { .variableDefinition }

    override func enter(variableDefinition: VariableDefinitionNode) {
        let node = variableDefinition.type
        guard let named = context.schema.type(node.named.name), !named.isInput else { return }
        guard let type = context.schema.type(of: node) else { return }
        context.report(
            "Variable '$\(variableDefinition.variable.value)' cannot be non-input type '\(type)'.",
            at: node.offset
        )
    }
}
