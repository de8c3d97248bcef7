/// - Source: GraphQL September 2025, §3.10 Input Objects, Type Validation.
extension SchemaCheck {
    /// There is a field; names, types and default values are right, and those of a OneOf input object may all be left out.
    mutating func checkFields(of type: InputObjectType) {
        if type.fields.isEmpty {
            reports.report("Input Object type \(type.name) must define one or more fields.", at: type.offsets)
        }
        // graphql-js does not check this; §3.10.3 Input Object Extensions does.
        for directive in type.parts.dropFirst().flatMap(\.directives) where directive.name.value == "oneOf" {
            reports.report(
                "Directive '@oneOf' may not be used on an extension of Input Object '\(type.name)'.",
                at: directive.offset
            )
        }
        for field in type.fields {
            checkName(field.name, at: field.node?.offset)
            let coordinate = "\(type.name).\(field.name)"
            if !field.type.namedType.isInput {
                reports.report(
                    "The type of \(coordinate) must be Input Type but got: \(field.type).",
                    at: field.node?.type.offset
                )
            }
            if field.isRequired, field.deprecationReason != nil {
                reports.report(
                    "Required input field \(coordinate) cannot be deprecated.",
                    at: field.appliedDirectives.deprecatedOffset,
                    field.node?.type.offset
                )
            }
            checkDefaultValue(of: field, called: coordinate)
            guard type.isOneOf else { continue }
            if field.type.isNonNull {
                reports.report("OneOf input field \(coordinate) must be nullable.", at: field.node?.type.offset)
            }
            if field.defaultValue != nil {
                reports.report(
                    "OneOf input field \(coordinate) cannot have a default value.",
                    at: field.node?.offset
                )
            }
        }
    }
}
