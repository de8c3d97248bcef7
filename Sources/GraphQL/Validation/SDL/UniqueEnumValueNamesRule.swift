/// The values of an enum and of its extensions have different names.
///
/// Counter-example: `enum Colour { RED RED }`.
///
/// - Source: GraphQL September 2025, §3.9 Enums, Type Validation.
final class UniqueEnumValueNamesRule: ValidationRule {
    /// By the enum's name.
    private var known: [String: [String: SourceOffset]] = [:]

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        let type = node.name.value
        for value in node.enumValues {
            let name = value.name
            if let first = known[type]?[name.value] {
                context.report("Enum value '\(type).\(name.value)' can only be defined once.", at: first, name.offset)
            } else {
                known[type, default: [:]][name.value] = name.offset
            }
        }
    }
}
