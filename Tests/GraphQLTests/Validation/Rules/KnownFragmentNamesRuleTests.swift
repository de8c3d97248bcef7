import Testing

@testable import GraphQL

@Suite struct KnownFragmentNamesRuleTests {
    @Test(arguments: [
        "{ book { ...A } } fragment A on Book { ...B ... { id } } fragment B on Book { id }"
    ])
    func `what fits is let through`(query: String) {
        expectValid(KnownFragmentNamesRule.self, query)
    }

    @Test func `unknown fragments are reported where they are named`() {
        expectErrors(
            KnownFragmentNamesRule.self,
            "{ book { ...A ... on Book { ...B } } } fragment F on Book { ...  C }",
            [
                ("Unknown fragment 'A'.", [(1, 13)]),
                ("Unknown fragment 'B'.", [(1, 32)]),
                ("Unknown fragment 'C'.", [(1, 66)]),
            ]
        )
    }
}
