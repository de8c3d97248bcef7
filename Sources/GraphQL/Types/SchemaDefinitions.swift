/// The type system definitions of a document, sorted by what they define.
struct SchemaDefinitions {
    /// The `schema { … }`; of several the last one.
    private(set) var schema: TypeSystemDefinitionNode?
    /// In the order written.
    private(set) var schemaExtensions: [TypeSystemDefinitionNode] = []
    /// In the order written; names may stand more than once until that is checked.
    private(set) var types: [TypeSystemDefinitionNode] = []
    /// By the type's name, each in the order written.
    private(set) var typeExtensions: [String: [TypeSystemDefinitionNode]] = [:]
    /// In the order written.
    private(set) var directives: [TypeSystemDefinitionNode] = []

    /// - Parameter document: Operations and fragments in it are passed over.
    init(_ document: DocumentNode) {
        for case .typeSystem(let node) in document.definitions {
            switch node.kind {
            case .schema:
                if node.isExtension { schemaExtensions.append(node) } else { schema = node }
            case .directive:
                directives.append(node)
            case .scalar, .object, .interface, .union, .enum, .inputObject:
                if node.isExtension {
                    typeExtensions[node.name.value, default: []].append(node)
                } else {
                    types.append(node)
                }
            }
        }
    }

    /// The definition of the schema, where there is one, and its extensions.
    var schemaParts: [TypeSystemDefinitionNode] { (schema.map { [$0] } ?? []) + schemaExtensions }

    /// A type's definition and those extensions of its name that are of its kind.
    func parts(of definition: TypeSystemDefinitionNode) -> [TypeSystemDefinitionNode] {
        let extensions = typeExtensions[definition.name.value] ?? []
        return [definition] + extensions.filter { $0.kind.typeKind == definition.kind.typeKind }
    }
}

extension TypeSystemDefinitionNode.Kind {
    /// The kind of the named type; nil for a schema or directive.
    var typeKind: TypeKind? {
        switch self {
        case .scalar: .scalar
        case .object: .object
        case .interface: .interface
        case .union: .union
        case .enum: .enum
        case .inputObject: .inputObject
        case .schema, .directive: nil
        }
    }
}

extension TypeSystemDefinitionNode {
    /// The interfaces after `implements`; none for kinds that cannot implement any.
    var interfaces: [NameNode] {
        switch kind {
        case .object(let interfaces, _), .interface(let interfaces, _): interfaces
        default: []
        }
    }

    /// The fields of an object or interface; none for other kinds.
    var fields: [FieldDefinitionNode] {
        switch kind {
        case .object(_, let fields), .interface(_, let fields): fields
        default: []
        }
    }

    /// The fields of an input object; none for other kinds.
    var inputFields: [InputValueDefinitionNode] {
        if case .inputObject(let fields) = kind { fields } else { [] }
    }

    /// The members of a union; none for other kinds.
    var members: [NameNode] {
        if case .union(let members) = kind { members } else { [] }
    }

    /// The values of an enum; none for other kinds.
    var enumValues: [EnumValueDefinitionNode] {
        if case .enum(let values) = kind { values } else { [] }
    }

    /// The roots of a schema; none for other kinds.
    var roots: [RootOperationTypeNode] {
        if case .schema(let roots) = kind { roots } else { [] }
    }
}

extension ValueNode {
    /// What a string literal says, as descriptions are; nil for other literals.
    var text: String? {
        if case .string(let text, _) = kind { text } else { nil }
    }
}

extension SchemaDefinitions {
    /// The name of a root type, where one is given or defined.
    ///
    /// - Source: GraphQL September 2025, §3.3.1 Root Operation Types, Default Root Operation Type Names.
    func rootName(of operation: OperationType) -> String? {
        let name = operation.defaultTypeName
        if schema == nil, types.contains(where: { $0.name.value == name }) { return name }
        return schemaParts.flatMap(\.roots).last { $0.operation == operation }?.type.value
    }
}

extension OperationType {
    /// What the root type is called where no `schema` definition says otherwise.
    var defaultTypeName: String {
        switch self {
        case .query: "Query"
        case .mutation: "Mutation"
        case .subscription: "Subscription"
        }
    }
}
