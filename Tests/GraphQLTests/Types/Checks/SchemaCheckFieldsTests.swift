import Testing

@testable import GraphQL

@Suite struct SchemaCheckFieldsTests {
    @Test func `an object or interface has a field`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            type A
            extend type A @d
            "I" interface I
            directive @d on OBJECT
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Type A must define one or more fields.",
                    locations: [.init(line: 2, column: 1), .init(line: 3, column: 1)]
                ),
                GraphQLError("Type I must define one or more fields.", locations: [.init(line: 4, column: 1)]),
            ]
        )
    }

    @Test func `fields have output types`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: In b: [In!]! }
            input In { a: Int }
            interface I { a: In }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "The type of Query.a must be Output Type but got: In.",
                    locations: [.init(line: 1, column: 17)]
                ),
                GraphQLError(
                    "The type of Query.b must be Output Type but got: [In!]!.",
                    locations: [.init(line: 1, column: 23)]
                ),
                GraphQLError(
                    "The type of I.a must be Output Type but got: In.",
                    locations: [.init(line: 3, column: 18)]
                ),
            ]
        )
    }

    @Test func `arguments of a field have input types`() throws {
        let errors = try schemaErrors(
            """
            type Query { a(x: Query, y: [U!]): Int }
            union U = Query
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "The type of Query.a(x:) must be Input Type but got: Query.",
                    locations: [.init(line: 1, column: 19)]
                ),
                GraphQLError(
                    "The type of Query.a(y:) must be Input Type but got: [U!].",
                    locations: [.init(line: 1, column: 29)]
                ),
            ]
        )
    }

    @Test func `a required argument cannot be deprecated`() throws {
        let errors = try schemaErrors(
            """
            type Query { a(x: Int! @deprecated, y: Int! = 1 @deprecated, z: Int @deprecated(reason: "r")): Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Required argument Query.a(x:) cannot be deprecated.",
                    locations: [.init(line: 1, column: 24), .init(line: 1, column: 19)]
                )
            ]
        )
    }
}
