import Testing

@testable import GraphQL

@Suite struct SDLProvidedRequiredArgumentsOnDirectivesRuleTests {
    @Test func `an argument that is nullable or has a default may be left out`() throws {
        let errors = try sdlErrors(
            """
            directive @d(a: Int, b: Int! = 1) on OBJECT
            type A @d { a: Int @deprecated }
            """,
            ProvidedRequiredArgumentsRule.self
        )
        #expect(errors == [])
    }

    @Test func `a required argument must be given`() throws {
        let errors = try sdlErrors(
            """
            directive @d(a: [Int!]!, b: Int!) on OBJECT
            type A @d(b: 1) { a: Int }
            type B @d { a: Int }
            scalar S @specifiedBy
            """,
            ProvidedRequiredArgumentsRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Argument '@d(a:)' of type '[Int!]!' is required, but it was not provided.",
                    locations: [.init(line: 2, column: 8)]
                ),
                GraphQLError(
                    "Argument '@d(a:)' of type '[Int!]!' is required, but it was not provided.",
                    locations: [.init(line: 3, column: 8)]
                ),
                GraphQLError(
                    "Argument '@d(b:)' of type 'Int!' is required, but it was not provided.",
                    locations: [.init(line: 3, column: 8)]
                ),
                GraphQLError(
                    "Argument '@specifiedBy(url:)' of type 'String!' is required, but it was not provided.",
                    locations: [.init(line: 4, column: 10)]
                ),
            ]
        )
    }
}
