import Testing

@testable import GraphQL

@Suite struct SchemaCheckInputObjectsTests {
    @Test func `an input object has a field`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            "I" input I
            extend input I @d
            directive @d on INPUT_OBJECT
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Input Object type I must define one or more fields.",
                    locations: [.init(line: 2, column: 1), .init(line: 3, column: 1)]
                )
            ]
        )
    }

    @Test func `fields have input types`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input I { a: Query b: [U]! c: I }
            union U = Query
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "The type of I.a must be Input Type but got: Query.",
                    locations: [.init(line: 2, column: 14)]
                ),
                GraphQLError(
                    "The type of I.b must be Input Type but got: [U]!.",
                    locations: [.init(line: 2, column: 23)]
                ),
            ]
        )
    }

    @Test func `a required field cannot be deprecated`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input I { a: Int! @deprecated b: Int! = 1 @deprecated c: Int @deprecated }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Required input field I.a cannot be deprecated.",
                    locations: [.init(line: 2, column: 19), .init(line: 2, column: 14)]
                )
            ]
        )
    }

    @Test func `fields of a OneOf input object are nullable and have no default value`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input I @oneOf { "a" a: Int! b: Int = 1 c: Int! = 2 d: Int }
            extend input I { e: Int! }
            """
        )
        #expect(
            errors == [
                GraphQLError("OneOf input field I.a must be nullable.", locations: [.init(line: 2, column: 25)]),
                GraphQLError(
                    "OneOf input field I.b cannot have a default value.",
                    locations: [.init(line: 2, column: 30)]
                ),
                GraphQLError("OneOf input field I.c must be nullable.", locations: [.init(line: 2, column: 44)]),
                GraphQLError(
                    "OneOf input field I.c cannot have a default value.",
                    locations: [.init(line: 2, column: 41)]
                ),
                GraphQLError("OneOf input field I.e must be nullable.", locations: [.init(line: 3, column: 21)]),
            ]
        )
    }
}
