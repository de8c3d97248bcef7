/// A name as written, and where.
public struct NameNode: Sendable {
    /// One or more of `_ A–Z a–z 0–9`, not starting with a digit.
    public let value: String
    /// Of the first byte.
    public let offset: SourceOffset

    /// - Parameters:
    ///   - value: A name of the specification's grammar.
    ///   - offset: Of the first byte.
    public init(_ value: String, at offset: SourceOffset) {
        self.value = value
        self.offset = offset
    }
}

/// A literal or variable of the document.
///
/// - Source: GraphQL September 2025, §2.9 Input Values.
public final class ValueNode: Sendable {
    /// What was written.
    public enum Kind: Sendable {
        /// The name without `$`.
        case variable(String)
        /// The digits as written, since a number may be larger than any type.
        case int(String)
        /// The digits as written.
        case float(String)
        /// The string's value, escapes and block indentation already taken out.
        case string(String, isBlock: Bool)
        case boolean(Bool)
        case null
        case `enum`(String)
        case list([ValueNode])
        case object([ObjectFieldNode])
    }

    /// What was written.
    public let kind: Kind
    /// Of the first byte.
    public let offset: SourceOffset

    /// - Parameters:
    ///   - kind: What was written.
    ///   - offset: Of the first byte.
    public init(_ kind: Kind, at offset: SourceOffset) {
        self.kind = kind
        self.offset = offset
    }
}

/// A field of an input object's literal.
public final class ObjectFieldNode: Sendable {
    /// The field's name.
    public let name: NameNode
    /// The field's value.
    public let value: ValueNode

    /// - Parameters:
    ///   - name: The field's name.
    ///   - value: The field's value.
    public init(name: NameNode, value: ValueNode) {
        self.name = name
        self.value = value
    }
}

/// An argument of a field or directive.
public final class ArgumentNode: Sendable {
    /// The argument's name.
    public let name: NameNode
    /// The argument's value.
    public let value: ValueNode

    /// - Parameters:
    ///   - name: The argument's name.
    ///   - value: The argument's value.
    public init(name: NameNode, value: ValueNode) {
        self.name = name
        self.value = value
    }
}

/// A directive where it is applied.
public final class DirectiveNode: Sendable {
    /// The name without `@`.
    public let name: NameNode
    /// In the order written.
    public let arguments: [ArgumentNode]
    /// Of the `@`.
    public let offset: SourceOffset

    /// - Parameters:
    ///   - name: Without `@`.
    ///   - arguments: In the order written.
    ///   - offset: Of the `@`.
    public init(name: NameNode, arguments: [ArgumentNode], at offset: SourceOffset) {
        self.name = name
        self.arguments = arguments
        self.offset = offset
    }
}

/// A reference to a type, as written.
///
/// - Source: GraphQL September 2025, §2.11 Type References.
public final class TypeNode: Sendable {
    /// What was written.
    public enum Kind: Sendable {
        case named(String)
        case list(TypeNode)
        case nonNull(TypeNode)
    }

    /// What was written.
    public let kind: Kind
    /// Of the first byte.
    public let offset: SourceOffset

    /// - Parameters:
    ///   - kind: What was written.
    ///   - offset: Of the first byte.
    public init(_ kind: Kind, at offset: SourceOffset) {
        self.kind = kind
        self.offset = offset
    }

    /// The named type inside all lists and non-null marks.
    public var named: (name: String, offset: SourceOffset) {
        var node = self
        while true {
            switch node.kind {
            case .named(let name): return (name, node.offset)
            case .list(let inner), .nonNull(let inner): node = inner
            }
        }
    }
}
