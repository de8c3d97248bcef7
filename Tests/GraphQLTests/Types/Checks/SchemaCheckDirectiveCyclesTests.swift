import Testing

@testable import GraphQL

@Suite struct SchemaCheckDirectiveCyclesTests {
    @Test(arguments: [
        "directive @a(x: Int @a) on ARGUMENT_DEFINITION",
        "directive @a(x: In) on INPUT_OBJECT input In @a { y: Int }",
        "directive @a(x: [In!]) on INPUT_FIELD_DEFINITION input In { y: In z: Int @a }",
        "directive @a(x: E) on ENUM_VALUE enum E { A B @a }",
        "directive @a(x: S) on SCALAR scalar S extend scalar S @a",
        "directive @a(x: Int @b) on SCALAR directive @b(y: S) on ARGUMENT_DEFINITION scalar S @a",
    ])
    func `a directive does not reference itself`(text: String) throws {
        let use = try #require(text.ranges(of: "@a").last)
        #expect(
            try schemaErrors(text + " type Query { a: Int }").first
                == GraphQLError(
                    "Directive @a must not reference itself.",
                    locations: [
                        .init(line: 1, column: 12),
                        .init(line: 1, column: text.distance(from: text.startIndex, to: use.lowerBound) + 1),
                    ]
                )
        )
    }

    @Test func `a directive may stand on what refers to no directive`() throws {
        #expect(
            try schemaErrors(
                """
                directive @a(x: Int @deprecated, y: In) on ARGUMENT_DEFINITION | FIELD_DEFINITION
                directive @b(x: Int @a) on INPUT_FIELD_DEFINITION
                input In { z: [In!] }
                type Query { a(x: Int @a, y: In @a): Int @a }
                """
            ).isEmpty
        )
    }

    @Test func `an extension does not make an input object a OneOf`() throws {
        #expect(
            try schemaErrors("type Query { a: Int }\ninput In { a: Int }\nextend input In @oneOf") == [
                GraphQLError(
                    "Directive '@oneOf' may not be used on an extension of Input Object 'In'.",
                    locations: [.init(line: 3, column: 17)]
                )
            ]
        )
    }
}
