/// A type system that operations are validated against and executed on.
///
/// - Source: GraphQL September 2025, §3.3 Schema.
public final class GraphQLSchema: Sendable {
    /// Nil where none was written.
    public let description: String?
    /// Applied to the schema and to its extensions, in the order written.
    public let appliedDirectives: [DirectiveNode]
    /// Every named type: those of the document in their order, each followed by the built-in types that it refers to first.
    ///
    /// Built-in scalars that nothing refers to are not in it. `NamedType.index` is the place in this list.
    public let types: [NamedType]
    /// Those of the document in their order, then the built-in ones.
    public let directives: [Directive]
    /// Nil only in documents that are checked alone.
    public let queryType: ObjectType?
    /// Nil where there are no mutations.
    public let mutationType: ObjectType?
    /// Nil where there are no subscriptions.
    public let subscriptionType: ObjectType?

    /// Where it was written: the definition, where there is one, then the extensions.
    let parts: [TypeSystemDefinitionNode]
    /// `__typename`, `__schema` and `__type`.
    let metaFields: MetaFields

    private let typesByName: [String: NamedType]
    private let directivesByName: [String: Directive]
    /// By ``NamedType/index`` of an abstract type: its object types in the order of ``types``.
    private let possible: [[ObjectType]]
    /// By ``NamedType/index`` of an abstract type: the indices of its object types.
    private let possibleIndices: [Set<Int>]
    /// By ``NamedType/index`` of an interface: the interfaces that implement it, in the order of ``types``.
    private let implementingInterfaces: [[InterfaceType]]

    /// Numbers the types and finds who implements what.
    ///
    /// Each parameter is the property of its name.
    init(
        description: String?,
        appliedDirectives: [DirectiveNode],
        types: [NamedType],
        directives: [Directive],
        queryType: ObjectType?,
        mutationType: ObjectType?,
        subscriptionType: ObjectType?,
        parts: [TypeSystemDefinitionNode] = []
    ) {
        self.description = description
        self.appliedDirectives = appliedDirectives
        self.types = types
        self.directives = directives
        self.queryType = queryType
        self.mutationType = mutationType
        self.subscriptionType = subscriptionType
        self.parts = parts
        for (index, type) in types.enumerated() { type.index = index }
        typesByName = Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        metaFields = MetaFields(types: typesByName)
        directivesByName = Dictionary(directives.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

        var possible = [[ObjectType]](repeating: [], count: types.count)
        var implementing = [[InterfaceType]](repeating: [], count: types.count)
        for type in types {
            switch type {
            case let union as UnionType:
                possible[union.index] = union.members
            case let object as ObjectType:
                for interface in object.interfaces where interface.index >= 0 {
                    possible[interface.index].append(object)
                }
            case let interface as InterfaceType:
                for parent in interface.interfaces where parent.index >= 0 {
                    implementing[parent.index].append(interface)
                }
            default:
                break
            }
        }
        self.possible = possible
        possibleIndices = possible.map { Set($0.map(\.index)) }
        implementingInterfaces = implementing
    }

    deinit {
        for type in types { type.unlink() }
    }

    /// The type called `name`.
    public func type(_ name: String) -> NamedType? { typesByName[name] }

    /// The directive called `name`, without `@`.
    public func directive(_ name: String) -> Directive? { directivesByName[name] }

    /// The root type of a kind of operation.
    public func rootType(of operation: OperationType) -> ObjectType? {
        switch operation {
        case .query: queryType
        case .mutation: mutationType
        case .subscription: subscriptionType
        }
    }

    /// The object types that `type` may stand for: itself, the implementations or the members.
    ///
    /// In the order of ``types`` for an interface, as written for a union; empty for types that are not composite.
    public func possibleTypes(of type: NamedType) -> [ObjectType] {
        if let object = type as? ObjectType { return [object] }
        return possible[type.index]
    }

    /// The interfaces that declare to implement `interface`, in the order of ``types``.
    public func interfaces(implementing interface: InterfaceType) -> [InterfaceType] {
        implementingInterfaces[interface.index]
    }

    /// Whether `object` is among the possible types of `type`, or is `type` itself.
    public func isPossible(_ object: ObjectType, for type: NamedType) -> Bool {
        object === type || possibleIndices[type.index].contains(object.index)
    }

    /// Whether `type` may stand where `expected` is expected: the same type, an implementation or a member of it.
    public func isSubtype(_ type: NamedType, of expected: NamedType) -> Bool {
        if type === expected { return true }
        if let object = type as? ObjectType { return possibleIndices[expected.index].contains(object.index) }
        if let interface = type as? InterfaceType, let expected = expected as? InterfaceType {
            return implementingInterfaces[expected.index].contains { $0 === interface }
        }
        return false
    }
}
