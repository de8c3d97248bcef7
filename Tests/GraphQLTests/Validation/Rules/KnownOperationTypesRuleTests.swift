import Testing

@testable import GraphQL

@Suite struct KnownOperationTypesRuleTests {
    @Test(arguments: [
        "{ book { id } }",
        "mutation { giveBack(book: 1) { id } }",
        "subscription { returned { id } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(KnownOperationTypesRule.self, query)
    }

    @Test func `an operation needs a root type`() {
        expectErrors(
            KnownOperationTypesRule.self,
            "{ a } mutation M { a } subscription S { a }",
            schema: """
                type Query { a: Int }
                """,
            [
                ("The mutation operation is not supported by the schema.", [(1, 7)]),
                ("The subscription operation is not supported by the schema.", [(1, 24)]),
            ]
        )
    }
}
