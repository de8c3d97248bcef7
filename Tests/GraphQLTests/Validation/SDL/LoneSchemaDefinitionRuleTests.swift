import Testing

@testable import GraphQL

@Suite struct LoneSchemaDefinitionRuleTests {
    @Test func `a document may define its schema once, and extend it`() throws {
        let errors = try sdlErrors(
            """
            schema { query: Query }
            extend schema { mutation: Mutation }
            """,
            LoneSchemaDefinitionRule.self
        )
        #expect(errors == [])
    }

    @Test func `each further schema definition is an error`() throws {
        let errors = try sdlErrors(
            """
            schema { query: Query }
            schema { query: Other }
            schema { mutation: Other }
            """,
            LoneSchemaDefinitionRule.self
        )
        #expect(
            errors == [
                GraphQLError("Must provide only one schema definition.", locations: [.init(line: 2, column: 1)]),
                GraphQLError("Must provide only one schema definition.", locations: [.init(line: 3, column: 1)]),
            ]
        )
    }
}
