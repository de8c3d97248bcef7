import Testing

@testable import GraphQL

@Suite struct SchemaCheckFiniteValuesTests {
    @Test func `a circle may be broken by null, by a list or by a choice`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A { a: A b: [A!]! c: B! }
            input B { c: C }
            input C @oneOf { c: C x: Int }
            """
        )
        #expect(errors == [])
    }

    @Test func `an input object that needs itself has no value`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A { "a" a: A! b: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Input Object A cannot be provided a finite value because it references itself through fields: A.a.",
                    locations: [.init(line: 2, column: 11)]
                )
            ]
        )
    }

    @Test func `a circle of input objects has no value`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A { x: Int b: B! }
            input B { c: C! }
            input C { d: D! }
            input D { a: A! b: B! }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Input Object A cannot be provided a finite value because it references itself through fields: A.b, B.c, C.d, D.a.",
                    locations: [
                        .init(line: 2, column: 18), .init(line: 3, column: 11), .init(line: 4, column: 11),
                        .init(line: 5, column: 11),
                    ]
                ),
                GraphQLError(
                    "Input Object B cannot be provided a finite value because it references itself through fields: B.c, C.d, D.b.",
                    locations: [.init(line: 3, column: 11), .init(line: 4, column: 11), .init(line: 5, column: 17)]
                ),
            ]
        )
    }

    @Test func `a OneOf input object of nothing but itself has no value`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A @oneOf { a: A b: B }
            input B { a: A! }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Input Object A cannot be provided a finite value because it references itself through fields: A.a.",
                    locations: [.init(line: 2, column: 18)]
                ),
                GraphQLError(
                    "Input Object A cannot be provided a finite value because it references itself through fields: A.b, B.a.",
                    locations: [.init(line: 2, column: 23), .init(line: 3, column: 11)]
                ),
            ]
        )
    }
}
