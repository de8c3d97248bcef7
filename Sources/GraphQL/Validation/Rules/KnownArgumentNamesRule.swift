/// Every argument given to a field or directive is one that it defines.
///
/// Counter-example: `{ field(unknown: "1") }`
///
/// - Source: GraphQL September 2025, §5.4.1 Argument Names.
final class KnownArgumentNamesRule: ValidationRule {
    override class var visits: NodeKinds { [.argument, .directive] }
    override class var leaves: NodeKinds { .directive }

    private lazy var definitions = DirectiveDefinitions(context)
    private var isInDirective = false

    override func enter(argument: ArgumentNode) {
        guard !isInDirective, context.types.argument == nil,
            let field = context.types.field, let parent = context.types.parentType
        else { return }
        let name = argument.name.value
        context.report(
            "Unknown argument '\(name)' on field '\(parent.name).\(field.name)'."
                + context.didYouMean(name, among: field.arguments.map(\.name)),
            at: argument.name.offset
        )
    }

    override func enter(directive: DirectiveNode, at location: DirectiveLocation) {
        isInDirective = true
        guard !directive.arguments.isEmpty, let definition = definitions[directive.name.value] else { return }
        for argument in directive.arguments where !definition.arguments.contains(argument.name.value) {
            let name = argument.name.value
            context.report(
                "Unknown argument '\(name)' on directive '@\(directive.name.value)'."
                    + context.didYouMean(name, among: definition.arguments),
                at: argument.name.offset
            )
        }
    }

    override func leave(directive: DirectiveNode) {
        isInDirective = false
    }
}
