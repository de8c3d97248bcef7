extension SchemaCheck {
    /// A union has object types as its members, each once.
    ///
    /// - Source: GraphQL September 2025, §3.8 Unions, Type Validation.
    mutating func checkMembers(of union: UnionType) {
        let members = union.parts.flatMap(\.members)
        if members.isEmpty {
            reports.report("Union type \(union.name) must define one or more member types.", at: union.offsets)
        }
        var seen: Set<String> = []
        for name in members.map(\.value) {
            var offsets: [SourceOffset] { members.filter { $0.value == name }.map(\.offset) }
            if !(schema.type(name) is ObjectType) {
                reports.report(
                    "Union type \(union.name) can only include Object types, it cannot include \(name).",
                    at: offsets
                )
            } else if !seen.insert(name).inserted {
                reports.report("Union type \(union.name) can only include type \(name) once.", at: offsets)
            }
        }
    }

    /// An enum has a value, and their names are not reserved.
    ///
    /// - Source: GraphQL September 2025, §3.9 Enums, Type Validation.
    mutating func checkValues(of type: EnumType) {
        if type.values.isEmpty {
            reports.report("Enum type \(type.name) must define one or more values.", at: type.offsets)
        }
        for value in type.values { checkName(value.name, at: value.node?.offset) }
    }
}
