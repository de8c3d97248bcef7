import Testing

@testable import GraphQL

/// What one rule says of a query, compared in order: messages and the places they name.
///
/// - Parameters:
///   - rule: The only rule that runs.
///   - query: A document that parses.
///   - sdl: A schema instead of ``library``.
///   - suggests: Whether messages may add "Did you mean …?".
///   - expected: Messages, each with its lines and columns.
///   - sourceLocation: Of the test.
func expectErrors(
    _ rule: ValidationRule.Type,
    _ query: String,
    schema sdl: String? = nil,
    suggests: Bool = true,
    _ expected: [(message: String, places: [(Int, Int)])],
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    let found = errors([rule], query, schema: sdl.map(schema) ?? library, suggests: suggests).map(\.shown)
    let wanted = expected.map { shown($0.message, at: $0.places) }
    #expect(found == wanted, sourceLocation: sourceLocation)
}

/// That one rule has nothing to say of a query.
///
/// - Parameters:
///   - rule: The only rule that runs.
///   - query: A document that parses.
///   - sdl: A schema instead of ``library``.
///   - sourceLocation: Of the test.
func expectValid(
    _ rule: ValidationRule.Type,
    _ query: String,
    schema sdl: String? = nil,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    expectErrors(rule, query, schema: sdl, [], sourceLocation: sourceLocation)
}

/// The errors of some rules; a query that does not parse fails the test.
func errors(
    _ rules: [ValidationRule.Type],
    _ query: String,
    schema: GraphQLSchema = library,
    suggests: Bool = true
) -> [GraphQLError] {
    do {
        let document = try parse(Source(query), limits: .unlimited)
        return validate(document, against: schema, options: ValidationOptions(rules: rules, suggests: suggests))
    } catch {
        Issue.record(error)
        return []
    }
}

/// A schema for a test; one that is not valid fails it.
func schema(_ sdl: String) -> GraphQLSchema {
    do {
        return try GraphQLSchema.build(from: Source(sdl, name: "schema"))
    } catch {
        Issue.record(error)
        return GraphQLSchema(
            description: nil,
            appliedDirectives: [],
            types: [],
            directives: [],
            queryType: nil,
            mutationType: nil,
            subscriptionType: nil
        )
    }
}

/// As a line that reads well when a comparison fails.
private func shown(_ message: String, at places: [(Int, Int)]) -> String {
    message + places.map { " (\($0.0):\($0.1))" }.joined()
}

extension GraphQLError {
    fileprivate var shown: String {
        GraphQLTests.shown(message, at: locations.map { ($0.line, $0.column) })
    }
}
