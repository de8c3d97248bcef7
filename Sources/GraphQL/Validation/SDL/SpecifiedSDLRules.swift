/// The rules that a document of type system definitions must pass before a schema is built from it, in the order in which
/// graphql-js runs them.
///
/// Those that it shares with executable documents are the very same: where nothing is selected, they see directives, type
/// names and values only.
///
/// - Source: GraphQL September 2025, §3 Type System, the Type Validation of each section; §5.7 Directives.
let specifiedSDLRules: [ValidationRule.Type] = [
    LoneSchemaDefinitionRule.self,
    UniqueOperationTypesRule.self,
    UniqueTypeNamesRule.self,
    UniqueEnumValueNamesRule.self,
    UniqueFieldDefinitionNamesRule.self,
    UniqueArgumentDefinitionNamesRule.self,
    UniqueDirectiveNamesRule.self,
    KnownTypeNamesRule.self,
    KnownDirectivesRule.self,
    UniqueDirectivesPerLocationRule.self,
    PossibleTypeExtensionsRule.self,
    KnownArgumentNamesRule.self,
    UniqueArgumentNamesRule.self,
    UniqueInputFieldNamesRule.self,
    ProvidedRequiredArgumentsRule.self,
]

/// Checks a document by rules that need no schema.
///
/// - Parameters:
///   - document: Definitions of the type system; operations in it are looked at too.
///   - rules: Which, and in which order they see a node.
/// - Returns: What is wrong, in the order of the walk and, at one node, of the rules.
func validateSDL(
    _ document: DocumentNode,
    rules: [ValidationRule.Type] = specifiedSDLRules
) -> [GraphQLError] {
    let context = ValidationContext(
        schema: SchemaBuilder.builtIn,
        document: document,
        suggests: true,
        maxErrors: .max
    )
    DocumentWalk(context, rules: rules.map { $0.init(context) }, routes: RuleRoutes(rules)).walk()
    return context.errors()
}
