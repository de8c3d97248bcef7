/// A directive's definition.
///
/// - Source: GraphQL September 2025, §3.13 Directives.
public final class Directive: Sendable {
    /// Without `@`, unique in the schema.
    public let name: String
    /// Nil where none was written.
    public let description: String?
    /// In the order written.
    public let arguments: [InputValue]
    /// Whether it may stand more than once at one place.
    public let isRepeatable: Bool
    /// Where it may stand, in the order written.
    public let locations: [DirectiveLocation]
    /// Where it was written; nil for the built-in ones.
    let node: TypeSystemDefinitionNode?

    /// Each parameter is the property of its name.
    init(
        name: String,
        description: String? = nil,
        arguments: [InputValue] = [],
        isRepeatable: Bool = false,
        locations: [DirectiveLocation],
        node: TypeSystemDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
        self.node = node
    }
}

/// Where a directive may stand, by the specification's names.
public enum DirectiveLocation: String, Sendable, CaseIterable {
    case query = "QUERY"
    case mutation = "MUTATION"
    case subscription = "SUBSCRIPTION"
    case field = "FIELD"
    case fragmentDefinition = "FRAGMENT_DEFINITION"
    case fragmentSpread = "FRAGMENT_SPREAD"
    case inlineFragment = "INLINE_FRAGMENT"
    case variableDefinition = "VARIABLE_DEFINITION"
    case schema = "SCHEMA"
    case scalar = "SCALAR"
    case object = "OBJECT"
    case fieldDefinition = "FIELD_DEFINITION"
    case argumentDefinition = "ARGUMENT_DEFINITION"
    case interface = "INTERFACE"
    case union = "UNION"
    case `enum` = "ENUM"
    case enumValue = "ENUM_VALUE"
    case inputObject = "INPUT_OBJECT"
    case inputFieldDefinition = "INPUT_FIELD_DEFINITION"
}
