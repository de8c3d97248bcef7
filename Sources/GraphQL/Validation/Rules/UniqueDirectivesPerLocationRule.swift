/// A directive stands once at a place, unless it is repeatable.
///
/// Counter-example: `{ name @include(if: true) @include(if: false) }`
///
/// - Source: GraphQL September 2025, §5.7.3 Directives Are Unique per Location.
final class UniqueDirectivesPerLocationRule: ValidationRule {
    override class var visits: NodeKinds { [.directives, .typeSystem] }

    private lazy var definitions = DirectiveDefinitions(context)
    /// Of the schema and of each type: a definition and its extensions are one place.
    private var seenOnTypes: [String: [String: SourceOffset]] = [:]
    /// The type whose directives are shown next.
    private var type: String?

    override func enter(typeSystem: TypeSystemDefinitionNode) {
        type = typeSystem.directives.isEmpty ? nil : typeSystem.name.value
    }

    override func enter(directives: [DirectiveNode]) {
        if let type {
            self.type = nil
            check(directives, &seenOnTypes[type, default: [:]])
        } else if directives.count > 1 {
            var seen: [String: SourceOffset] = [:]
            check(directives, &seen)
        }
    }

    private func check(_ directives: [DirectiveNode], _ seen: inout [String: SourceOffset]) {
        for directive in directives {
            let name = directive.name.value
            guard let definition = definitions[name], !definition.isRepeatable else { continue }
            if let first = seen[name] {
                context.report(
                    "The directive '@\(name)' can only be used once at this location.",
                    at: first,
                    directive.offset
                )
            } else {
                seen[name] = directive.offset
            }
        }
    }
}
