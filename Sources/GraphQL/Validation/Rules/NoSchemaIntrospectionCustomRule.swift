/// Nothing asks for the schema itself.
///
/// Not one of the specified rules: it runs where ``ValidationOptions/allowsIntrospection`` is off. `__typename` is a field of
/// type `String` like any other.
///
/// Counter-example: `{ __schema { queryType { name } } }`.
///
/// - Source: graphql-js 17, `NoSchemaIntrospectionCustomRule`; no section of the specification.
final class NoSchemaIntrospectionCustomRule: ValidationRule {
    override class var visits: NodeKinds { .field }

    override func enter(field: FieldNode) {
        // Names with two underscores are reserved for introspection.
        guard context.types.type?.namedType.name.hasPrefix("__") == true else { return }
        context.report(
            "GraphQL introspection has been disabled, but the requested query contained the field"
                + " '\(field.name.value)'.",
            at: field.offset
        )
    }
}
