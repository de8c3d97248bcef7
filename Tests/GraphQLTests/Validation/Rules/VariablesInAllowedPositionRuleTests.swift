import Testing

@testable import GraphQL

@Suite struct VariablesInAllowedPositionRuleTests {
    @Test(arguments: [
        "query ($a: Int, $b: Int!) { probe { int(of: $a) x: int(of: $b) neededInt(of: $b) } }",
        "query ($a: Int = 1, $b: Int) { probe { neededInt(of: $a) defaulted(a: $b) } }",
        "query ($a: [Int!]!, $b: Int) { probe { ints(of: $a) x: ints(of: [$b]) } }",
        "query ($a: Unknown, $b: Int) { probe { int(of: $a) missing(of: $b) } }",
        "query ($a: ID!) { find(by: {id: $a}) { __typename } }",
        "query ($a: Boolean) { find(filter: {exact: $a}) { __typename } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(VariablesInAllowedPositionRule.self, query)
    }

    @Test func `the types must fit`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query ($a: String) { probe { int(of: $a) ints(of: [$a]) } }",
            [
                (
                    "Variable '$a' of type 'String' used in position expecting type 'Int'.",
                    [(1, 8), (1, 38)]
                ),
                (
                    "Variable '$a' of type 'String' used in position expecting type 'Int'.",
                    [(1, 8), (1, 52)]
                ),
            ]
        )
    }

    @Test func `what may be null does not fit what may not`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query ($a: Int, $b: Int = null) { probe { neededInt(of: $a) two(a: 1, b: $b) } }",
            [
                (
                    "Variable '$a' of type 'Int' used in position expecting type 'Int!'.",
                    [(1, 8), (1, 57)]
                ),
                (
                    "Variable '$b' of type 'Int' used in position expecting type 'Int!'.",
                    [(1, 17), (1, 74)]
                ),
            ]
        )
    }

    @Test func `lists fit only lists`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query ($a: Int, $b: [Int], $c: [String]) { probe { ints(of: $a) int(of: $b) strings(of: $c) matrix(of: [$b]) } }",
            [
                (
                    "Variable '$a' of type 'Int' used in position expecting type '[Int]'.",
                    [(1, 8), (1, 61)]
                ),
                (
                    "Variable '$b' of type '[Int]' used in position expecting type 'Int'.",
                    [(1, 17), (1, 73)]
                ),
                (
                    "Variable '$c' of type '[String]' used in position expecting type '[String!]'.",
                    [(1, 28), (1, 89)]
                ),
                (
                    "Variable '$b' of type '[Int]' used in position expecting type '[Int!]!'.",
                    [(1, 17), (1, 105)]
                ),
            ]
        )
    }

    @Test func `fragments are checked for each operation`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query A($a: Int) { ...F } query B($a: Int!) { ...F } query C($a: String!) { ...F } fragment F on Query { probe { neededInt(of: $a) } }",
            [
                (
                    "Variable '$a' of type 'Int' used in position expecting type 'Int!'.",
                    [(1, 9), (1, 128)]
                ),
                (
                    "Variable '$a' of type 'String!' used in position expecting type 'Int!'.",
                    [(1, 62), (1, 128)]
                ),
            ]
        )
    }

    @Test func `directives are checked`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query ($a: String) { book @skip(if: $a) { id @include(if: $b) } }",
            [
                (
                    "Variable '$a' of type 'String' used in position expecting type 'Boolean!'.",
                    [(1, 8), (1, 37)]
                )
            ]
        )
    }

    @Test func `input fields are checked`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query ($a: Int, $b: [Genre]) { find(filter: {title: $a, genres: $b, period: {from: $a}}) { __typename } }",
            [
                (
                    "Variable '$a' of type 'Int' used in position expecting type 'String'.",
                    [(1, 8), (1, 53)]
                ),
                (
                    "Variable '$b' of type '[Genre]' used in position expecting type '[Genre!]'.",
                    [(1, 17), (1, 65)]
                ),
                (
                    "Variable '$a' of type 'Int' used in position expecting type 'Date!'.",
                    [(1, 8), (1, 84)]
                ),
            ]
        )
    }

    @Test func `a field of a OneOf takes no null`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            #"query ($a: ID, $b: String = "x") { find(by: {id: $a}) { __typename } x: find(by: {isbn: $b}) { __typename } }"#,
            [
                (
                    "Variable '$a' is of type 'ID' but must be non-nullable to be used for OneOf Input "
                        + "Object 'Lookup'.",
                    [(1, 8), (1, 50)]
                ),
                (
                    "Variable '$b' is of type 'String' but must be non-nullable to be used for OneOf "
                        + "Input Object 'Lookup'.",
                    [(1, 16), (1, 89)]
                ),
            ]
        )
    }

    // graphql-js passes this one over. By the specification the position of a OneOf's field takes no null, whether the
    // OneOf itself may be null or not.
    @Test func `a field of a required OneOf takes no null either`() {
        expectErrors(
            VariablesInAllowedPositionRule.self,
            "query ($a: Int) { a(by: {b: $a}) }",
            schema: "type Query { a(by: By!): Int } input By @oneOf { b: Int }",
            [
                (
                    "Variable '$a' is of type 'Int' but must be non-nullable to be used for OneOf Input Object 'By'.",
                    [(1, 8), (1, 29)]
                )
            ]
        )
    }
}
