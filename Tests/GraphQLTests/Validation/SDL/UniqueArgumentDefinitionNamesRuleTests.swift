import Testing

@testable import GraphQL

@Suite struct UniqueArgumentDefinitionNamesRuleTests {
    @Test func `arguments of different fields may share a name`() throws {
        let errors = try sdlErrors(
            """
            type A { a(x: Int, y: Int): Int b(x: Int): Int }
            directive @d(x: Int) on FIELD
            """,
            UniqueArgumentDefinitionNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `all places of a repeated argument are shown together`() throws {
        let errors = try sdlErrors(
            """
            type A { a(x: Int, y: Int, x: Int, x: Int): Int }
            extend type A { b(x: Int, x: Int): Int }
            """,
            UniqueArgumentDefinitionNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Argument 'A.a(x:)' can only be defined once.",
                    locations: [.init(line: 1, column: 12), .init(line: 1, column: 28), .init(line: 1, column: 36)]
                ),
                GraphQLError(
                    "Argument 'A.b(x:)' can only be defined once.",
                    locations: [.init(line: 2, column: 19), .init(line: 2, column: 27)]
                ),
            ]
        )
    }

    @Test func `arguments of an interface are different`() throws {
        let errors = try sdlErrors(
            """
            interface A { a(x: Int, x: Int): Int }
            extend interface A { b("Two" x: Int, x: Int): Int }
            """,
            UniqueArgumentDefinitionNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Argument 'A.a(x:)' can only be defined once.",
                    locations: [.init(line: 1, column: 17), .init(line: 1, column: 25)]
                ),
                GraphQLError(
                    "Argument 'A.b(x:)' can only be defined once.",
                    locations: [.init(line: 2, column: 30), .init(line: 2, column: 38)]
                ),
            ]
        )
    }

    @Test func `arguments of a directive are different`() throws {
        let errors = try sdlErrors(
            """
            directive @d(x: Int, y: Int, x: Int, y: Int) on FIELD
            """,
            UniqueArgumentDefinitionNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Argument '@d(x:)' can only be defined once.",
                    locations: [.init(line: 1, column: 14), .init(line: 1, column: 30)]
                ),
                GraphQLError(
                    "Argument '@d(y:)' can only be defined once.",
                    locations: [.init(line: 1, column: 22), .init(line: 1, column: 38)]
                ),
            ]
        )
    }
}
