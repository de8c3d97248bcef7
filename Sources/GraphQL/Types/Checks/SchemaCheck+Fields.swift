/// - Source: GraphQL September 2025, §3.6 Objects and §3.7 Interfaces, Type Validation.
extension SchemaCheck {
    /// There is a field; names, types and arguments are right.
    mutating func checkFields(of type: FieldsType) {
        if type.fields.isEmpty {
            reports.report("Type \(type.name) must define one or more fields.", at: type.offsets)
        }
        for field in type.fields {
            checkName(field.name, at: field.node?.offset)
            let coordinate = "\(type.name).\(field.name)"
            if !field.type.namedType.isOutput {
                reports.report(
                    "The type of \(coordinate) must be Output Type but got: \(field.type).",
                    at: field.node?.type.offset
                )
            }
            for argument in field.arguments {
                check(
                    argument,
                    called: "\(coordinate)(\(argument.name):)",
                    typeOffset: argument.node?.type.offset
                )
            }
        }
    }
}
