import Testing

@testable import GraphQL

@Suite struct NoUnusedVariablesRuleTests {
    @Test(arguments: [
        "query ($a: ID) { book(id: $a) { title } }",
        "query ($a: ID) @audit(reason: $a) { __typename }",
        "query ($a: [Int!]) { ...F } fragment F on Query { ...G } fragment G on Query { find(filter: {tags: [[{x: $a}]]}) { __typename } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(NoUnusedVariablesRule.self, query)
    }

    @Test func `a variable must be used`() {
        expectErrors(
            NoUnusedVariablesRule.self,
            "query ($a: ID, $b: ID) { book(id: $a) { title } }",
            [
                (
                    "Variable '$b' is never used.",
                    [(1, 16)]
                )
            ]
        )
    }

    @Test func `a named operation is named`() {
        expectErrors(
            NoUnusedVariablesRule.self,
            "query Find($a: ID, $b: ID, $c: ID) { book(id: $b) { title } }",
            [
                (
                    "Variable '$a' is never used in operation 'Find'.",
                    [(1, 12)]
                ),
                (
                    "Variable '$c' is never used in operation 'Find'.",
                    [(1, 28)]
                ),
            ]
        )
    }

    @Test func `fragments that are not reached do not count`() {
        expectErrors(
            NoUnusedVariablesRule.self,
            "query ($a: ID) { ...F } fragment F on Query { __typename } fragment G on Query { book(id: $a) { title } }",
            [
                (
                    "Variable '$a' is never used.",
                    [(1, 8)]
                )
            ]
        )
    }
}
