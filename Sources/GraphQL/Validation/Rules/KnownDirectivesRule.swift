/// Every directive is defined, and stands where its definition allows it.
///
/// Counter-example: `{ name @unknown }`
///
/// - Source: GraphQL September 2025, §5.7.1 Directives Are Defined and §5.7.2 Directives Are in Valid Locations.
final class KnownDirectivesRule: ValidationRule {
    override class var visits: NodeKinds { .directive }

    private lazy var definitions = DirectiveDefinitions(context)

    override func enter(directive: DirectiveNode, at location: DirectiveLocation) {
        let name = directive.name.value
        guard let definition = definitions[name] else {
            context.report("Unknown directive '@\(name)'.", at: directive.offset)
            return
        }
        if !definition.locations.contains(location.rawValue) {
            context.report("Directive '@\(name)' may not be used on \(Self.words(location)).", at: directive.offset)
        }
    }

    /// As the reference writes it: `variable definition`.
    private static func words(_ location: DirectiveLocation) -> String {
        location.rawValue.lowercased().split(separator: "_").joined(separator: " ")
    }
}
