import Testing

@testable import GraphQL

@Suite struct SDLKnownDirectivesRuleTests {
    @Test func `directives of the document and built-in ones may stand where they are allowed`() throws {
        let errors = try sdlErrors(
            """
            directive @all(x: Int @deprecated) repeatable on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            schema @all { query: Query }
            extend schema @all
            type Query @all { a(x: Int @all): Int @all @deprecated }
            scalar S @all @specifiedBy(url: "")
            interface I @all { a: Int }
            union U @all = Query
            enum E @all { A @all @deprecated }
            input N @all @oneOf { a: Int @all @deprecated }
            """,
            KnownDirectivesRule.self
        )
        #expect(errors == [])
    }

    @Test func `an unknown directive is an error`() throws {
        let errors = try sdlErrors(
            """
            type Query @nope { a(x: Int @nope): Int @nope }
            extend enum E @nope { A @nope }
            extend schema @nope
            """,
            KnownDirectivesRule.self
        )
        #expect(
            errors == [
                GraphQLError("Unknown directive '@nope'.", locations: [.init(line: 1, column: 12)]),
                GraphQLError("Unknown directive '@nope'.", locations: [.init(line: 1, column: 29)]),
                GraphQLError("Unknown directive '@nope'.", locations: [.init(line: 1, column: 41)]),
                GraphQLError("Unknown directive '@nope'.", locations: [.init(line: 2, column: 15)]),
                GraphQLError("Unknown directive '@nope'.", locations: [.init(line: 2, column: 25)]),
                GraphQLError("Unknown directive '@nope'.", locations: [.init(line: 3, column: 15)]),
            ]
        )
    }

    @Test func `a directive may not stand at another place`() throws {
        let errors = try sdlErrors(
            """
            directive @object on OBJECT
            schema @object { query: Query }
            type Query @object @oneOf { a(x: Int @object): Int @object @specifiedBy(url: "") }
            scalar S @deprecated
            interface I @object { a: Int }
            union U @object = Query
            enum E @object { A @object }
            input N @object { a: Int @object }
            directive @d(x: Int @object) on FIELD
            extend type Query @skip(if: true)
            """,
            KnownDirectivesRule.self
        )
        #expect(
            errors == [
                GraphQLError("Directive '@object' may not be used on schema.", locations: [.init(line: 2, column: 8)]),
                GraphQLError("Directive '@oneOf' may not be used on object.", locations: [.init(line: 3, column: 20)]),
                GraphQLError(
                    "Directive '@object' may not be used on argument definition.",
                    locations: [.init(line: 3, column: 38)]
                ),
                GraphQLError(
                    "Directive '@object' may not be used on field definition.",
                    locations: [.init(line: 3, column: 52)]
                ),
                GraphQLError(
                    "Directive '@specifiedBy' may not be used on field definition.",
                    locations: [.init(line: 3, column: 60)]
                ),
                GraphQLError(
                    "Directive '@deprecated' may not be used on scalar.",
                    locations: [.init(line: 4, column: 10)]
                ),
                GraphQLError(
                    "Directive '@object' may not be used on interface.",
                    locations: [.init(line: 5, column: 13)]
                ),
                GraphQLError("Directive '@object' may not be used on union.", locations: [.init(line: 6, column: 9)]),
                GraphQLError("Directive '@object' may not be used on enum.", locations: [.init(line: 7, column: 8)]),
                GraphQLError(
                    "Directive '@object' may not be used on enum value.",
                    locations: [.init(line: 7, column: 20)]
                ),
                GraphQLError(
                    "Directive '@object' may not be used on input object.",
                    locations: [.init(line: 8, column: 9)]
                ),
                GraphQLError(
                    "Directive '@object' may not be used on input field definition.",
                    locations: [.init(line: 8, column: 26)]
                ),
                GraphQLError(
                    "Directive '@object' may not be used on argument definition.",
                    locations: [.init(line: 9, column: 21)]
                ),
                GraphQLError("Directive '@skip' may not be used on object.", locations: [.init(line: 10, column: 19)]),
            ]
        )
    }
}
