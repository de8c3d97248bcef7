import Testing

@testable import GraphQL

@Suite struct UniqueOperationTypesRuleTests {
    @Test func `each kind of operation may have its own root`() throws {
        let errors = try sdlErrors(
            """
            schema { query: A mutation: B }
            extend schema { subscription: C }
            """,
            UniqueOperationTypesRule.self
        )
        #expect(errors == [])
    }

    @Test func `a second root for the same kind of operation is an error`() throws {
        let errors = try sdlErrors(
            """
            schema { query: A query: B }
            extend schema { query: C mutation: C }
            extend schema { mutation: A }
            """,
            UniqueOperationTypesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "There can be only one query type in schema.",
                    locations: [.init(line: 1, column: 10), .init(line: 1, column: 19)]
                ),
                GraphQLError(
                    "There can be only one query type in schema.",
                    locations: [.init(line: 1, column: 10), .init(line: 2, column: 17)]
                ),
                GraphQLError(
                    "There can be only one mutation type in schema.",
                    locations: [.init(line: 2, column: 26), .init(line: 3, column: 17)]
                ),
            ]
        )
    }
}
