/// Every argument that is non-null and has no default is given, to fields and to directives.
///
/// Counter-example: `{ field }` where `field(required: String!)` is defined
///
/// - Source: GraphQL September 2025, §5.4.3 Required Arguments.
final class ProvidedRequiredArgumentsRule: ValidationRule {
    override class var leaves: NodeKinds { [.field, .directive] }

    private lazy var definitions = DirectiveDefinitions(context)

    // Checked on the way up, so that deeper errors come first.
    override func leave(field node: FieldNode) {
        guard let field = context.types.field else { return }
        for argument in field.arguments where argument.isRequired && !isGiven(argument.name, in: node.arguments) {
            // Fields of the introspection are told apart from those of the schema's own root.
            let parent = field.type.namedType.name.hasPrefix("__") ? "<meta>" : context.types.parentType?.name
            let coordinate = parent.map { "\($0).\(field.name)" } ?? field.name
            report("\(coordinate)(\(argument.name):)", of: argument.type.description, at: node.offset)
        }
    }

    override func leave(directive: DirectiveNode) {
        guard let definition = definitions[directive.name.value] else { return }
        for (name, type) in definition.required where !isGiven(name, in: directive.arguments) {
            report("@\(directive.name.value)(\(name):)", of: type, at: directive.offset)
        }
    }

    private func isGiven(_ name: String, in arguments: [ArgumentNode]) -> Bool {
        arguments.contains { $0.name.value == name }
    }

    private func report(_ coordinate: String, of type: String, at offset: SourceOffset) {
        context.report(
            "Argument '\(coordinate)' of type '\(type)' is required, but it was not provided.",
            at: offset
        )
    }
}
