/// - Source: GraphQL September 2025, §3.13 Directives, Type Validation.
extension SchemaCheck {
    /// The name is not reserved, and the arguments are right.
    mutating func check(_ directive: Directive) {
        guard let node = directive.node else { return }
        checkName(directive.name, at: node.offset)
        for argument in directive.arguments {
            check(argument, called: "@\(directive.name)(\(argument.name):)", typeOffset: argument.node?.offset)
        }
    }

    /// What holds for each argument, of a field or directive.
    ///
    /// - Parameters:
    ///   - argument: As defined.
    ///   - coordinate: Its schema coordinate.
    ///   - typeOffset: What is to blame where the type is no input type.
    mutating func check(_ argument: InputValue, called coordinate: String, typeOffset: SourceOffset?) {
        checkName(argument.name, at: argument.node?.offset)
        if !argument.type.namedType.isInput {
            reports.report(
                "The type of \(coordinate) must be Input Type but got: \(argument.type).",
                at: typeOffset
            )
        }
        if argument.isRequired, argument.deprecationReason != nil {
            reports.report(
                "Required argument \(coordinate) cannot be deprecated.",
                at: argument.appliedDirectives.deprecatedOffset,
                argument.node?.type.offset
            )
        }
        checkDefaultValue(of: argument, called: coordinate)
    }
}
