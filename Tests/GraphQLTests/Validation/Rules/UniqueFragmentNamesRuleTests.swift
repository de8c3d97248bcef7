import Testing

@testable import GraphQL

@Suite struct UniqueFragmentNamesRuleTests {
    @Test(arguments: [
        "{ book { ...A ...B } } fragment A on Book { id } fragment B on Book { title }",
        "query A { book { id } } fragment A on Book { id }",
        "{ ... on Query { book { id } } ... on Query { member { name } } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(UniqueFragmentNamesRule.self, query)
    }

    @Test func `each later fragment of a name points back to the first`() {
        expectErrors(
            UniqueFragmentNamesRule.self,
            "fragment A on Book { id }\nfragment A on Film { id }\nfragment A on Item { id }",
            [
                ("There can be only one fragment named 'A'.", [(1, 10), (2, 10)]),
                ("There can be only one fragment named 'A'.", [(1, 10), (3, 10)]),
            ]
        )
    }
}
