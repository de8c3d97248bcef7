import Testing

@testable import GraphQL

@Suite struct SDLUniqueDirectivesPerLocationRuleTests {
    @Test func `repeatable directives may stand again, and others elsewhere`() throws {
        let errors = try sdlErrors(
            """
            directive @r repeatable on OBJECT | FIELD_DEFINITION
            directive @o on OBJECT | FIELD_DEFINITION
            type A @r @o @r { a: Int @o b: Int @o @r @r }
            type B @o { a: Int }
            """,
            UniqueDirectivesPerLocationRule.self
        )
        #expect(errors == [])
    }

    @Test func `a definition and its extensions are one place`() throws {
        let errors = try sdlErrors(
            """
            directive @o on OBJECT | SCHEMA | FIELD_DEFINITION
            schema @o { query: A }
            extend schema @o
            type A @o @o { a: Int @o @o }
            extend type A @o
            """,
            UniqueDirectivesPerLocationRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "The directive '@o' can only be used once at this location.",
                    locations: [.init(line: 2, column: 8), .init(line: 3, column: 15)]
                ),
                GraphQLError(
                    "The directive '@o' can only be used once at this location.",
                    locations: [.init(line: 4, column: 8), .init(line: 4, column: 11)]
                ),
                GraphQLError(
                    "The directive '@o' can only be used once at this location.",
                    locations: [.init(line: 4, column: 23), .init(line: 4, column: 26)]
                ),
                GraphQLError(
                    "The directive '@o' can only be used once at this location.",
                    locations: [.init(line: 4, column: 8), .init(line: 5, column: 15)]
                ),
            ]
        )
    }
}
