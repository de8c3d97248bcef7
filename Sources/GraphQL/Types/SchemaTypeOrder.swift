/// The order of a schema's types.
///
/// Those of the document stand in its order. A built-in type stands after the first type that refers to it, as graphql-js
/// does it; one that nothing refers to is left out, as §3.5 asks for the scalars.
struct SchemaTypeOrder {
    private var ordered: [NamedType] = []
    private var seen: Set<ObjectIdentifier>

    private init(_ written: [NamedType]) {
        seen = Set(written.map { ObjectIdentifier($0) })
    }

    /// - Parameters:
    ///   - written: The types of the document, in its order.
    ///   - directives: Of the schema.
    ///   - introspection: The type `__Schema`.
    /// - Returns: Each once.
    static func ordered(
        _ written: [NamedType],
        directives: [Directive],
        introspection: NamedType?
    ) -> [NamedType] {
        var order = SchemaTypeOrder(written)
        for type in written {
            order.ordered.append(type)
            order.addReferences(of: type)
        }
        for argument in directives.flatMap(\.arguments) { order.add(argument.type.namedType) }
        if let introspection { order.add(introspection) }
        return order.ordered
    }

    /// Recurses only into built-in types, since those of the document are all seen from the start.
    private mutating func add(_ type: NamedType) {
        guard seen.insert(ObjectIdentifier(type)).inserted else { return }
        ordered.append(type)
        addReferences(of: type)
    }

    private mutating func addReferences(of type: NamedType) {
        switch type {
        case let type as FieldsType:
            for field in type.fields {
                add(field.type.namedType)
                for argument in field.arguments { add(argument.type.namedType) }
            }
        case let type as InputObjectType:
            for field in type.fields { add(field.type.namedType) }
        default:
            break
        }
    }
}
