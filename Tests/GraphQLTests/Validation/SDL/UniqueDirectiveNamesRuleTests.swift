import Testing

@testable import GraphQL

@Suite struct UniqueDirectiveNamesRuleTests {
    @Test func `directives may be called like types and built-in directives`() throws {
        let errors = try sdlErrors(
            """
            directive @skip on FIELD
            directive @A on FIELD
            scalar A
            """,
            UniqueDirectiveNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `a name stands for one directive`() throws {
        let errors = try sdlErrors(
            """
            directive @a on FIELD
            directive @b on FIELD
            "Again" directive @a on QUERY
            """,
            UniqueDirectiveNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "There can be only one directive named '@a'.",
                    locations: [.init(line: 1, column: 12), .init(line: 3, column: 20)]
                )
            ]
        )
    }
}
