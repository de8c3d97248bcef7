import Foundation
import Testing

@testable import GraphQL

@Suite struct SchemaPrinterTests {
    @Test func `the schema of this project is printed back as it stands`() throws {
        // …/Tests/GraphQLTests/Types/SchemaPrinterTests.swift
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "schema.graphql"), encoding: .utf8)
        #expect(try GraphQLSchema.build(from: Source(text, name: "schema.graphql")).printed() + "\n" == text)
    }

    @Test func `every kind of definition is printed as it was written`() throws {
        let text = #"""
            """All of it."""
            schema {
              query: Query
              mutation: Change
            }

            """For tests."""
            directive @tag(
              """What to call it."""
              name: String! = "x"
              list: [Int!] = [1, 2]
            ) repeatable on OBJECT | FIELD_DEFINITION

            directive @once(if: Boolean) on ENUM

            """
            A description of more than seventy letters stands on lines of its own, as it is long.
            """
            type Query implements Node & Other {
              """The \"""key\"""."""
              id: ID!

              """By name, or all."""
              pets(name: String = "it's \"quoted\"", order: Order = {by: NAME}, old: Int @deprecated): [Pet!]!
              other(
                first: Int

                """From the end."""
                last: Int = 3 @deprecated(reason: "Use \"first\".")
              ): Float @deprecated
            }

            type Change {
              none: Boolean
            }

            interface Node {
              id: ID!
            }

            interface Other implements Node {
              id: ID!
            }

            union Pet = Cat | Dog

            type Cat {
              name: String @deprecated(reason: "")
            }

            type Dog {
              name: String
            }

            enum By {
              """
              The first
                and last.
              """
              NAME

              """"""
              AGE @deprecated(reason: "Grows.")
            }

            input Order {
              by: By!

              """True for the last first."""
              descending: Boolean! = false
            }

            input Choice @oneOf {
              a: Int
              b: String
            }

            scalar Date @specifiedBy(url: "https://example.com/date")
            """#
        // Literals are laid out with spaces inside braces.
        let expected = text.replacing("{by: NAME}", with: "{ by: NAME }")
        #expect(try GraphQLSchema.build(from: Source(text)).printed() == expected)
    }

    @Test(arguments: [
        ("schema { query: Query } type Query { a: Int }", "type Query {\n  a: Int\n}"),
        (
            "schema { query: Query } type Query { a: Int } type Mutation { a: Int }",
            "schema {\n  query: Query\n}\n\ntype Query {\n  a: Int\n}\n\ntype Mutation {\n  a: Int\n}"
        ),
        (
            "# Gone.\ntype Query { a: Int @tag } directive @tag on FIELD_DEFINITION",
            """
            directive @tag on FIELD_DEFINITION

            type Query {
              a: Int
            }
            """
        ),
    ])
    func `what says nothing is left out`(text: String, expected: String) throws {
        #expect(try GraphQLSchema.build(from: Source(text)).printed() == expected)
    }
}
