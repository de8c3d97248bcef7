import Testing

@testable import GraphQL

@Suite struct KnownTypeNamesRuleTests {
    @Test(arguments: [
        """
        query ($a: String, $b: [ID!]!, $c: BookFilter) { item { ... on Book { id } ...F } }
        fragment F on Film { id }
        """,
        "{ __typename } fragment F on __Type { name }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(KnownTypeNamesRule.self, query)
    }

    @Test func `unknown names are reported with what was perhaps meant`() {
        expectErrors(
            KnownTypeNamesRule.self,
            """
            query ($a: Strin, $b: [[Genra!]!]) { item { ... on Bok { id } ...F } }
            fragment F on Filmm { id }
            """,
            [
                ("Unknown type 'Strin'. Did you mean 'String'?", [(1, 12)]),
                ("Unknown type 'Genra'. Did you mean 'Genre'?", [(1, 25)]),
                ("Unknown type 'Bok'. Did you mean 'Book'?", [(1, 52)]),
                ("Unknown type 'Filmm'. Did you mean 'Film', 'Find', or 'Item'?", [(2, 15)]),
            ]
        )
    }

    @Test func `without suggestions nothing of the schema is told`() {
        expectErrors(
            KnownTypeNamesRule.self,
            "{ item { ... on Bok { id } } }",
            suggests: false,
            [
                ("Unknown type 'Bok'.", [(1, 17)])
            ]
        )
    }

    @Test func `a name far from all others comes without suggestion`() {
        expectErrors(
            KnownTypeNamesRule.self,
            "{ item { ... on Xylophone { id } } }",
            [
                ("Unknown type 'Xylophone'.", [(1, 17)])
            ]
        )
    }

    @Test func `types that the document defines are known to it`() {
        expectErrors(
            KnownTypeNamesRule.self,
            """
            type Extra { a: Other b: Nothing } input Other { c: Extr = 1 } union U = Extra | Gone
            schema { query: Extra } interface I implements J { a(b: K): L } directive @d(a: M) on FIELD
            enum E { A } scalar S query ($a: Extra) { a }
            """,
            [
                ("Unknown type 'Nothing'. Did you mean 'String'?", [(1, 26)]),
                ("Unknown type 'Extr'. Did you mean 'Extra'?", [(1, 53)]),
                ("Unknown type 'Gone'. Did you mean 'Genre'?", [(1, 82)]),
                ("Unknown type 'J'. Did you mean 'E', 'I', 'S', or 'U'?", [(2, 48)]),
                ("Unknown type 'K'. Did you mean 'E', 'I', 'S', or 'U'?", [(2, 57)]),
                ("Unknown type 'L'. Did you mean 'E', 'I', 'S', or 'U'?", [(2, 61)]),
                ("Unknown type 'M'. Did you mean 'E', 'I', 'S', or 'U'?", [(2, 81)]),
            ]
        )
    }
}
