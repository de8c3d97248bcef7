import Testing

@testable import GraphQL

@Suite struct SchemaCheckValuesTests {
    @Test func `an enum has a value`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            "E" enum E
            extend enum E @d
            directive @d on ENUM
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Enum type E must define one or more values.",
                    locations: [.init(line: 2, column: 1), .init(line: 3, column: 1)]
                )
            ]
        )
    }
}
