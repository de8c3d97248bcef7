import Testing

@testable import GraphQL

@Suite struct PrinterTests {
    /// A document of every kind of node, and how it is laid out.
    private static let documents: [(written: String, printed: String)] = [
        (
            #"""
            "Every kind of thing an operation may hold."
            query Everything("How many." $first: Int! = 10 @tag(n: -1.5e3), $where: [Filter!]! = [{all: []}, {}]) @live @cached(for: 5) {
              newest: jobs(first: $first, where: {all: $where, text: "caf\u00e9 \u{1F600}\n"}) { ...Parts @include(if: true), id }
              search(text: """
                 indented
                   more \"""
              """, longArgument: "0123456789012345678901234567890123456789", another: [1, 2.0, true, null, OPEN, $x]) @skip(if: false) {
                ... on Job @a { id } ... @b { title } ... { deep { deeper { deepest(list: ["0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789"]) } } }
                options(set: {aaaaaaaaaaaaaaaaaaaaaaaaa: "bbbbbbbbbbbbbbbbbbbb", cccccccccccccccccccccc: {d: "eeeeeeeeeeeeeeeeeeeeeeeeeeee"}})
              }
            }
            mutation { a } query { b } subscription S($a: B) { c } query ($a: B) { d } query @e { f }
            """
            Why.
             How.
            """
            fragment Parts on Job @a(b: "c") { id }
            """#,
            #"""
            "Every kind of thing an operation may hold."
            query Everything(
            "How many."
            $first: Int! = 10 @tag(n: -1.5e3)
            $where: [Filter!]! = [{ all: [] }, {  }]
            ) @live @cached(for: 5) {
              newest: jobs(first: $first, where: { all: $where, text: "café 😀\n" }) {
                ...Parts @include(if: true)
                id
              }
              search(
                text: """
                indented
                  more \"""
                """
                longArgument: "0123456789012345678901234567890123456789"
                another: [1, 2.0, true, null, OPEN, $x]
              ) @skip(if: false) {
                ... on Job @a {
                  id
                }
                ... @b {
                  title
                }
                ... {
                  deep {
                    deeper {
                      deepest(
                        list: [
                          "0123456789012345678901234567890123456789"
                          "0123456789012345678901234567890123456789"
                        ]
                      )
                    }
                  }
                }
                options(
                  set: {
                    aaaaaaaaaaaaaaaaaaaaaaaaa: "bbbbbbbbbbbbbbbbbbbb"
                    cccccccccccccccccccccc: { d: "eeeeeeeeeeeeeeeeeeeeeeeeeeee" }
                  }
                )
              }
            }

            mutation {
              a
            }

            {
              b
            }

            subscription S($a: B) {
              c
            }

            query ($a: B) {
              d
            }

            query @e {
              f
            }

            """
            Why.
             How.
            """
            fragment Parts on Job @a(b: "c") {
              id
            }
            """#
        ),
        (
            #"""
            """
            The whole.
            """ schema @a { query: Query mutation: Mutation }
            "A job." type Job implements & Node & Dated @key(fields: "id") { "Its id." id(old: Boolean = false @b, "New." new: ID): ID! """Tags.
            Of it.""" tags(first: Int = 10, after: String): [[Tag!]]! @deprecated(reason: "x") }
            interface Node implements Base { id: ID! }
            union Hit @c = | Job | Tag
            enum State { OPEN "Gone." CLOSED @deprecated }
            input Filter @oneOf { text: String = """x""" ids: [ID!] = [] nested: Filter = {text: "0123456789012345678901234567890123456789", ids: ["0123456789012345678901234567"]} }
            scalar Date @specifiedBy(url: "x")
            "Applied." directive @tag("How many." n: Int = 0, m: Int) repeatable on | FIELD | OBJECT
            directive @plain(n: Int, m: Int) on QUERY
            extend type Job implements More { more: Int } extend schema { subscription: S } extend union Hit = T extend enum State { X } extend input Filter @z extend scalar Date @y extend interface Node @x
            """#,
            #"""
            """The whole."""
            schema @a {
              query: Query
              mutation: Mutation
            }

            "A job."
            type Job implements Node & Dated @key(fields: "id") {
              "Its id."
              id(
                old: Boolean = false @b
                "New."
                new: ID
              ): ID!
              """
              Tags.
              Of it.
              """
              tags(first: Int = 10, after: String): [[Tag!]]! @deprecated(reason: "x")
            }

            interface Node implements Base {
              id: ID!
            }

            union Hit @c = Job | Tag

            enum State {
              OPEN
              "Gone."
              CLOSED @deprecated
            }

            input Filter @oneOf {
              text: String = """x"""
              ids: [ID!] = []
              nested: Filter = {
                text: "0123456789012345678901234567890123456789"
                ids: ["0123456789012345678901234567"]
              }
            }

            scalar Date @specifiedBy(url: "x")

            "Applied."
            directive @tag(
              "How many."
              n: Int = 0
              m: Int
            ) repeatable on FIELD | OBJECT

            directive @plain(n: Int, m: Int) on QUERY

            extend type Job implements More {
              more: Int
            }

            extend schema {
              subscription: S
            }

            extend union Hit = T

            extend enum State {
              X
            }

            extend input Filter @z

            extend scalar Date @y

            extend interface Node @x
            """#
        ),
    ]

    @Test(arguments: documents)
    func `a document is laid out as the reference does`(written: String, printed: String) throws {
        #expect(try parse(Source(written)).printed == printed)
    }

    @Test(arguments: documents)
    func `a document laid out is laid out the same again`(written: String, printed: String) throws {
        #expect(try parse(Source(printed)).printed == printed)
    }

    @Test(arguments: [
        ("{ a }", "{\n  a\n}"),
        ("query { a }", "{\n  a\n}"),
        ("query Q { a }", "query Q {\n  a\n}"),
        ("query ($a: B) { a }", "query ($a: B) {\n  a\n}"),
        ("query @a { b }", "query @a {\n  b\n}"),
        ("\"why\" query { a }", "\"why\"\nquery {\n  a\n}"),
        ("mutation { a }", "mutation {\n  a\n}"),
        ("{ a: b @c }", "{\n  a: b @c\n}"),
        ("{ ...F @a(b: 1) }", "{\n  ...F @a(b: 1)\n}"),
        ("{ ... { a } }", "{\n  ... {\n    a\n  }\n}"),
        ("{ a(b: \"\"\"c\"\"\") }", "{\n  a(b: \"\"\"c\"\"\")\n}"),
        ("{ a(b: \"\"\"c\nd\"\"\") { e } }", "{\n  a(b: \"\"\"\n  c\n  d\n  \"\"\") {\n    e\n  }\n}"),
        ("query (\"why\" $a: B, $c: D) { a }", "query (\n\"why\"\n$a: B\n$c: D\n) {\n  a\n}"),
        ("query (\"\"\"\nwhy\nhow\n\"\"\" $a: B) { a }", "query (\n\"\"\"\nwhy\nhow\n\"\"\"\n$a: B\n) {\n  a\n}"),
        (
            "{ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(bbbbbbbbbbbbbbbbbbbbbbbbbb: ccccccccccccccccccc) }",
            "{\n  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(\n    bbbbbbbbbbbbbbbbbbbbbbbbbb: ccccccccccccccccccc\n  )\n}"
        ),
        (
            "{ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(bbbbbbbbbbbbbbbbbbbbbbbbbb: cccccccccccccccccc) }",
            "{\n  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa(\n    bbbbbbbbbbbbbbbbbbbbbbbbbb: cccccccccccccccccc\n  )\n}"
        ),
        (
            "{ a @b(ccccccccccccccccccccccccccc: 1, ddddddddddddddddddddddddddddd: 2, eeeeeeeeeeeeeeeeeeeeeeeee: 3) }",
            "{\n  a @b(ccccccccccccccccccccccccccc: 1, ddddddddddddddddddddddddddddd: 2, eeeeeeeeeeeeeeeeeeeeeeeee: 3)\n}"
        ),
    ])
    func `what is short stays on one line`(written: String, printed: String) throws {
        #expect(try parse(Source(written)).printed == printed)
    }

    @Test(arguments: [
        ("", "\"\""), ("a\"b\\c/d", "\"a\\\"b\\\\c/d\""), ("\u{8}\t\n\u{C}\r", "\"\\b\\t\\n\\f\\r\""),
        ("\u{0}\u{1F}\u{7F}\u{80}\u{9F}\u{A0}é😀", "\"\\u0000\\u001F\\u007F\\u0080\\u009F\u{A0}é😀\""),
    ])
    func `a string is printed with its control characters escaped`(value: String, printed: String) {
        #expect(ValueNode(.string(value, isBlock: false), at: 0).printed == printed)
    }

    @Test func `what is as deep as may be is printed and read again`() throws {
        let deep = String(repeating: "[", count: 99) + "1" + String(repeating: "]", count: 99)
        let document = try parse(Source("{ a(b: \(deep)) }"))
        #expect(try parse(Source(document.printed)).printed == document.printed)
    }
}
