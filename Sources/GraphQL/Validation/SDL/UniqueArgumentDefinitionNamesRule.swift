/// The arguments of a field or directive have different names.
///
/// Counter-example: `type Query { jobs(first: Int, first: Int): [Job] }`.
///
/// - Source: GraphQL September 2025, §3.6.1 Field Arguments and §3.13 Directives, Type Validation.
final class UniqueArgumentDefinitionNamesRule: ValidationRule {
    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        if case .directive(let arguments, _, _) = node.kind { check(arguments, of: "@\(node.name.value)") }
        for field in node.fields { check(field.arguments, of: "\(node.name.value).\(field.name.value)") }
    }

    private func check(_ arguments: [InputValueDefinitionNode], of parent: String) {
        for (name, nodes) in repeated(arguments, by: \.name.value) {
            context.report("Argument '\(parent)(\(name):)' can only be defined once.", at: nodes.map(\.name.offset))
        }
    }
}
