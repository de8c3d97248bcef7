import Testing

@testable import GraphQL

@Suite struct UniqueTypeNamesRuleTests {
    @Test func `types, directives and extensions may share a name`() throws {
        let errors = try sdlErrors(
            """
            type A { a: Int }
            directive @A on FIELD
            extend type A { b: Int }
            """,
            UniqueTypeNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `a name stands for one type, whatever its kind`() throws {
        let errors = try sdlErrors(
            """
            type A { a: Int }
            enum A { B }
            scalar A
            """,
            UniqueTypeNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "There can be only one type named 'A'.",
                    locations: [.init(line: 1, column: 6), .init(line: 2, column: 6)]
                ),
                GraphQLError(
                    "There can be only one type named 'A'.",
                    locations: [.init(line: 1, column: 6), .init(line: 3, column: 8)]
                ),
            ]
        )
    }
}
