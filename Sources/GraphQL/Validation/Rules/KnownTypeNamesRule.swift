/// A type that the document names is in the schema.
///
/// Counter-example: `{ shelf { ... on Bok { title } } }`.
///
/// - Source: GraphQL September 2025, [§5.5.1.2 Fragment Spread Type Existence](https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence).
final class KnownTypeNamesRule: ValidationRule {
    private var isInTypeSystem = false
    /// Types that the document itself defines; found when the first unknown name comes.
    private lazy var defined: [String] = context.document.definitions.compactMap { definition in
        guard case .typeSystem(let node) = definition, !node.isExtension else { return nil }
        switch node.kind {
        case .schema, .directive: return nil
        default: return node.name.value
        }
    }
    private lazy var isDefined = Set(defined)
    private lazy var known = context.schema.types.map(\.name)

    override class var visits: NodeKinds { [.typeName, .typeSystem] }
    override class var leaves: NodeKinds { .typeSystem }

    override func enter(typeSystem: TypeSystemDefinitionNode) { isInTypeSystem = true }
    override func leave(typeSystem: TypeSystemDefinitionNode) { isInTypeSystem = false }

    override func enter(typeName: NameNode) {
        let name = typeName.value
        guard context.schema.type(name) == nil, !isDefined.contains(name) else { return }
        if isInTypeSystem, Self.standard.contains(name) { return }
        context.report(
            "Unknown type '\(name)'."
                + context.didYouMean(name, among: (isInTypeSystem ? Self.standard : []) + known + defined),
            at: typeName.offset
        )
    }

    /// What a definition of the type system may name without defining it.
    private static let standard = [
        "String", "Int", "Float", "Boolean", "ID", "__Schema", "__Directive", "__DirectiveLocation", "__Type",
        "__Field",
        "__InputValue", "__EnumValue", "__TypeKind",
    ]
}
