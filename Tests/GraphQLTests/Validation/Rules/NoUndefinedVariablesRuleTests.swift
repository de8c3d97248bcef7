import Testing

@testable import GraphQL

@Suite struct NoUndefinedVariablesRuleTests {
    @Test(arguments: [
        "query ($a: ID) { book(id: $a) { title } }",
        "query ($a: ID) { ...F } fragment F on Query { book(id: $a) { ...G } } fragment G on Book { title(upper: $a) }",
        "query A($a: ID) { ...F } query B($a: ID) { ...F } fragment F on Query { book(id: $a) { title } }",
        "fragment Unused on Query { book(id: $a) { title } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(NoUndefinedVariablesRule.self, query)
    }

    @Test func `a variable must be defined`() {
        expectErrors(
            NoUndefinedVariablesRule.self,
            "query ($a: ID) { book(id: $b) { title } }",
            [
                (
                    "Variable '$b' is not defined.",
                    [(1, 27), (1, 1)]
                )
            ]
        )
    }

    @Test func `a named operation is named`() {
        expectErrors(
            NoUndefinedVariablesRule.self,
            "query Find($a: ID) { book(id: $b) { title } }",
            [
                (
                    "Variable '$b' is not defined by operation 'Find'.",
                    [(1, 31), (1, 1)]
                )
            ]
        )
    }

    @Test func `every use is reported`() {
        expectErrors(
            NoUndefinedVariablesRule.self,
            "{ find(by: {id: $a}, filter: {tags: [$b, $b]}) { __typename @audit(reason: $c) } }",
            [
                (
                    "Variable '$a' is not defined.",
                    [(1, 17), (1, 1)]
                ),
                (
                    "Variable '$b' is not defined.",
                    [(1, 38), (1, 1)]
                ),
                (
                    "Variable '$b' is not defined.",
                    [(1, 42), (1, 1)]
                ),
                (
                    "Variable '$c' is not defined.",
                    [(1, 76), (1, 1)]
                ),
            ]
        )
    }

    @Test func `uses in fragments count for each operation that reaches them`() {
        expectErrors(
            NoUndefinedVariablesRule.self,
            "query A($a: ID) { ...F } query B { ...F } fragment F on Query { ...G } fragment G on Query { book(id: $a) { title } }",
            [
                (
                    "Variable '$a' is not defined by operation 'B'.",
                    [(1, 103), (1, 26)]
                )
            ]
        )
    }

    @Test func `fragments in a circle are read once`() {
        expectErrors(
            NoUndefinedVariablesRule.self,
            "query A { ...F } fragment F on Query { member(id: $a) { ...G } } fragment G on Member { friends { ...G } loans { ...H } } fragment H on Query { ...F }",
            [
                (
                    "Variable '$a' is not defined by operation 'A'.",
                    [(1, 51), (1, 1)]
                )
            ]
        )
    }
}
