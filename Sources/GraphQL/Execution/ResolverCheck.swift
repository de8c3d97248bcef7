/// Finds out whether a schema and its resolvers fit, before anything runs.
struct ResolverCheck {
    private let schema: GraphQLSchema
    private(set) var problems: [String] = []
    private(set) var resolvers: [ObjectIdentifier: Resolvers.FieldResolver] = [:]
    private(set) var subscriptions: [ObjectIdentifier: Resolvers.SourceStream] = [:]
    private(set) var objectTypes: [ObjectIdentifier: ObjectType] = [:]
    private(set) var swiftTypes: [Int: any ObjectValue.Type] = [:]

    init(schema: GraphQLSchema) {
        self.schema = schema
    }

    mutating func run(_ all: Resolvers) {
        attachFields(all)
        attachSubscriptions(all)
        attachScalars(all)
        findMissing()
        compareObjects(all)
    }

    private func field(at coordinate: String) -> (type: ObjectType, field: Field)? {
        let parts = coordinate.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let type = schema.type(String(parts[0])) as? ObjectType,
            let field = schema.field(String(parts[1]), of: type)
        else { return nil }
        return (type, field)
    }

    private mutating func attachFields(_ all: Resolvers) {
        var shared: Set<ObjectIdentifier> = []
        for (coordinate, resolver) in all.fields {
            guard let (type, field) = field(at: coordinate), field.name != "__typename" else {
                problems.append("\(coordinate) has a resolver, but the schema has no such field of an object type.")
                continue
            }
            guard resolvers.updateValue(resolver, forKey: ObjectIdentifier(field)) == nil else {
                problems.append("\(coordinate) has more than one resolver.")
                continue
            }
            if let problem = Self.misfit(resolver.shape, field.type) {
                problems.append("\(coordinate) is of type \(field.type), but its resolver gives \(problem).")
            }
            guard let parent = resolver.parent else { continue }
            if let known = swiftTypes[type.index] {
                if known != parent {
                    problems.append("\(coordinate) is resolved on \(parent), other fields of \(type.name) on \(known).")
                }
            } else {
                swiftTypes[type.index] = parent
                let identity = ObjectIdentifier(parent)
                // Of several object types on one Swift type none is told by it.
                if shared.contains(identity) || objectTypes.updateValue(type, forKey: identity) != nil {
                    shared.insert(identity)
                    objectTypes[identity] = nil
                }
            }
        }
    }

    private mutating func attachSubscriptions(_ all: Resolvers) {
        for (coordinate, make) in all.subscriptions {
            guard let (type, field) = field(at: coordinate), type === schema.subscriptionType else {
                problems.append("\(coordinate) has a source stream, but the schema has no such subscription field.")
                continue
            }
            if subscriptions.updateValue(make, forKey: ObjectIdentifier(field)) != nil {
                problems.append("\(coordinate) has more than one source stream.")
            }
        }
    }

    private mutating func attachScalars(_ all: Resolvers) {
        var seen: Set<String> = []
        for (name, _) in all.scalars {
            if !(schema.type(name) is ScalarType) {
                problems.append("\(name) has a coercion, but the schema has no such scalar.")
            } else if !seen.insert(name).inserted {
                problems.append("\(name) has more than one coercion.")
            }
        }
    }

    private mutating func findMissing() {
        for case let type as ObjectType in schema.types where !type.name.utf8.starts(with: "__".utf8) {
            for field in type.fields {
                if resolvers[ObjectIdentifier(field)] == nil {
                    problems.append("\(type.name).\(field.name) has no resolver.")
                }
                if type === schema.subscriptionType, subscriptions[ObjectIdentifier(field)] == nil {
                    problems.append("\(type.name).\(field.name) has no source stream.")
                }
            }
        }
    }

    /// Whether the objects that a resolver gives are those that the fields of their type are resolved on.
    private mutating func compareObjects(_ all: Resolvers) {
        for (coordinate, resolver) in all.fields {
            guard let (_, field) = field(at: coordinate) else { continue }
            var shape = resolver.shape
            while case .list(let item) = shape { shape = item }
            guard case .object(let given) = shape, field.type.namedType.isComposite else { continue }
            if let type = field.type.namedType as? ObjectType {
                if let expected = swiftTypes[type.index], expected != given {
                    problems.append(
                        "\(coordinate) gives \(given), but the fields of \(type.name) are resolved on \(expected)."
                    )
                }
            } else if !schema.possibleTypes(of: field.type.namedType).contains(where: { swiftTypes[$0.index] == given })
            {
                problems.append(
                    "\(coordinate) gives \(given), on which no possible type of \(field.type.namedType.name) is resolved."
                )
            }
        }
    }

    /// What a resolver gives, where the type cannot be made of it; nil where it can.
    private static func misfit(_ shape: OutputShape, _ type: TypeReference) -> String? {
        switch (shape, type.nullable) {
        case (.any, _): nil
        case (.list(let item), .list(let itemType)): misfit(item, itemType).map { "a list of \($0)" }
        case (.list, _): "a list"
        case (.object(let given), .named(let named)): named.isComposite ? nil : "\(given)"
        case (.abstract, .named(let named)): named.isComposite ? nil : "an object"
        case (.object, _), (.abstract, _): "a single object"
        case (.value, .named(let named)): named.isLeaf ? nil : "a leaf value"
        case (.string, .named(let named)):
            named.isLeaf && !["Int", "Float", "Boolean"].contains(named.name) ? nil : "String"
        case (.integer, .named(let named)):
            named.kind == .scalar && !["Boolean", "String"].contains(named.name) ? nil : "Int"
        case (.double, .named(let named)):
            named.kind == .scalar && !["Boolean", "String", "ID", "Int"].contains(named.name) ? nil : "Double"
        case (.boolean, .named(let named)):
            named.kind == .scalar && !["Int", "Float", "String", "ID"].contains(named.name) ? nil : "Bool"
        case (.value, _), (.string, _), (.integer, _), (.double, _), (.boolean, _): "a single value"
        }
    }
}
