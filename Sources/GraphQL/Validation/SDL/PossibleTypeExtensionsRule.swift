/// What is extended is defined, as a type of the same kind.
///
/// Counter-example: `enum Colour { RED } extend type Colour { id: ID }`.
///
/// - Source: GraphQL September 2025, §3.4.3 Type Extensions, and the Type Validation of each kind's extensions.
final class PossibleTypeExtensionsRule: ValidationRule {
    private lazy var types = SchemaDefinitions(context.document).types
    /// Of equal names the last one counts.
    private lazy var typesByName = Dictionary(types.map { ($0.name.value, $0) }, uniquingKeysWith: { $1 })

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        guard node.isExtension, let kind = node.kind.typeKind else { return }
        let name = node.name.value
        if let definition = typesByName[name] {
            guard definition.kind.typeKind != kind else { return }
            context.report("Cannot extend non-\(kind.words) type '\(name)'.", at: definition.offset, node.offset)
        } else {
            context.report(
                "Cannot extend type '\(name)' because it is not defined."
                    + context.didYouMean(name, among: types.map(\.name.value)),
                at: node.name.offset
            )
        }
    }
}

extension TypeKind {
    /// As in a sentence: `input object`.
    fileprivate var words: String { rawValue.lowercased().split(separator: "_").joined(separator: " ") }
}
