import Testing

@testable import GraphQL

@Suite struct SchemaCheckNamesTests {
    @Test func `names may hold underscores, but not begin with two`() throws {
        let errors = try schemaErrors(
            """
            type Query { _a: Int a__b: Int }
            """
        )
        #expect(errors == [])
    }

    @Test func `no name of a definition begins with two underscores`() throws {
        let errors = try schemaErrors(
            """
            type Query { __a(__b: Int): Int }
            "D" type __T { a: Int }
            enum E { __A B }
            input I { "F" __f: Int }
            directive @__d(__x: Int) on FIELD
            scalar __S
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Name '__d' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 5, column: 1)]
                ),
                GraphQLError(
                    "Name '__x' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 5, column: 16)]
                ),
                GraphQLError(
                    "Name '__a' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 1, column: 14)]
                ),
                GraphQLError(
                    "Name '__b' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 1, column: 18)]
                ),
                GraphQLError(
                    "Name '__T' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 2, column: 1)]
                ),
                GraphQLError(
                    "Name '__A' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 3, column: 10)]
                ),
                GraphQLError(
                    "Name '__f' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 4, column: 11)]
                ),
                GraphQLError(
                    "Name '__S' must not begin with '__', which is reserved by GraphQL introspection.",
                    locations: [.init(line: 6, column: 1)]
                ),
            ]
        )
    }
}
