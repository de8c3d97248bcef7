import Testing

@testable import GraphQL

@Suite struct FragmentsOnCompositeTypesRuleTests {
    @Test(arguments: [
        "fragment F on Item { id }",
        "fragment F on Book { id }",
        "fragment F on Find { __typename }",
        "fragment F on Book { ... { id } ... on Missing { id } }",
        "fragment F on Missing { id }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(FragmentsOnCompositeTypesRule.self, query)
    }

    @Test func `a fragment cannot be on a scalar, enum or input object`() {
        expectErrors(
            FragmentsOnCompositeTypesRule.self,
            "fragment S on Boolean { bad } fragment E on Genre { bad } fragment I on Lookup { bad }",
            [
                ("Fragment 'S' cannot condition on non composite type 'Boolean'.", [(1, 15)]),
                ("Fragment 'E' cannot condition on non composite type 'Genre'.", [(1, 45)]),
                ("Fragment 'I' cannot condition on non composite type 'Lookup'.", [(1, 73)]),
            ]
        )
    }

    @Test func `an inline fragment cannot be on a scalar`() {
        expectErrors(
            FragmentsOnCompositeTypesRule.self,
            "fragment F on Book { ... on String { bad } }",
            [
                ("Fragment cannot condition on non composite type 'String'.", [(1, 29)])
            ]
        )
    }
}
