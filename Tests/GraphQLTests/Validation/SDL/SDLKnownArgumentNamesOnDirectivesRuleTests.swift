import Testing

@testable import GraphQL

@Suite struct SDLKnownArgumentNamesOnDirectivesRuleTests {
    @Test func `arguments are those that the directive defines`() throws {
        let errors = try sdlErrors(
            """
            directive @d(name: String) on OBJECT
            type A @d(name: "") { a: Int @deprecated(reason: "") }
            """,
            KnownArgumentNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `an unknown argument is an error, which names one that is near`() throws {
        let errors = try sdlErrors(
            """
            directive @d(name: String) on OBJECT
            type A @d(nam: "", other: 1) { a: Int @deprecated(raeson: "") }
            """,
            KnownArgumentNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Unknown argument 'nam' on directive '@d'. Did you mean 'name'?",
                    locations: [.init(line: 2, column: 11)]
                ),
                GraphQLError("Unknown argument 'other' on directive '@d'.", locations: [.init(line: 2, column: 20)]),
                GraphQLError(
                    "Unknown argument 'raeson' on directive '@deprecated'. Did you mean 'reason'?",
                    locations: [.init(line: 2, column: 51)]
                ),
            ]
        )
    }
}
