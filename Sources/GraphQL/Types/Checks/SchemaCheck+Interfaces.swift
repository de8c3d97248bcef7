/// - Source: GraphQL September 2025, §3.7 Interfaces, IsValidImplementation.
extension SchemaCheck {
    /// A type implements interfaces, each once, with all that they in turn implement.
    mutating func checkInterfaces(of type: FieldsType) {
        var seen: Set<String> = []
        for name in type.parts.flatMap(\.interfaces).map(\.value) {
            guard let interface = schema.type(name) as? InterfaceType else {
                reports.report(
                    "Type \(type.name) must only implement Interface types, it cannot implement \(name).",
                    at: type.implementsOffsets(name)
                )
                continue
            }
            if type === interface {
                reports.report(
                    "Type \(type.name) cannot implement itself because it would create a circular reference.",
                    at: type.implementsOffsets(name)
                )
            }
            guard seen.insert(name).inserted else {
                reports.report(
                    "Type \(type.name) can only implement \(name) once.",
                    at: type.implementsOffsets(name)
                )
                continue
            }
            checkAncestors(of: type, through: interface)
            check(type, implements: interface)
        }
    }

    private mutating func checkAncestors(of type: FieldsType, through interface: InterfaceType) {
        let implemented = Set(type.parts.flatMap(\.interfaces).map(\.value))
        for ancestor in interface.parts.flatMap(\.interfaces).map(\.value) where !implemented.contains(ancestor) {
            reports.report(
                ancestor == type.name
                    ? "Type \(type.name) cannot implement \(interface.name)"
                        + " because it would create a circular reference."
                    : "Type \(type.name) must implement \(ancestor)"
                        + " because it is implemented by \(interface.name).",
                at: interface.implementsOffsets(ancestor) + type.implementsOffsets(interface.name)
            )
        }
    }

    private mutating func check(_ type: FieldsType, implements interface: InterfaceType) {
        for expected in interface.fields {
            guard let field = type.field(expected.name) else {
                reports.report(
                    "Interface field \(interface.name).\(expected.name) expected but \(type.name) does not provide it.",
                    at: [expected.node?.offset] + type.offsets
                )
                continue
            }
            let coordinate = "\(type.name).\(field.name)"
            let expectedCoordinate = "\(interface.name).\(field.name)"
            if !isSubtype(field.type, of: expected.type) {
                reports.report(
                    "Interface field \(expectedCoordinate) expects type \(expected.type)"
                        + " but \(coordinate) is type \(field.type).",
                    at: expected.node?.type.offset,
                    field.node?.type.offset
                )
            }
            checkArguments(of: field, coordinate, against: expected, expectedCoordinate)
            if field.deprecationReason != nil, expected.deprecationReason == nil {
                reports.report(
                    "Interface field \(expectedCoordinate) is not deprecated,"
                        + " so implementation field \(coordinate) must not be deprecated.",
                    at: field.appliedDirectives.deprecatedOffset,
                    field.node?.type.offset
                )
            }
        }
    }

    private mutating func checkArguments(
        of field: Field,
        _ coordinate: String,
        against expected: Field,
        _ expectedCoordinate: String
    ) {
        for wanted in expected.arguments {
            guard let argument = field.argument(wanted.name) else {
                reports.report(
                    "Interface field argument \(expectedCoordinate)(\(wanted.name):)"
                        + " expected but \(coordinate) does not provide it.",
                    at: wanted.node?.offset,
                    field.node?.offset
                )
                continue
            }
            if argument.type != wanted.type {
                reports.report(
                    "Interface field argument \(expectedCoordinate)(\(wanted.name):) expects type \(wanted.type)"
                        + " but \(coordinate)(\(wanted.name):) is type \(argument.type).",
                    at: wanted.node?.type.offset,
                    argument.node?.type.offset
                )
            }
        }
        for argument in field.arguments where argument.isRequired && expected.argument(argument.name) == nil {
            reports.report(
                "Argument '\(coordinate)(\(argument.name):)' must not be required type '\(argument.type)'"
                    + " if not provided by the Interface field '\(expectedCoordinate)'.",
                at: argument.node?.offset,
                expected.node?.offset
            )
        }
    }

    /// Whether every value of one type is a value of the other: IsValidImplementationFieldType.
    private func isSubtype(_ type: TypeReference, of expected: TypeReference) -> Bool {
        switch (type, expected) {
        case (.nonNull(let type), .nonNull(let expected)): isSubtype(type, of: expected)
        case (_, .nonNull): false
        case (.nonNull(let type), _): isSubtype(type, of: expected)
        case (.list(let type), .list(let expected)): isSubtype(type, of: expected)
        case (.list, _), (_, .list): false
        case (.named(let type), .named(let expected)): schema.isSubtype(type, of: expected)
        }
    }
}

extension FieldsType {
    /// Wherever the name stands after `implements`.
    fileprivate func implementsOffsets(_ name: String) -> [SourceOffset] {
        parts.flatMap(\.interfaces).filter { $0.value == name }.map(\.offset)
    }
}
