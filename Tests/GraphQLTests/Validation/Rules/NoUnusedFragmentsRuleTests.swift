import Testing

@testable import GraphQL

@Suite struct NoUnusedFragmentsRuleTests {
    @Test(arguments: [
        "{ book { ...A } } fragment A on Book { ...B } fragment B on Book { id }",
        "{ book { ... { sequel { ...A } } } } fragment A on Book { id }",
        """
        query Q { book { ...A } } query P { book { ...B } } fragment B on Book { id } fragment A on
        Book { id }
        """,
    ])
    func `what fits is let through`(query: String) {
        expectValid(NoUnusedFragmentsRule.self, query)
    }

    @Test func `a fragment that no operation reaches is reported`() {
        expectErrors(
            NoUnusedFragmentsRule.self,
            "{ book { id } }\nfragment A on Book { id }\nfragment B on Book { id }",
            [
                ("Fragment 'A' is never used.", [(2, 1)]),
                ("Fragment 'B' is never used.", [(3, 1)]),
            ]
        )
    }

    @Test func `fragments that only reach one another are unused`() {
        expectErrors(
            NoUnusedFragmentsRule.self,
            """
            { book { id } } fragment A on Book { sequel { ...B } } fragment B on Book { sequel { ...A }
            }
            """,
            [
                ("Fragment 'A' is never used.", [(1, 17)]),
                ("Fragment 'B' is never used.", [(1, 56)]),
            ]
        )
    }

    @Test func `an unknown fragment hides nothing`() {
        expectErrors(
            NoUnusedFragmentsRule.self,
            "{ book { ...Missing } } fragment A on Book { id }",
            [
                ("Fragment 'A' is never used.", [(1, 25)])
            ]
        )
    }

    @Test func `without an operation all are unused`() {
        expectErrors(
            NoUnusedFragmentsRule.self,
            "fragment A on Book { ...B } fragment B on Book { id }",
            [
                ("Fragment 'A' is never used.", [(1, 1)]),
                ("Fragment 'B' is never used.", [(1, 29)]),
            ]
        )
    }
}
