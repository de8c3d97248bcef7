import Testing

@testable import GraphQL

@Suite struct SDLKnownTypeNamesRuleTests {
    @Test func `a document may name its own and the built-in types`() throws {
        let errors = try sdlErrors(
            """
            type Query { a(x: In): __Type b: [Float!]! }
            input In { id: ID }
            union U = Query
            schema { query: Query }
            """,
            KnownTypeNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `an unknown type is an error wherever it is named`() throws {
        let errors = try sdlErrors(
            """
            type Query implements Nod { a(x: Inn = 1): Strng }
            interface Node { id: ID }
            input In { a: [Flot!]! }
            union U = Qery | Query
            directive @d(x: Boolen) on FIELD
            schema { query: Qury }
            extend type Query implements Nope { b: Int }
            """,
            KnownTypeNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Unknown type 'Nod'. Did you mean 'Node' or 'ID'?",
                    locations: [.init(line: 1, column: 23)]
                ),
                GraphQLError(
                    "Unknown type 'Inn'. Did you mean 'In', 'Int', or 'ID'?",
                    locations: [.init(line: 1, column: 34)]
                ),
                GraphQLError("Unknown type 'Strng'. Did you mean 'String'?", locations: [.init(line: 1, column: 44)]),
                GraphQLError("Unknown type 'Flot'. Did you mean 'Float'?", locations: [.init(line: 3, column: 16)]),
                GraphQLError("Unknown type 'Qery'. Did you mean 'Query'?", locations: [.init(line: 4, column: 11)]),
                GraphQLError("Unknown type 'Boolen'. Did you mean 'Boolean'?", locations: [.init(line: 5, column: 17)]),
                GraphQLError("Unknown type 'Qury'. Did you mean 'Query'?", locations: [.init(line: 6, column: 17)]),
                GraphQLError("Unknown type 'Nope'. Did you mean 'Node'?", locations: [.init(line: 7, column: 30)]),
            ]
        )
    }
}
