extension SchemaCheck {
    /// A default value can be coerced to its type.
    ///
    /// Default values inside it are checked where they stand.
    ///
    /// - Parameters:
    ///   - value: An argument or input field.
    ///   - coordinate: Its schema coordinate.
    /// - Source: GraphQL September 2025, §3.6.1 Field Arguments and §3.10 Input Objects, Type Validation.
    mutating func checkDefaultValue(of value: InputValue, called coordinate: String) {
        guard let literal = value.defaultValue, value.type.namedType.isInput else { return }
        let problems = InputProblems(of: literal, for: value.type, isRefused: false, suggests: true, limit: .max)
        for problem in problems.found {
            reports.report(
                "\(coordinate) has invalid default value\(problem.place): \(problem.message)",
                at: problem.offset ?? literal.offset
            )
        }
    }
}
