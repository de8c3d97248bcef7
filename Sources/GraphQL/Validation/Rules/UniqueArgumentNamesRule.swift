/// The arguments of a field or directive have different names.
///
/// Counter-example: `{ field(arg: "1", arg: "2") }`
///
/// - Source: GraphQL September 2025, §5.4.2 Argument Uniqueness.
final class UniqueArgumentNamesRule: ValidationRule {
    override class var visits: NodeKinds { [.field, .directive] }

    override func enter(field: FieldNode) {
        check(field.arguments)
    }

    override func enter(directive: DirectiveNode, at location: DirectiveLocation) {
        check(directive.arguments)
    }

    private func check(_ arguments: [ArgumentNode]) {
        for (name, nodes) in repeated(arguments, by: \.name.value) {
            context.report("There can be only one argument named '\(name)'.", at: nodes.map(\.name.offset))
        }
    }
}
