import Testing

@testable import GraphQL

@Suite struct SDLUniqueInputFieldNamesRuleTests {
    @Test func `a field stands once in each object of a default value`() throws {
        let errors = try sdlErrors(
            """
            input A { a: A = {a: {b: 1, b: 2}, b: {a: 1}} }
            directive @d(x: A = {a: 1, a: 2}) on OBJECT
            type B @d(x: {b: 1, b: 1}) { a: Int }
            """,
            UniqueInputFieldNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "There can be only one input field named 'b'.",
                    locations: [.init(line: 1, column: 23), .init(line: 1, column: 29)]
                ),
                GraphQLError(
                    "There can be only one input field named 'a'.",
                    locations: [.init(line: 2, column: 22), .init(line: 2, column: 28)]
                ),
                GraphQLError(
                    "There can be only one input field named 'b'.",
                    locations: [.init(line: 3, column: 15), .init(line: 3, column: 21)]
                ),
            ]
        )
    }
}
