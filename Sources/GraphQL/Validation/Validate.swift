/// How a document is validated.
public struct ValidationOptions: Sendable {
    /// After so many errors one last error says that validation was aborted.
    public var maxErrors: Int
    /// Whether messages add "Did you mean …?", which tells names of the schema.
    public var suggests: Bool
    /// So many of `fields`, `interfaces`, `possibleTypes` and `inputFields` in each other are one too many.
    public var maxIntrospectionDepth = 3
    /// Whether `__schema` and `__type` may be asked for.
    public var allowsIntrospection = true
    /// In the order in which they see each node.
    let rules: [ValidationRule.Type]
    private let routes: RuleRoutes
    private let withoutIntrospection: RuleRoutes

    /// - Parameters:
    ///   - maxErrors: After so many errors one last error says that validation was aborted.
    ///   - suggests: Whether messages add "Did you mean …?".
    public init(maxErrors: Int = 100, suggests: Bool = true) {
        self.init(rules: specifiedRules, maxErrors: maxErrors, suggests: suggests)
    }

    /// With some of the rules only; nil where a name is none of a rule.
    ///
    /// - Parameters:
    ///   - ruleNames: Such as `ScalarLeafs`, as graphql-js calls them.
    ///   - maxErrors: After so many errors one last error says that validation was aborted.
    ///   - suggests: Whether messages add "Did you mean …?".
    public init?(ruleNames: [String], maxErrors: Int = 100, suggests: Bool = true) {
        var rules: [ValidationRule.Type] = []
        for name in ruleNames {
            guard let rule = specifiedRules.first(where: { "\($0)" == "\(name)Rule" }) else { return nil }
            rules.append(rule)
        }
        self.init(rules: rules, maxErrors: maxErrors, suggests: suggests)
    }

    init(rules: [ValidationRule.Type], maxErrors: Int = 100, suggests: Bool = true) {
        self.maxErrors = maxErrors
        self.suggests = suggests
        self.rules = rules
        routes = RuleRoutes(rules)
        withoutIntrospection = RuleRoutes(rules + [NoSchemaIntrospectionCustomRule.self])
    }

    /// Every rule for one document, ready to walk it.
    fileprivate func walk(_ context: ValidationContext) -> DocumentWalk {
        let all = allowsIntrospection ? rules : rules + [NoSchemaIntrospectionCustomRule.self]
        return DocumentWalk(
            context,
            rules: all.map { $0.init(context) },
            routes: allowsIntrospection ? routes : withoutIntrospection
        )
    }
}

/// Checks a document against every rule of validation, so that it can be executed without surprise.
///
/// Cost: one walk over the document, and work in proportion to it, whatever the document.
///
/// - Parameters:
///   - document: As parsed; it may hold definitions of the type system, which are reported.
///   - schema: A valid schema.
///   - options: How many errors, and whether they suggest names.
/// - Returns: What is wrong, in the order of the walk and, at one node, of the rules; empty for a valid document. At most
///   `maxErrors` and one more.
/// - Source: GraphQL September 2025, §5 Validation.
public func validate(
    _ document: DocumentNode,
    against schema: GraphQLSchema,
    options: ValidationOptions = ValidationOptions()
) -> [GraphQLError] {
    let context = ValidationContext(
        schema: schema,
        document: document,
        suggests: options.suggests,
        maxErrors: options.maxErrors,
        maxIntrospectionDepth: options.maxIntrospectionDepth
    )
    options.walk(context).walk()
    return context.errors()
}
