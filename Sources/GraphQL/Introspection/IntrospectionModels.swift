/// What the types of introspection are resolved on.
///
/// - Source: GraphQL September 2025, §4.2 Schema Introspection.
enum Introspected {
    /// `__Schema`.
    struct Schema: ObjectValue {
        let schema: GraphQLSchema
    }

    /// `__Type`: a named type, or one in a list or non-null mark.
    struct AnyType: ObjectValue {
        let reference: TypeReference

        /// Nil where this is a list or non-null.
        var named: NamedType? {
            if case .named(let type) = reference { type } else { nil }
        }

        /// A value of `__TypeKind`.
        var kind: String {
            switch reference {
            case .named(let type): type.kind.rawValue
            case .list: "LIST"
            case .nonNull: "NON_NULL"
            }
        }

        /// The type inside a list or non-null; nil for a named type.
        var inner: AnyType? {
            switch reference {
            case .named: nil
            case .list(let inner), .nonNull(let inner): AnyType(reference: inner)
            }
        }
    }

    /// `__Field`.
    struct Field: ObjectValue {
        let field: GraphQL.Field
    }

    /// `__InputValue`: an argument or input field.
    struct InputValue: ObjectValue {
        let value: GraphQL.InputValue
    }

    /// `__EnumValue`.
    struct EnumValue: ObjectValue {
        let value: GraphQL.EnumValue
    }

    /// `__Directive`.
    struct Directive: ObjectValue {
        let directive: GraphQL.Directive
    }
}

extension Introspected.AnyType {
    init(_ type: NamedType) {
        self.init(reference: .named(type))
    }
}
