/// A definition or extension of the type system, as written.
///
/// - Source: GraphQL September 2025, §3 Type System.
public final class TypeSystemDefinitionNode: Sendable {
    /// What is defined or extended.
    public enum Kind: Sendable {
        /// `schema { … }`. The name is empty.
        case schema([RootOperationTypeNode])
        case scalar
        case object(interfaces: [NameNode], fields: [FieldDefinitionNode])
        case interface(interfaces: [NameNode], fields: [FieldDefinitionNode])
        case union(members: [NameNode])
        case `enum`(values: [EnumValueDefinitionNode])
        case inputObject(fields: [InputValueDefinitionNode])
        /// Never an extension. The name stands without `@`.
        case directive(arguments: [InputValueDefinitionNode], isRepeatable: Bool, locations: [NameNode])
    }

    /// Nil where none was written, and for extensions.
    public let description: ValueNode?
    /// Whether it was written after `extend`.
    public let isExtension: Bool
    /// Of the type or directive; for a schema an empty one, at the keyword.
    public let name: NameNode
    /// Applied to it, in the order written; none for a directive's definition.
    public let directives: [DirectiveNode]
    /// What is defined or extended.
    public let kind: Kind
    /// Of the first byte: of the description, where there is one.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        description: ValueNode?,
        isExtension: Bool,
        name: NameNode,
        directives: [DirectiveNode],
        kind: Kind,
        at offset: SourceOffset
    ) {
        self.description = description
        self.isExtension = isExtension
        self.name = name
        self.directives = directives
        self.kind = kind
        self.offset = offset
    }
}

/// A root of a schema: `query: Query`.
public final class RootOperationTypeNode: Sendable {
    /// Of which kind of operation.
    public let operation: OperationType
    /// The object type's name.
    public let type: NameNode
    /// Of the kind of operation.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(operation: OperationType, type: NameNode, at offset: SourceOffset) {
        self.operation = operation
        self.type = type
        self.offset = offset
    }
}

/// A field of an object or interface.
public final class FieldDefinitionNode: Sendable {
    /// Nil where none was written.
    public let description: ValueNode?
    /// The field's name.
    public let name: NameNode
    /// In the order written.
    public let arguments: [InputValueDefinitionNode]
    /// As written.
    public let type: TypeNode
    /// In the order written.
    public let directives: [DirectiveNode]
    /// Of the first byte: of the description, where there is one.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        description: ValueNode?,
        name: NameNode,
        arguments: [InputValueDefinitionNode],
        type: TypeNode,
        directives: [DirectiveNode],
        at offset: SourceOffset
    ) {
        self.description = description
        self.name = name
        self.arguments = arguments
        self.type = type
        self.directives = directives
        self.offset = offset
    }
}

/// An argument, or a field of an input object.
public final class InputValueDefinitionNode: Sendable {
    /// Nil where none was written.
    public let description: ValueNode?
    /// Its name.
    public let name: NameNode
    /// As written.
    public let type: TypeNode
    /// Nil where none was written.
    public let defaultValue: ValueNode?
    /// In the order written.
    public let directives: [DirectiveNode]
    /// Of the first byte: of the description, where there is one.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        description: ValueNode?,
        name: NameNode,
        type: TypeNode,
        defaultValue: ValueNode?,
        directives: [DirectiveNode],
        at offset: SourceOffset
    ) {
        self.description = description
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.directives = directives
        self.offset = offset
    }
}

/// A value of an enum.
public final class EnumValueDefinitionNode: Sendable {
    /// Nil where none was written.
    public let description: ValueNode?
    /// Never `true`, `false` or `null`.
    public let name: NameNode
    /// In the order written.
    public let directives: [DirectiveNode]
    /// Of the first byte: of the description, where there is one.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(description: ValueNode?, name: NameNode, directives: [DirectiveNode], at offset: SourceOffset) {
        self.description = description
        self.name = name
        self.directives = directives
        self.offset = offset
    }
}
