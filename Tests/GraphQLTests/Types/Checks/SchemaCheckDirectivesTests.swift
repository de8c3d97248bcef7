import Testing

@testable import GraphQL

@Suite struct SchemaCheckDirectivesTests {
    @Test func `arguments of a directive have input types`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            directive @d(x: Query, y: [Query!]) on FIELD
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "The type of @d(x:) must be Input Type but got: Query.",
                    locations: [.init(line: 2, column: 14)]
                ),
                GraphQLError(
                    "The type of @d(y:) must be Input Type but got: [Query!].",
                    locations: [.init(line: 2, column: 24)]
                ),
            ]
        )
    }

    @Test func `a required argument cannot be deprecated`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            directive @d(x: Int! @deprecated, y: Int! = 1 @deprecated, z: Int @deprecated) on FIELD
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Required argument @d(x:) cannot be deprecated.",
                    locations: [.init(line: 2, column: 22), .init(line: 2, column: 17)]
                )
            ]
        )
    }
}
