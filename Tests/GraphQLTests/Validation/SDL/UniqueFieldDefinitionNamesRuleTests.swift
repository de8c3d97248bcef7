import Testing

@testable import GraphQL

@Suite struct UniqueFieldDefinitionNamesRuleTests {
    @Test func `fields of different types may share a name`() throws {
        let errors = try sdlErrors(
            """
            type A { a: Int }
            interface B { a: Int }
            input C { a: Int }
            extend type A { b: Int }
            """,
            UniqueFieldDefinitionNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `a field stands once in an object and its extensions`() throws {
        let errors = try sdlErrors(
            """
            type A { a: Int a: Int }
            extend type A { b: Int a: Int b: Int }
            """,
            UniqueFieldDefinitionNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Field 'A.a' can only be defined once.",
                    locations: [.init(line: 1, column: 10), .init(line: 1, column: 17)]
                ),
                GraphQLError(
                    "Field 'A.a' can only be defined once.",
                    locations: [.init(line: 1, column: 10), .init(line: 2, column: 24)]
                ),
                GraphQLError(
                    "Field 'A.b' can only be defined once.",
                    locations: [.init(line: 2, column: 17), .init(line: 2, column: 31)]
                ),
            ]
        )
    }

    @Test func `a field stands once in an interface and its extensions`() throws {
        let errors = try sdlErrors(
            """
            interface A { a: Int }
            extend interface A { a: Int }
            """,
            UniqueFieldDefinitionNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Field 'A.a' can only be defined once.",
                    locations: [.init(line: 1, column: 15), .init(line: 2, column: 22)]
                )
            ]
        )
    }

    @Test func `a field stands once in an input object and its extensions`() throws {
        let errors = try sdlErrors(
            """
            input A { a: Int a: String }
            extend input A { a: Int }
            """,
            UniqueFieldDefinitionNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Field 'A.a' can only be defined once.",
                    locations: [.init(line: 1, column: 11), .init(line: 1, column: 18)]
                ),
                GraphQLError(
                    "Field 'A.a' can only be defined once.",
                    locations: [.init(line: 1, column: 11), .init(line: 2, column: 18)]
                ),
            ]
        )
    }
}
