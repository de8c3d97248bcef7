import Testing

@testable import GraphQL

@Suite struct DefaultValueCyclesTests {
    @Test func `a default value may hold other input objects`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A { b: B = {x: 1} }
            input B { x: Int = 2 c: C = {} }
            input C { a: A }
            """
        )
        #expect(errors == [])
    }

    @Test func `a default value that holds itself is an error`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A { a: A = {} }
            input B { b: [B] = [{}, {b: []}] }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Invalid circular reference. The default value of Input Object field A.a references itself.",
                    locations: [.init(line: 2, column: 18)]
                ),
                GraphQLError(
                    "Invalid circular reference. The default value of Input Object field B.b references itself.",
                    locations: [.init(line: 3, column: 20)]
                ),
            ]
        )
    }

    @Test func `default values that hold each other are an error`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            input A { b: B = {} }
            input B { c: C = {x: {}} }
            input C { x: C a: A = {b: {c: null}} b: B = {} }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Invalid circular reference. The default value of Input Object field B.c references itself via the default values of: C.b.",
                    locations: [.init(line: 3, column: 18), .init(line: 4, column: 45)]
                )
            ]
        )
    }
}
