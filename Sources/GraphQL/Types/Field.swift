import Synchronization

/// A field of an object or interface type.
public final class Field: Sendable {
    /// Unique in its type.
    public let name: String
    /// Nil where none was written.
    public let description: String?
    /// In the order written.
    public let arguments: [InputValue]
    /// What the field gives.
    public let type: TypeReference
    /// Nil where it is not deprecated.
    public let deprecationReason: String?
    /// In the order written.
    public let appliedDirectives: [DirectiveNode]
    /// Where it was written; nil for what no document writes.
    let node: FieldDefinitionNode?

    /// Each parameter is the property of its name.
    init(
        name: String,
        description: String? = nil,
        arguments: [InputValue] = [],
        type: TypeReference,
        deprecationReason: String? = nil,
        appliedDirectives: [DirectiveNode] = [],
        node: FieldDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.type = type
        self.deprecationReason = deprecationReason
        self.appliedDirectives = appliedDirectives
        self.node = node
    }

    /// The argument called `name`.
    public func argument(_ name: String) -> InputValue? {
        arguments.first { $0.name == name }
    }
}

/// An argument of a field or directive, or a field of an input object.
public final class InputValue: Sendable {
    /// Unique among its siblings.
    public let name: String
    /// Nil where none was written.
    public let description: String?
    /// What it takes.
    public let type: TypeReference
    /// As written; nil where none was.
    public let defaultValue: ValueNode?
    /// Nil where it is not deprecated.
    public let deprecationReason: String?
    /// In the order written.
    public let appliedDirectives: [DirectiveNode]
    /// Where it was written; nil for what no document writes.
    let node: InputValueDefinitionNode?
    /// What ``coercedDefault`` gave; nil as long as nobody has asked.
    let knownDefault = Mutex<Value??>(nil)

    /// Each parameter is the property of its name.
    init(
        name: String,
        description: String? = nil,
        type: TypeReference,
        defaultValue: ValueNode? = nil,
        deprecationReason: String? = nil,
        appliedDirectives: [DirectiveNode] = [],
        node: InputValueDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.type = type
        self.defaultValue = defaultValue
        self.deprecationReason = deprecationReason
        self.appliedDirectives = appliedDirectives
        self.node = node
    }

    /// Whether a value must be given: non-null and without default.
    public var isRequired: Bool { type.isNonNull && defaultValue == nil }
}

/// A value of an enum type.
public final class EnumValue: Sendable {
    /// Unique in its enum.
    public let name: String
    /// Nil where none was written.
    public let description: String?
    /// Nil where it is not deprecated.
    public let deprecationReason: String?
    /// In the order written.
    public let appliedDirectives: [DirectiveNode]
    /// Where it was written; nil for what no document writes.
    let node: EnumValueDefinitionNode?

    /// Each parameter is the property of its name.
    init(
        name: String,
        description: String? = nil,
        deprecationReason: String? = nil,
        appliedDirectives: [DirectiveNode] = [],
        node: EnumValueDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.deprecationReason = deprecationReason
        self.appliedDirectives = appliedDirectives
        self.node = node
    }
}
