import Testing

@testable import GraphQL

@Suite struct PossibleTypeExtensionsRuleTests {
    @Test func `a type may be extended as what it is, also before its definition`() throws {
        let errors = try sdlErrors(
            """
            extend scalar S @d
            scalar S type O { a: Int } extend type O { b: Int }
            interface I { a: Int } extend interface I { b: Int }
            union U = O extend union U = P
            enum E { A } extend enum E { B }
            input N { a: Int } extend input N { b: Int }
            """,
            PossibleTypeExtensionsRule.self
        )
        #expect(errors == [])
    }

    @Test func `a type cannot be extended as another kind`() throws {
        let errors = try sdlErrors(
            """
            scalar S
            type O { a: Int }
            extend type S { a: Int }
            extend scalar O @d
            extend interface O { a: Int }
            extend union O = O
            extend enum O { A }
            extend input O { a: Int }
            extend enum S { A }
            """,
            PossibleTypeExtensionsRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Cannot extend non-object type 'S'.",
                    locations: [.init(line: 1, column: 1), .init(line: 3, column: 1)]
                ),
                GraphQLError(
                    "Cannot extend non-scalar type 'O'.",
                    locations: [.init(line: 2, column: 1), .init(line: 4, column: 1)]
                ),
                GraphQLError(
                    "Cannot extend non-interface type 'O'.",
                    locations: [.init(line: 2, column: 1), .init(line: 5, column: 1)]
                ),
                GraphQLError(
                    "Cannot extend non-union type 'O'.",
                    locations: [.init(line: 2, column: 1), .init(line: 6, column: 1)]
                ),
                GraphQLError(
                    "Cannot extend non-enum type 'O'.",
                    locations: [.init(line: 2, column: 1), .init(line: 7, column: 1)]
                ),
                GraphQLError(
                    "Cannot extend non-input object type 'O'.",
                    locations: [.init(line: 2, column: 1), .init(line: 8, column: 1)]
                ),
                GraphQLError(
                    "Cannot extend non-enum type 'S'.",
                    locations: [.init(line: 1, column: 1), .init(line: 9, column: 1)]
                ),
            ]
        )
    }

    @Test func `what is not defined cannot be extended, nor what is built in`() throws {
        let errors = try sdlErrors(
            """
            type Known { a: Int }
            extend type Knwn { a: Int }
            extend scalar String @d
            extend enum Elsewhere { A }
            """,
            PossibleTypeExtensionsRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Cannot extend type 'Knwn' because it is not defined. Did you mean 'Known'?",
                    locations: [.init(line: 2, column: 13)]
                ),
                GraphQLError(
                    "Cannot extend type 'String' because it is not defined.",
                    locations: [.init(line: 3, column: 15)]
                ),
                GraphQLError(
                    "Cannot extend type 'Elsewhere' because it is not defined.",
                    locations: [.init(line: 4, column: 13)]
                ),
            ]
        )
    }
}
