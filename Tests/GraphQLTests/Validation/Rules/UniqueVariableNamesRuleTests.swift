import Testing

@testable import GraphQL

@Suite struct UniqueVariableNamesRuleTests {
    @Test(arguments: [
        "query A($a: Int, $b: String) { __typename } query B($a: String) { __typename }",
        "{ __typename }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(UniqueVariableNamesRule.self, query)
    }

    @Test func `a name stands once`() {
        expectErrors(
            UniqueVariableNamesRule.self,
            "query ($a: Int, $a: Int, $b: Int, $a: Int) { __typename }",
            [
                (
                    "There can be only one variable named '$a'.",
                    [(1, 9), (1, 18), (1, 36)]
                )
            ]
        )
    }

    @Test func `each operation is checked, and each name`() {
        expectErrors(
            UniqueVariableNamesRule.self,
            "query A($a: Int, $a: Int) { __typename } query B($b: Int, $c: Int, $c: Int, $b: Int) { __typename }",
            [
                (
                    "There can be only one variable named '$a'.",
                    [(1, 10), (1, 19)]
                ),
                (
                    "There can be only one variable named '$b'.",
                    [(1, 51), (1, 78)]
                ),
                (
                    "There can be only one variable named '$c'.",
                    [(1, 60), (1, 69)]
                ),
            ]
        )
    }

    @Test func `the place is that of the name`() {
        expectErrors(
            UniqueVariableNamesRule.self,
            """
            query ($ a: Int
            $
            # here
            , a: Int) { __typename }
            """,
            [
                (
                    "There can be only one variable named '$a'.",
                    [(1, 10), (4, 3)]
                )
            ]
        )
    }
}
