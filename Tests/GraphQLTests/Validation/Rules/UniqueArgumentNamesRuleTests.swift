import Testing

@testable import GraphQL

@Suite struct UniqueArgumentNamesRuleTests {
    @Test(arguments: [
        #"{ find(text: "a", first: 1) { __typename } other: find(text: "a") { __typename } }"#,
        #"{ book(id: 1) @needs(level: 1, mode: "a") { id } }"#,
    ])
    func `what fits is let through`(query: String) {
        expectValid(UniqueArgumentNamesRule.self, query)
    }

    @Test func `a field is given an argument once`() {
        expectErrors(
            UniqueArgumentNamesRule.self,
            "{ book(id: 1, id: 1) { title(upper: true) } }",
            [
                (
                    "There can be only one argument named 'id'.",
                    [(1, 8), (1, 15)]
                )
            ]
        )
    }

    @Test func `all places of a name are told together`() {
        expectErrors(
            UniqueArgumentNamesRule.self,
            #"{ find(text: "a", first: 1, text: "b", first: 2, text: "c") { __typename } }"#,
            [
                (
                    "There can be only one argument named 'text'.",
                    [(1, 8), (1, 29), (1, 50)]
                ),
                (
                    "There can be only one argument named 'first'.",
                    [(1, 19), (1, 40)]
                ),
            ]
        )
    }

    @Test func `a directive is given an argument once`() {
        expectErrors(
            UniqueArgumentNamesRule.self,
            #"{ book @needs(level: 1, mode: "a", level: 2) { id } }"#,
            [
                (
                    "There can be only one argument named 'level'.",
                    [(1, 15), (1, 36)]
                )
            ]
        )
    }

    @Test func `many arguments are compared too`() {
        expectErrors(
            UniqueArgumentNamesRule.self,
            "{ find(a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, c: 2) { __typename } }",
            [
                (
                    "There can be only one argument named 'c'.",
                    [(1, 20), (1, 62)]
                )
            ]
        )
    }
}
