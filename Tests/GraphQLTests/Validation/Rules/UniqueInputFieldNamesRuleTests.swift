import Testing

@testable import GraphQL

@Suite struct UniqueInputFieldNamesRuleTests {
    @Test(arguments: [
        #"{ find(filter: {title: "a", period: {from: 1}}, by: {id: 1}) { __typename } probe { period(of: {from: 1, to: 2}) } }"#
    ])
    func `what fits is let through`(query: String) {
        expectValid(UniqueInputFieldNamesRule.self, query)
    }

    @Test func `a field is given once`() {
        expectErrors(
            UniqueInputFieldNamesRule.self,
            #"{ find(filter: {title: "a", title: "b"}) { __typename } }"#,
            [
                (
                    "There can be only one input field named 'title'.",
                    [(1, 17), (1, 29)]
                )
            ]
        )
    }

    @Test func `each further one is compared with the first`() {
        expectErrors(
            UniqueInputFieldNamesRule.self,
            #"{ find(filter: {title: "a", title: "b", exact: true, title: "c"}) { __typename } }"#,
            [
                (
                    "There can be only one input field named 'title'.",
                    [(1, 17), (1, 29)]
                ),
                (
                    "There can be only one input field named 'title'.",
                    [(1, 17), (1, 54)]
                ),
            ]
        )
    }

    @Test func `objects in objects are checked`() {
        expectErrors(
            UniqueInputFieldNamesRule.self,
            "query ($a: BookFilter = {period: {from: 1, from: 2}}) { find(filter: {tags: [{a: 1, a: 2}]}) { __typename } }",
            [
                (
                    "There can be only one input field named 'from'.",
                    [(1, 35), (1, 44)]
                ),
                (
                    "There can be only one input field named 'a'.",
                    [(1, 79), (1, 85)]
                ),
            ]
        )
    }

    @Test func `many fields are compared too`() {
        expectErrors(
            UniqueInputFieldNamesRule.self,
            "{ probe { date(of: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, c: 2}) } }",
            [
                (
                    "There can be only one input field named 'c'.",
                    [(1, 33), (1, 75)]
                )
            ]
        )
    }
}
