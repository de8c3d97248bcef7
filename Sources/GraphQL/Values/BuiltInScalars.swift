extension ScalarCoercion {
    /// The coercion of the built-in scalar called `name`; nil where there is none of that name.
    static func builtIn(_ name: String) -> ScalarCoercion? {
        switch name {
        case "Int": int
        case "Float": float
        case "String": string
        case "Boolean": boolean
        case "ID": id
        default: nil
        }
    }

    /// Whole numbers of 32 bits.
    ///
    /// - Source: GraphQL September 2025, §3.5.1 Int.
    public static let int = ScalarCoercion(
        coerceInput: { value in
            switch value {
            case .int, .float: try Self.int(value)
            default: throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
            }
        },
        coerceResult: { value in
            switch value {
            case .boolean(let flag): .int(flag ? 1 : 0)
            case .int, .float: try Self.int(value)
            case .string(let text):
                if let number = Int(text) {
                    try Self.int(.int(number), shown: value)
                } else {
                    throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
                }
            default: throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
            }
        }
    )

    /// Finite numbers of double precision.
    ///
    /// - Source: GraphQL September 2025, §3.5.2 Float.
    public static let float = ScalarCoercion(
        coerceInput: { value in
            switch value {
            case .int, .float: try Self.float(value)
            default: throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
            }
        },
        coerceResult: { value in
            switch value {
            case .boolean(let flag): .int(flag ? 1 : 0)
            case .int, .float: try Self.float(value)
            case .string(let text):
                if let number = Double(text), number.isFinite {
                    .float(number)
                } else {
                    throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
                }
            default: throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
            }
        }
    )

    /// Text.
    ///
    /// - Source: GraphQL September 2025, §3.5.3 String.
    public static let string = ScalarCoercion(
        coerceInput: { value in
            guard case .string = value else {
                throw GraphQLError("String cannot represent a non string value: \(value.inspected)")
            }
            return value
        },
        coerceResult: { value in
            switch value {
            case .string: value
            case .enum(let name): .string(name)
            case .boolean(let flag): .string(flag ? "true" : "false")
            case .int(let number): .string("\(number)")
            case .float(let number) where number.isFinite: .string("\(number)")
            default: throw GraphQLError("String cannot represent value: \(value.inspected)")
            }
        }
    )

    /// True or false.
    ///
    /// - Source: GraphQL September 2025, §3.5.4 Boolean.
    public static let boolean = ScalarCoercion(
        coerceInput: { value in
            guard case .boolean = value else {
                throw GraphQLError("Boolean cannot represent a non boolean value: \(value.inspected)")
            }
            return value
        },
        coerceResult: { value in
            switch value {
            case .boolean: value
            case .int(let number): .boolean(number != 0)
            case .float(let number) where number.isFinite: .boolean(number != 0)
            default: throw GraphQLError("Boolean cannot represent a non boolean value: \(value.inspected)")
            }
        }
    )

    /// A key: text, or a whole number that becomes text.
    ///
    /// - Source: GraphQL September 2025, §3.5.5 ID.
    public static let id = ScalarCoercion(
        coerceInput: { try Self.id($0) },
        coerceResult: { try Self.id($0) }
    )

    private static func int(_ value: Value, shown: Value? = nil) throws -> Value {
        let number: Int
        switch value {
        case .int(let whole): number = whole
        case .float(let double):
            guard double.isFinite, double.rounded(.towardZero) == double else {
                throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
            }
            number = Int(exactly: double) ?? .max
        default: throw GraphQLError("Int cannot represent non-integer value: \(value.inspected)")
        }
        guard Int32(exactly: number) != nil else {
            throw GraphQLError(
                "Int cannot represent non 32-bit signed integer value: \((shown ?? value).inspected)"
            )
        }
        return .int(number)
    }

    private static func float(_ value: Value) throws -> Value {
        switch value {
        case .float(let double) where double.isFinite: return value
        case .int(let whole):
            guard let double = Double(exactly: whole) else {
                throw GraphQLError(
                    "Float cannot represent non numeric value: \(value.inspected) (value would lose precision)"
                )
            }
            return .float(double)
        default: throw GraphQLError("Float cannot represent non numeric value: \(value.inspected)")
        }
    }

    private static func id(_ value: Value) throws -> Value {
        switch value {
        case .string: return value
        case .int(let number): return .string("\(number)")
        case .float(let double):
            if let number = Int(exactly: double) { return .string("\(number)") }
            fallthrough
        default: throw GraphQLError("ID cannot represent value: \(value.inspected)")
        }
    }
}
