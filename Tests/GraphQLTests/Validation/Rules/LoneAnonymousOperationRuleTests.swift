import Testing

@testable import GraphQL

@Suite struct LoneAnonymousOperationRuleTests {
    @Test(arguments: [
        "fragment F on Book { id }",
        "{ book { id } }",
        "query A { book { id } } query B { book { id } }",
        "{ book { ...F } } fragment F on Book { id }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(LoneAnonymousOperationRule.self, query)
    }

    @Test func `an anonymous operation must stand alone`() {
        expectErrors(
            LoneAnonymousOperationRule.self,
            "{ book { id } }\nquery A { book { id } }",
            [
                ("This anonymous operation must be the only defined operation.", [(1, 1)])
            ]
        )
    }

    @Test func `two anonymous operations are both reported`() {
        expectErrors(
            LoneAnonymousOperationRule.self,
            "{ book { id } }\n{ book { id } }",
            [
                ("This anonymous operation must be the only defined operation.", [(1, 1)]),
                ("This anonymous operation must be the only defined operation.", [(2, 1)]),
            ]
        )
    }
}
