import Testing

@testable import GraphQL

@Suite struct UniqueEnumValueNamesRuleTests {
    @Test func `values of different enums may share a name`() throws {
        let errors = try sdlErrors(
            """
            enum A { X Y }
            enum B { X }
            extend enum A { Z }
            """,
            UniqueEnumValueNamesRule.self
        )
        #expect(errors == [])
    }

    @Test func `a value stands once in an enum and its extensions`() throws {
        let errors = try sdlErrors(
            """
            enum A { X X }
            extend enum A { Y X Y }
            extend enum A { Y }
            """,
            UniqueEnumValueNamesRule.self
        )
        #expect(
            errors == [
                GraphQLError(
                    "Enum value 'A.X' can only be defined once.",
                    locations: [.init(line: 1, column: 10), .init(line: 1, column: 12)]
                ),
                GraphQLError(
                    "Enum value 'A.X' can only be defined once.",
                    locations: [.init(line: 1, column: 10), .init(line: 2, column: 19)]
                ),
                GraphQLError(
                    "Enum value 'A.Y' can only be defined once.",
                    locations: [.init(line: 2, column: 17), .init(line: 2, column: 21)]
                ),
                GraphQLError(
                    "Enum value 'A.Y' can only be defined once.",
                    locations: [.init(line: 2, column: 17), .init(line: 3, column: 17)]
                ),
            ]
        )
    }
}
