import Testing

@testable import GraphQL

@Suite struct SchemaCheckRootsTests {
    @Test func `there must be a query root`() throws {
        let errors = try schemaErrors(
            """
            type Other { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError("Query root type must be provided.")
            ]
        )
    }

    @Test func `a schema definition must name a query root`() throws {
        let errors = try schemaErrors(
            """
            "S" schema { mutation: Other }
            type Other { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError("Query root type must be provided.", locations: [.init(line: 1, column: 1)])
            ]
        )
    }

    @Test func `roots are object types`() throws {
        let errors = try schemaErrors(
            """
            schema { query: Q mutation: M }
            extend schema { subscription: S }
            input Q { a: Int }
            enum M { A }
            "One" interface S { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Query root type must be Object type, it cannot be Q.",
                    locations: [.init(line: 1, column: 17)]
                ),
                GraphQLError(
                    "Mutation root type must be Object type if provided, it cannot be M.",
                    locations: [.init(line: 1, column: 29)]
                ),
                GraphQLError(
                    "Subscription root type must be Object type if provided, it cannot be S.",
                    locations: [.init(line: 2, column: 31)]
                ),
            ]
        )
    }

    @Test func `roots by default are object types too`() throws {
        let errors = try schemaErrors(
            """
            input Query { a: Int }
            union Mutation = A
            type A { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Query root type must be Object type, it cannot be Query.",
                    locations: [.init(line: 1, column: 1)]
                ),
                GraphQLError(
                    "Mutation root type must be Object type if provided, it cannot be Mutation.",
                    locations: [.init(line: 2, column: 1)]
                ),
            ]
        )
    }

    @Test func `two roots are different types`() throws {
        let errors = try schemaErrors(
            """
            schema { query: A mutation: A }
            type A { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "All root types must be different, 'A' type is used as query and mutation root types.",
                    locations: [.init(line: 1, column: 17), .init(line: 1, column: 29)]
                )
            ]
        )
    }

    @Test func `three roots are different types`() throws {
        let errors = try schemaErrors(
            """
            type A { a: Int }
            schema { query: A mutation: A }
            extend schema { subscription: A }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "All root types must be different, 'A' type is used as query, mutation, and subscription root types.",
                    locations: [.init(line: 2, column: 17), .init(line: 2, column: 29), .init(line: 3, column: 31)]
                )
            ]
        )
    }
}
