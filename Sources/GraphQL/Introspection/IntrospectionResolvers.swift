extension Resolvers {
    /// The resolvers of `__schema`, `__type` and of the types of introspection, in `schema`.
    ///
    /// Lists keep the order of the schema's document.
    ///
    /// - Source: GraphQL September 2025, §4 Introspection.
    static func introspection(of schema: GraphQLSchema) -> Resolvers {
        var resolvers = Resolvers()
        if let root = schema.queryType?.name {
            resolvers.inlineRoot("\(root).__schema") { _ in Introspected.Schema(schema: schema) }
            resolvers.inlineRoot("\(root).__type") { call in
                try schema.type(call.arguments.requiredString("name")).map { Introspected.AnyType($0) }
            }
        }
        resolvers.addSchema()
        resolvers.addType(in: schema)
        resolvers.addFields()
        resolvers.addDirectives()
        return resolvers
    }

    private mutating func addSchema() {
        typealias Schema = Introspected.Schema
        field("__Schema.description", on: Schema.self) { $0.schema.description }
        field("__Schema.types", on: Schema.self) { $0.schema.types.map { Introspected.AnyType($0) } }
        field("__Schema.queryType", on: Schema.self) { $0.schema.queryType.map { Introspected.AnyType($0) } }
        field("__Schema.mutationType", on: Schema.self) { $0.schema.mutationType.map { Introspected.AnyType($0) } }
        field("__Schema.subscriptionType", on: Schema.self) {
            $0.schema.subscriptionType.map { Introspected.AnyType($0) }
        }
        field("__Schema.directives", on: Schema.self) {
            $0.schema.directives.map { Introspected.Directive(directive: $0) }
        }
    }

    private mutating func addType(in schema: GraphQLSchema) {
        typealias AnyType = Introspected.AnyType
        field("__Type.kind", on: AnyType.self) { $0.kind }
        field("__Type.name", on: AnyType.self) { $0.named?.name }
        field("__Type.description", on: AnyType.self) { $0.named?.description }
        field("__Type.specifiedByURL", on: AnyType.self) { ($0.named as? ScalarType)?.specifiedByURL }
        field("__Type.interfaces", on: AnyType.self) {
            ($0.named as? FieldsType)?.interfaces.map { Introspected.AnyType($0) }
        }
        field("__Type.possibleTypes", on: AnyType.self) { type -> [Introspected.AnyType]? in
            guard let named = type.named, named.isAbstract else { return nil }
            return schema.possibleTypes(of: named).map { Introspected.AnyType($0) }
        }
        field("__Type.ofType", on: AnyType.self) { $0.inner }
        field("__Type.isOneOf", on: AnyType.self) { ($0.named as? InputObjectType)?.isOneOf }

        inlineBatch("__Type.fields", on: AnyType.self) { types, call in
            let includes = try call.includes
            return types.map { type in
                (type.named as? FieldsType)?.fields
                    .filter { includes($0.deprecationReason) }.map { Introspected.Field(field: $0) }
            }
        }
        inlineBatch("__Type.enumValues", on: AnyType.self) { types, call in
            let includes = try call.includes
            return types.map { type in
                (type.named as? EnumType)?.values
                    .filter { includes($0.deprecationReason) }.map { Introspected.EnumValue(value: $0) }
            }
        }
        inlineBatch("__Type.inputFields", on: AnyType.self) { types, call in
            let includes = try call.includes
            return types.map { type in
                (type.named as? InputObjectType)?.fields
                    .filter { includes($0.deprecationReason) }.map { Introspected.InputValue(value: $0) }
            }
        }
    }

    private mutating func addFields() {
        typealias Field = Introspected.Field
        field("__Field.name", on: Field.self) { $0.field.name }
        field("__Field.description", on: Field.self) { $0.field.description }
        inlineBatch("__Field.args", on: Field.self) { fields, call in
            let includes = try call.includes
            return fields.map { field in
                field.field.arguments
                    .filter { includes($0.deprecationReason) }.map { Introspected.InputValue(value: $0) }
            }
        }
        field("__Field.type", on: Field.self) { Introspected.AnyType(reference: $0.field.type) }
        field("__Field.isDeprecated", on: Field.self) { $0.field.deprecationReason != nil }
        field("__Field.deprecationReason", on: Field.self) { $0.field.deprecationReason }

        typealias InputValue = Introspected.InputValue
        field("__InputValue.name", on: InputValue.self) { $0.value.name }
        field("__InputValue.description", on: InputValue.self) { $0.value.description }
        field("__InputValue.type", on: InputValue.self) { Introspected.AnyType(reference: $0.value.type) }
        field("__InputValue.defaultValue", on: InputValue.self) { $0.value.defaultValue?.printed }
        field("__InputValue.isDeprecated", on: InputValue.self) { $0.value.deprecationReason != nil }
        field("__InputValue.deprecationReason", on: InputValue.self) { $0.value.deprecationReason }

        typealias EnumValue = Introspected.EnumValue
        field("__EnumValue.name", on: EnumValue.self) { $0.value.name }
        field("__EnumValue.description", on: EnumValue.self) { $0.value.description }
        field("__EnumValue.isDeprecated", on: EnumValue.self) { $0.value.deprecationReason != nil }
        field("__EnumValue.deprecationReason", on: EnumValue.self) { $0.value.deprecationReason }
    }

    private mutating func addDirectives() {
        typealias Directive = Introspected.Directive
        field("__Directive.name", on: Directive.self) { $0.directive.name }
        field("__Directive.description", on: Directive.self) { $0.directive.description }
        field("__Directive.isRepeatable", on: Directive.self) { $0.directive.isRepeatable }
        field("__Directive.locations", on: Directive.self) { $0.directive.locations.map(\.rawValue) }
        inlineBatch("__Directive.args", on: Directive.self) { directives, call in
            let includes = try call.includes
            return directives.map { directive in
                directive.directive.arguments
                    .filter { includes($0.deprecationReason) }.map { Introspected.InputValue(value: $0) }
            }
        }
    }
}

extension FieldCall {
    /// Whether a list shows what is deprecated for a reason, and what is not: the argument `includeDeprecated`.
    fileprivate var includes: @Sendable (_ deprecationReason: String?) -> Bool {
        get throws {
            let all = try arguments.boolean("includeDeprecated") ?? false
            return { all || $0 == nil }
        }
    }
}
