/// A parsed document and the source that its offsets point into.
///
/// - Source: GraphQL September 2025, §2.2 Document.
public final class DocumentNode: Sendable {
    /// What was parsed.
    public let source: Source
    /// At least one, in the order written.
    public let definitions: [DefinitionNode]
    /// How many tokens were read, comments left out.
    public let tokenCount: Int
    /// Whether a variable is defined or used anywhere.
    let namesVariables: Bool

    /// - Parameters:
    ///   - source: What was parsed.
    ///   - definitions: In the order written.
    ///   - tokenCount: How many tokens were read, comments left out.
    public convenience init(source: Source, definitions: [DefinitionNode], tokenCount: Int) {
        self.init(source: source, definitions: definitions, tokenCount: tokenCount, namesVariables: true)
    }

    init(source: Source, definitions: [DefinitionNode], tokenCount: Int, namesVariables: Bool) {
        self.source = source
        self.definitions = definitions
        self.tokenCount = tokenCount
        self.namesVariables = namesVariables
    }
}

/// A definition of a document.
public enum DefinitionNode: Sendable {
    case operation(OperationDefinitionNode)
    case fragment(FragmentDefinitionNode)
    case typeSystem(TypeSystemDefinitionNode)
}

/// The three kinds of operation.
public enum OperationType: String, Sendable, CaseIterable {
    case query
    case mutation
    case subscription
}

/// An operation.
///
/// - Source: GraphQL September 2025, §2.3 Operations.
public final class OperationDefinitionNode: Sendable {
    /// Nil where none was written.
    public let description: ValueNode?
    /// `query` also for the shorthand `{ … }`.
    public let operation: OperationType
    /// Nil for an anonymous operation.
    public let name: NameNode?
    /// In the order written.
    public let variableDefinitions: [VariableDefinitionNode]
    /// In the order written.
    public let directives: [DirectiveNode]
    /// What is selected on the root type.
    public let selectionSet: SelectionSetNode
    /// Whether it was written `{ … }` without a keyword.
    public let isShorthand: Bool
    /// Of the first byte: of the description, where there is one.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        description: ValueNode?,
        operation: OperationType,
        name: NameNode?,
        variableDefinitions: [VariableDefinitionNode],
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode,
        isShorthand: Bool,
        at offset: SourceOffset
    ) {
        self.description = description
        self.operation = operation
        self.name = name
        self.variableDefinitions = variableDefinitions
        self.directives = directives
        self.selectionSet = selectionSet
        self.isShorthand = isShorthand
        self.offset = offset
    }
}

/// A variable of an operation.
public final class VariableDefinitionNode: Sendable {
    /// Nil where none was written.
    public let description: ValueNode?
    /// The name without `$`; its offset is that of the `$`.
    public let variable: NameNode
    /// As written.
    public let type: TypeNode
    /// Nil where none was written.
    public let defaultValue: ValueNode?
    /// In the order written.
    public let directives: [DirectiveNode]
    /// Of the first byte: of the description, where there is one, else of the `$`.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        description: ValueNode?,
        variable: NameNode,
        type: TypeNode,
        defaultValue: ValueNode?,
        directives: [DirectiveNode],
        at offset: SourceOffset
    ) {
        self.description = description
        self.variable = variable
        self.type = type
        self.defaultValue = defaultValue
        self.directives = directives
        self.offset = offset
    }
}

/// What is asked for on one object.
///
/// - Source: GraphQL September 2025, §2.5 Selection Sets.
public final class SelectionSetNode: Sendable {
    /// At least one, in the order written.
    public let selections: [SelectionNode]
    /// Of the `{`.
    public let offset: SourceOffset

    /// - Parameters:
    ///   - selections: In the order written.
    ///   - offset: Of the `{`.
    public init(_ selections: [SelectionNode], at offset: SourceOffset) {
        self.selections = selections
        self.offset = offset
    }
}

/// One selection of a set.
public enum SelectionNode: Sendable {
    case field(FieldNode)
    case fragmentSpread(FragmentSpreadNode)
    case inlineFragment(InlineFragmentNode)
}

/// A selected field.
public final class FieldNode: Sendable {
    /// Nil where none was written.
    public let alias: NameNode?
    /// The field's name in its type.
    public let name: NameNode
    /// In the order written.
    public let arguments: [ArgumentNode]
    /// In the order written.
    public let directives: [DirectiveNode]
    /// Nil for a leaf.
    public let selectionSet: SelectionSetNode?

    /// Each parameter is the property of its name.
    public init(
        alias: NameNode?,
        name: NameNode,
        arguments: [ArgumentNode],
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode?
    ) {
        self.alias = alias
        self.name = name
        self.arguments = arguments
        self.directives = directives
        self.selectionSet = selectionSet
    }

    /// The key in the response: the alias, or else the name.
    public var responseName: String { (alias ?? name).value }
    /// Of the first byte: of the alias, where there is one.
    public var offset: SourceOffset { (alias ?? name).offset }
}

/// A fragment where it is used: `...Name`.
public final class FragmentSpreadNode: Sendable {
    /// The fragment's name.
    public let name: NameNode
    /// In the order written.
    public let directives: [DirectiveNode]
    /// Of the `...`.
    public let offset: SourceOffset

    /// - Parameters:
    ///   - name: The fragment's name.
    ///   - directives: In the order written.
    ///   - offset: Of the `...`.
    public init(name: NameNode, directives: [DirectiveNode], at offset: SourceOffset) {
        self.name = name
        self.directives = directives
        self.offset = offset
    }
}

/// A fragment in place: `... on Type { … }`.
public final class InlineFragmentNode: Sendable {
    /// Nil where none was written.
    public let typeCondition: NameNode?
    /// In the order written.
    public let directives: [DirectiveNode]
    /// What is selected where the condition holds.
    public let selectionSet: SelectionSetNode
    /// Of the `...`.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        typeCondition: NameNode?,
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode,
        at offset: SourceOffset
    ) {
        self.typeCondition = typeCondition
        self.directives = directives
        self.selectionSet = selectionSet
        self.offset = offset
    }
}

/// A named fragment.
///
/// - Source: GraphQL September 2025, §2.8 Fragments.
public final class FragmentDefinitionNode: Sendable {
    /// Nil where none was written.
    public let description: ValueNode?
    /// Never `on`.
    public let name: NameNode
    /// The type it applies to.
    public let typeCondition: NameNode
    /// In the order written.
    public let directives: [DirectiveNode]
    /// What is selected where the condition holds.
    public let selectionSet: SelectionSetNode
    /// Of the first byte: of the description, where there is one.
    public let offset: SourceOffset

    /// Each parameter is the property of its name.
    public init(
        description: ValueNode?,
        name: NameNode,
        typeCondition: NameNode,
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode,
        at offset: SourceOffset
    ) {
        self.description = description
        self.name = name
        self.typeCondition = typeCondition
        self.directives = directives
        self.selectionSet = selectionSet
        self.offset = offset
    }
}
