import Testing

@testable import GraphQL

@Suite struct SDLUniqueArgumentNamesRuleTests {
    @Test func `an argument of a directive is given once`() throws {
        let errors = try sdlErrors(
            """
            directive @d(x: Int, y: Int) on OBJECT
            type A @d(x: 1, y: 2) { a: Int }
            type B @d(x: 1, y: 2, x: 3, y: 4, x: 5) { a: Int }
            """,
            UniqueArgumentNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "There can be only one argument named 'x'.",
                    locations: [.init(line: 3, column: 11), .init(line: 3, column: 23), .init(line: 3, column: 35)]
                ),
                GraphQLError(
                    "There can be only one argument named 'y'.",
                    locations: [.init(line: 3, column: 17), .init(line: 3, column: 29)]
                ),
            ]
        )
    }
}
