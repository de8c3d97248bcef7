/// The fields that no schema writes and every schema has.
///
/// - Source: GraphQL September 2025, §4 Introspection.
struct MetaFields: Sendable {
    /// On every composite type.
    let typename: Field?
    /// On the query root; nil where the schema has no introspection types.
    let schema: Field?
    /// On the query root; nil where the schema has no introspection types.
    let type: Field?

    /// - Parameter types: Every named type of the schema.
    init(types: [String: NamedType]) {
        let name = types["String"].map { TypeReference.nonNull(.named($0)) }
        typename = name.map {
            Field(name: "__typename", description: "The name of the current Object type at runtime.", type: $0)
        }
        schema = types["__Schema"].map {
            Field(
                name: "__schema",
                description: "Access the current type schema of this server.",
                type: .nonNull(.named($0))
            )
        }
        if let name, let type = types["__Type"] {
            self.type = Field(
                name: "__type",
                description: "Request the type information of a single type.",
                arguments: [InputValue(name: "name", type: name)],
                type: .named(type)
            )
        } else {
            type = nil
        }
    }
}

extension GraphQLSchema {
    /// The field called `name` that can be selected on `parent`, meta-fields included.
    ///
    /// - Parameters:
    ///   - name: A field's name, not an alias.
    ///   - parent: Any type; only composite ones have fields.
    /// - Returns: Nil where there is none.
    public func field(_ name: String, of parent: NamedType) -> Field? {
        if name.utf8.first == UInt8(ascii: "_") {
            switch name {
            case "__typename" where parent.isComposite: return metaFields.typename
            case "__schema" where parent === queryType: return metaFields.schema
            case "__type" where parent === queryType: return metaFields.type
            default: break
            }
        }
        return (parent as? FieldsType)?.field(name)
    }
}
