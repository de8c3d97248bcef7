/// Every definition of a document that is to be executed is an operation or a fragment.
///
/// Counter-example: `{ title } type Extra { a: Int }`.
///
/// - Source: GraphQL September 2025, [§5.1.1 Executable Definitions](https://spec.graphql.org/September2025/#sec-Executable-Definitions).
final class ExecutableDefinitionsRule: ValidationRule {
    override class var visits: NodeKinds { .document }

    override func enter(document: DocumentNode) {
        for case .typeSystem(let definition) in document.definitions {
            let name = if case .schema = definition.kind { "schema" } else { "'\(definition.name.value)'" }
            context.report("The \(name) definition is not executable.", at: definition.offset)
        }
    }
}
