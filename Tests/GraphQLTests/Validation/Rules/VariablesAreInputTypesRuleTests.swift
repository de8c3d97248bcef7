import Testing

@testable import GraphQL

@Suite struct VariablesAreInputTypesRuleTests {
    @Test(arguments: [
        "query ($a: String, $b: [Boolean!]!, $c: BookFilter, $d: Missing, $e: [Date]) { book { id } }"
    ])
    func `what fits is let through`(query: String) {
        expectValid(VariablesAreInputTypesRule.self, query)
    }

    @Test func `a variable cannot have an output type`() {
        expectErrors(
            VariablesAreInputTypesRule.self,
            "query ($a: Book, $b: [[Find!]]!, $c: Item) { book { id } }",
            [
                ("Variable '$a' cannot be non-input type 'Book'.", [(1, 12)]),
                ("Variable '$b' cannot be non-input type '[[Find!]]!'.", [(1, 22)]),
                ("Variable '$c' cannot be non-input type 'Item'.", [(1, 38)]),
            ]
        )
    }
}
