/// The fields of a type and of its extensions have different names.
///
/// Counter-example: `type Job { id: ID id: String }`.
///
/// - Source: GraphQL September 2025, §3.6 Objects, §3.7 Interfaces and §3.10 Input Objects, Type Validation.
final class UniqueFieldDefinitionNamesRule: ValidationRule {
    /// By the type's name.
    private var known: [String: [String: SourceOffset]] = [:]

    override class var visits: NodeKinds { .typeSystem }

    override func enter(typeSystem node: TypeSystemDefinitionNode) {
        let type = node.name.value
        for name in node.fields.map(\.name) + node.inputFields.map(\.name) {
            if let first = known[type]?[name.value] {
                context.report("Field '\(type).\(name.value)' can only be defined once.", at: first, name.offset)
            } else {
                known[type, default: [:]][name.value] = name.offset
            }
        }
    }
}
