/// The six kinds of named type, by their names in introspection.
public enum TypeKind: String, Sendable, CaseIterable {
    case scalar = "SCALAR"
    case object = "OBJECT"
    case interface = "INTERFACE"
    case union = "UNION"
    case `enum` = "ENUM"
    case inputObject = "INPUT_OBJECT"
}

/// A named type of a schema.
///
/// It is one of the six subclasses that ``kind`` tells.
///
/// Types refer to one another in circles, which the ``GraphQLSchema`` that owns them breaks when it goes:
/// a type must not be used for longer than its schema.
///
/// `@unchecked Sendable`: members are set while the one builder of the schema runs, and only read from then on.
public class NamedType: @unchecked Sendable {
    /// Unique in the schema.
    public let name: String
    /// Nil where none was written.
    public let description: String?
    /// Which subclass this is.
    public let kind: TypeKind
    /// Applied to the definition and to its extensions, in the order written.
    public let appliedDirectives: [DirectiveNode]
    /// A number from 0, unique and dense in the schema, for tables by type.
    public internal(set) var index = -1
    /// Where it was written: the definition, then the extensions; empty for built-in types.
    var parts: [TypeSystemDefinitionNode] = []

    init(name: String, description: String?, kind: TypeKind, appliedDirectives: [DirectiveNode]) {
        self.name = name
        self.description = description
        self.kind = kind
        self.appliedDirectives = appliedDirectives
    }

    /// Scalars and enums: what has no selection set.
    public var isLeaf: Bool { kind == .scalar || kind == .enum }
    /// Objects, interfaces and unions: what has a selection set.
    public var isComposite: Bool { kind == .object || kind == .interface || kind == .union }
    /// Interfaces and unions: what stands for one of several objects.
    public var isAbstract: Bool { kind == .interface || kind == .union }
    /// Whether arguments and variables can have it.
    public var isInput: Bool { isLeaf || kind == .inputObject }
    /// Whether fields can have it.
    public var isOutput: Bool { kind != .inputObject }

    /// Cuts the references to other types, so that the circle is freed.
    func unlink() {}
}

/// A scalar.
///
/// - Source: GraphQL September 2025, §3.5 Scalars.
public final class ScalarType: NamedType, @unchecked Sendable {  // for the reason of NamedType
    /// Where its form is specified: the argument of `@specifiedBy`.
    public let specifiedByURL: String?
    /// How values come in and go out.
    public internal(set) var coercion: ScalarCoercion

    init(
        name: String,
        description: String?,
        appliedDirectives: [DirectiveNode],
        specifiedByURL: String?,
        coercion: ScalarCoercion
    ) {
        self.specifiedByURL = specifiedByURL
        self.coercion = coercion
        super.init(name: name, description: description, kind: .scalar, appliedDirectives: appliedDirectives)
    }
}

/// A type with fields: what objects and interfaces share.
public class FieldsType: NamedType, @unchecked Sendable {  // for the reason of NamedType
    /// In the order written.
    public internal(set) var fields: [Field] = []
    /// Declared after `implements`, in the order written.
    public internal(set) var interfaces: [InterfaceType] = []
    private var places = NameTable()

    /// The field called `name`; meta-fields are not among them.
    public func field(_ name: String) -> Field? {
        places[name].map { fields[$0] }
    }

    func setFields(_ fields: [Field]) {
        self.fields = fields
        places = NameTable(fields.map(\.name))
    }

    override func unlink() {
        setFields([])
        interfaces = []
    }
}

/// An object type.
///
/// - Source: GraphQL September 2025, §3.6 Objects.
public final class ObjectType: FieldsType, @unchecked Sendable {  // for the reason of NamedType
    init(name: String, description: String?, appliedDirectives: [DirectiveNode]) {
        super.init(name: name, description: description, kind: .object, appliedDirectives: appliedDirectives)
    }
}

/// An interface type.
///
/// - Source: GraphQL September 2025, §3.7 Interfaces.
public final class InterfaceType: FieldsType, @unchecked Sendable {  // for the reason of NamedType
    init(name: String, description: String?, appliedDirectives: [DirectiveNode]) {
        super.init(name: name, description: description, kind: .interface, appliedDirectives: appliedDirectives)
    }
}

/// A union type.
///
/// - Source: GraphQL September 2025, §3.8 Unions.
public final class UnionType: NamedType, @unchecked Sendable {  // for the reason of NamedType
    /// In the order written.
    public internal(set) var members: [ObjectType] = []

    init(name: String, description: String?, appliedDirectives: [DirectiveNode]) {
        super.init(name: name, description: description, kind: .union, appliedDirectives: appliedDirectives)
    }

    override func unlink() { members = [] }
}

/// An enum type.
///
/// - Source: GraphQL September 2025, §3.9 Enums.
public final class EnumType: NamedType, @unchecked Sendable {  // for the reason of NamedType
    /// In the order written.
    public let values: [EnumValue]
    private let places: NameTable

    init(name: String, description: String?, appliedDirectives: [DirectiveNode], values: [EnumValue]) {
        self.values = values
        places = NameTable(values.map(\.name))
        super.init(name: name, description: description, kind: .enum, appliedDirectives: appliedDirectives)
    }

    /// The value called `name`.
    public func value(_ name: String) -> EnumValue? {
        places[name].map { values[$0] }
    }
}

/// An input object type.
///
/// - Source: GraphQL September 2025, §3.10 Input Objects.
public final class InputObjectType: NamedType, @unchecked Sendable {  // for the reason of NamedType
    /// In the order written.
    public internal(set) var fields: [InputValue] = []
    /// Whether it carries `@oneOf`: exactly one field is given.
    public let isOneOf: Bool
    private var places = NameTable()

    init(name: String, description: String?, appliedDirectives: [DirectiveNode], isOneOf: Bool) {
        self.isOneOf = isOneOf
        super.init(name: name, description: description, kind: .inputObject, appliedDirectives: appliedDirectives)
    }

    /// The field called `name`.
    public func field(_ name: String) -> InputValue? {
        places[name].map { fields[$0] }
    }

    func setFields(_ fields: [InputValue]) {
        self.fields = fields
        places = NameTable(fields.map(\.name))
    }

    override func unlink() { setFields([]) }
}
