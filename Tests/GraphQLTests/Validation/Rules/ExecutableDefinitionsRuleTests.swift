import Testing

@testable import GraphQL

@Suite struct ExecutableDefinitionsRuleTests {
    @Test(arguments: [
        "{ book { id } }",
        "query One { book { id } } fragment F on Book { id }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(ExecutableDefinitionsRule.self, query)
    }

    @Test func `a type definition is not executable`() {
        expectErrors(
            ExecutableDefinitionsRule.self,
            "query Q { book { id } } type Extra { a: Int } extend type Book { b: Int }",
            [
                ("The 'Extra' definition is not executable.", [(1, 25)]),
                ("The 'Book' definition is not executable.", [(1, 47)]),
            ]
        )
    }

    @Test func `a schema definition has no name to show`() {
        expectErrors(
            ExecutableDefinitionsRule.self,
            "schema { query: Query } type Query { a: Int } extend schema @onQuery",
            [
                ("The schema definition is not executable.", [(1, 1)]),
                ("The 'Query' definition is not executable.", [(1, 25)]),
                ("The schema definition is not executable.", [(1, 47)]),
            ]
        )
    }

    @Test func `a directive definition is not executable`() {
        expectErrors(
            ExecutableDefinitionsRule.self,
            "directive @mine on FIELD",
            [
                ("The 'mine' definition is not executable.", [(1, 1)])
            ]
        )
    }
}
