/// What graphql-js does not check, though the specification asks for it.
///
/// - Source: GraphQL September 2025, §3.13 Directives, Type Validation.
extension SchemaCheck {
    /// No directive is applied to its own arguments or, however far away, to what their types are made of.
    mutating func checkDirectiveCycles() {
        for directive in schema.directives where directive.node != nil {
            guard let applied = firstUse(of: directive) else { continue }
            reports.report(
                "Directive @\(directive.name) must not reference itself.",
                at: directive.node?.name.offset,
                applied.offset
            )
        }
    }

    /// Where the directive is applied to something that it refers to; nil where it is not.
    private func firstUse(of directive: Directive) -> DirectiveNode? {
        var seenTypes: Set<Int> = []
        var seenDirectives: Set<String> = []
        var values = directive.arguments
        var applied: [DirectiveNode] = []
        while true {
            if let node = applied.popLast() {
                if node.name.value == directive.name { return node }
                guard seenDirectives.insert(node.name.value).inserted else { continue }
                values += schema.directive(node.name.value)?.arguments ?? []
            } else if let value = values.popLast() {
                applied += value.appliedDirectives
                let type = value.type.namedType
                guard seenTypes.insert(type.index).inserted else { continue }
                applied += type.appliedDirectives
                if let type = type as? EnumType { applied += type.values.flatMap(\.appliedDirectives) }
                if let type = type as? InputObjectType { values += type.fields }
            } else {
                return nil
            }
        }
    }
}
