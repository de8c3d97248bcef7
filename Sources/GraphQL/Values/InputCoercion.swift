import Synchronization

extension Value {
    /// The value as a resolver gets it for an input position of `type`; nil where it does not fit.
    ///
    /// Enum values become ``Value/enum(_:)``, a single value becomes a list of one, missing input fields get their
    /// defaults. What is wrong with a value that does not fit, ``InputProblems`` tells.
    ///
    /// - Source: GraphQL September 2025, §3.5 to §3.12, Input Coercion.
    func coerced(to type: TypeReference) -> Value? {
        switch type {
        case .nonNull(let inner):
            return self == .null ? nil : coerced(to: inner)
        case .list(let itemType):
            switch self {
            case .null: return .null
            case .list(let items):
                var coerced: [Value] = []
                coerced.reserveCapacity(items.count)
                for item in items {
                    guard let item = item.coerced(to: itemType) else { return nil }
                    coerced.append(item)
                }
                return .list(coerced)
            default: return self.coerced(to: itemType).map { .list([$0]) }
            }
        case .named(let named):
            if case .null = self { return .null }
            switch named {
            case let scalar as ScalarType:
                return try? scalar.coercion.coerceInput(self)
            case let enumeration as EnumType:
                guard case .string(let name) = self, enumeration.value(name) != nil else { return nil }
                return .enum(name)
            case let input as InputObjectType:
                guard case .object(let object) = self else { return nil }
                return coerced(object, to: input)
            default:
                return nil
            }
        }
    }

    private func coerced(_ object: Value.Object, to type: InputObjectType) -> Value? {
        guard object.entries.allSatisfy({ type.field($0.key) != nil }) else { return nil }
        var coerced = Value.Object()
        for field in type.fields {
            if let value = object[field.name] {
                guard let value = value.coerced(to: field.type) else { return nil }
                coerced[field.name] = value
            } else if field.isRequired {
                return nil
            } else if let value = field.coercedDefault {
                coerced[field.name] = value
            }
        }
        guard !type.isOneOf || object.count == 1 && coerced.entries.first.map(\.value) != .null else { return nil }
        return .object(coerced)
    }
}

extension InputValue {
    /// The default as a resolver gets it; nil without one, or where it does not fit, which the schema's check refuses.
    ///
    /// Coerced once: it hangs on the schema alone.
    var coercedDefault: Value? {
        guard let defaultValue else { return nil }
        if let known = knownDefault.withLock({ $0 }) { return known }
        // Not under the lock: the default of an input object asks for those of its fields.
        let value = defaultValue.coerced(to: type, variables: VariableValues())
        knownDefault.withLock { $0 = .some(value) }
        return value
    }
}

extension ValueNode {
    /// The literal as a resolver gets it for an input position of `type`.
    ///
    /// - Parameters:
    ///   - type: Of the position.
    ///   - variables: Coerced already, and trusted to fit the position: validation checks it.
    /// - Returns: Nil where it does not fit.
    /// - Source: GraphQL September 2025, §3.5 to §3.12, Input Coercion.
    func coerced(to type: TypeReference, variables: VariableValues) -> Value? {
        if case .variable(let name) = kind {
            guard let value = variables[name] else { return nil }
            return value == .null && type.isNonNull ? nil : value
        }
        switch type {
        case .nonNull(let inner):
            if case .null = kind { return nil }
            return coerced(to: inner, variables: variables)
        case .list(let itemType):
            switch kind {
            case .null: return .null
            case .list(let items):
                var coerced: [Value] = []
                coerced.reserveCapacity(items.count)
                for item in items {
                    if let value = item.coerced(to: itemType, variables: variables) {
                        coerced.append(value)
                    } else if case .variable(let name) = item.kind, variables[name] == nil, !itemType.isNonNull {
                        // A missing variable in a list counts as null.
                        coerced.append(.null)
                    } else {
                        return nil
                    }
                }
                return .list(coerced)
            default: return coerced(to: itemType, variables: variables).map { .list([$0]) }
            }
        case .named(let named):
            if case .null = kind { return .null }
            switch named {
            case let scalar as ScalarType:
                return coerced(to: scalar, variables: variables)
            case let enumeration as EnumType:
                guard case .enum(let name) = kind, enumeration.value(name) != nil else { return nil }
                return .enum(name)
            case let input as InputObjectType:
                guard case .object(let fields) = kind else { return nil }
                return coerced(fields, to: input, variables: variables)
            default:
                return nil
            }
        }
    }

    private func coerced(to scalar: ScalarType, variables: VariableValues) -> Value? {
        // The kinds of literal that the built-in scalars take: `ID` also takes digits that no `Int` holds.
        switch (scalar.name, kind) {
        case ("ID", .int(let digits)): return .string(digits)
        case ("Float", .int(let digits)): return Double(digits).flatMap { $0.isFinite ? .float($0) : nil }
        case ("Int", .float), ("ID", .float): return nil
        default: return try? scalar.coercion.coerceInput(untyped(variables))
        }
    }

    private func coerced(_ fields: [ObjectFieldNode], to type: InputObjectType, variables: VariableValues) -> Value? {
        var given: [String: ValueNode] = [:]
        for field in fields {
            guard type.field(field.name.value) != nil else { return nil }
            given[field.name.value] = field.value
        }
        var coerced = Value.Object()
        for field in type.fields {
            if let node = given[field.name], !node.isMissingVariable(in: variables) {
                guard let value = node.coerced(to: field.type, variables: variables) else { return nil }
                coerced[field.name] = value
            } else if field.isRequired {
                return nil
            } else if let value = field.coercedDefault {
                coerced[field.name] = value
            }
        }
        if type.isOneOf, given.count != 1 || coerced.count != 1 || coerced.entries.first.map(\.value) == .null {
            return nil
        }
        return .object(coerced)
    }

    private func isMissingVariable(in variables: VariableValues) -> Bool {
        if case .variable(let name) = kind { variables[name] == nil } else { false }
    }

    /// The literal as a value without regard to a type: for custom scalars, which take any form.
    ///
    /// Missing variables are null, or left out where they stand for an input field.
    func untyped(_ variables: VariableValues) -> Value {
        switch kind {
        case .variable(let name): variables[name] ?? .null
        case .int(let digits): Int(digits).map { .int($0) } ?? Self.float(digits)
        case .float(let digits): Self.float(digits)
        case .string(let text, _): .string(text)
        case .boolean(let flag): .boolean(flag)
        case .null: .null
        case .enum(let name): .enum(name)
        case .list(let items): .list(items.map { $0.untyped(variables) })
        case .object(let fields):
            .object(
                fields.reduce(into: Value.Object()) { object, field in
                    if !field.value.isMissingVariable(in: variables) {
                        object[field.name.value] = field.value.untyped(variables)
                    }
                }
            )
        }
    }

    /// Digits too large for a double become text, so that a float is always finite.
    private static func float(_ digits: String) -> Value {
        guard let number = Double(digits), number.isFinite else { return .string(digits) }
        return .float(number)
    }
}
