import Testing

@testable import GraphQL

@Suite struct SchemaCheckMembersTests {
    @Test func `a union has a member`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            "U" union U
            extend union U @d
            directive @d on UNION
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Union type U must define one or more member types.",
                    locations: [.init(line: 2, column: 1), .init(line: 3, column: 1)]
                )
            ]
        )
    }

    @Test func `members are object types`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            union U = Query | I | E | Int
            interface I { a: Int }
            enum E { A }
            extend union U = I
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Union type U can only include Object types, it cannot include I.",
                    locations: [.init(line: 2, column: 19), .init(line: 5, column: 18)]
                ),
                GraphQLError(
                    "Union type U can only include Object types, it cannot include E.",
                    locations: [.init(line: 2, column: 23)]
                ),
                GraphQLError(
                    "Union type U can only include Object types, it cannot include Int.",
                    locations: [.init(line: 2, column: 27)]
                ),
                GraphQLError(
                    "Union type U can only include Object types, it cannot include I.",
                    locations: [.init(line: 2, column: 19), .init(line: 5, column: 18)]
                ),
            ]
        )
    }

    @Test func `a member stands once`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            union U = Query | Query
            extend union U = Query
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Union type U can only include type Query once.",
                    locations: [.init(line: 2, column: 11), .init(line: 2, column: 19), .init(line: 3, column: 18)]
                ),
                GraphQLError(
                    "Union type U can only include type Query once.",
                    locations: [.init(line: 2, column: 11), .init(line: 2, column: 19), .init(line: 3, column: 18)]
                ),
            ]
        )
    }
}
