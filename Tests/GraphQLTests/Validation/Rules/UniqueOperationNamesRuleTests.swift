import Testing

@testable import GraphQL

@Suite struct UniqueOperationNamesRuleTests {
    @Test(arguments: [
        "{ book { id } }",
        "query A { book { id } } mutation B { giveBack(book: 1) { id } }",
        "query Same { book { ...Same } } fragment Same on Book { id }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(UniqueOperationNamesRule.self, query)
    }

    @Test func `each later operation of a name points back to the first`() {
        expectErrors(
            UniqueOperationNamesRule.self,
            """
            query Same { book { id } }
            mutation Same { giveBack(book: 1) { id } }
            subscription Same { returned { id } }
            """,
            [
                ("There can be only one operation named 'Same'.", [(1, 7), (2, 10)]),
                ("There can be only one operation named 'Same'.", [(1, 7), (3, 14)]),
            ]
        )
    }
}
