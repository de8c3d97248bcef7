import Testing

@testable import GraphQL

@Suite struct MaxIntrospectionDepthRuleTests {
    @Test(arguments: [
        "{ __schema { types { fields { type { name } } } } }",
        "{ __schema { types { fields { type { fields { name } } } } } }",
        "{ book { fields { fields { fields { a } } } } }",
        "{ __schema { ...F } } fragment F on __Schema { ...F }",
        """
        { __schema { types { ...Two } } } fragment Two on __Type { fields { type { interfaces {
        name } } } }
        """,
    ])
    func `what fits is let through`(query: String) {
        expectValid(MaxIntrospectionDepthRule.self, query)
    }

    @Test func `three lists inside one another are too deep`() {
        expectErrors(
            MaxIntrospectionDepthRule.self,
            "{ __schema { types { fields { type { interfaces { possibleTypes { name } } } } } } }",
            [
                ("Maximum introspection depth exceeded", [(1, 3)])
            ]
        )
    }

    @Test func `__type counts as __schema does`() {
        expectErrors(
            MaxIntrospectionDepthRule.self,
            """
            { a: __type(name: "Book") { inputFields { type { fields { type { inputFields { name } } } }
            } } }
            """,
            [
                ("Maximum introspection depth exceeded", [(1, 3)])
            ]
        )
    }

    @Test func `fragments count where they are spread`() {
        expectErrors(
            MaxIntrospectionDepthRule.self,
            """
            { __schema { types { fields { ...A } } } }
            fragment A on __Field { type { fields { ...B } } }
            fragment B on __Field { type { ... { fields { name } } } }
            """,
            [
                ("Maximum introspection depth exceeded", [(1, 3)])
            ]
        )
    }

    @Test func `each root is reported once`() {
        expectErrors(
            MaxIntrospectionDepthRule.self,
            """
            { a: __schema { types { ...A } } b: __schema { types { ...A } } __schema { __schema { types { ...A } } } }
            fragment A on __Type { fields { type { fields { type { fields { name } } } } } }
            """,
            [
                ("Maximum introspection depth exceeded", [(1, 3)]),
                ("Maximum introspection depth exceeded", [(1, 34)]),
                ("Maximum introspection depth exceeded", [(1, 65)]),
            ]
        )
    }

    @Test func `a fragment that is shallow here may be too deep there`() {
        expectErrors(
            MaxIntrospectionDepthRule.self,
            """
            { a: __schema { types { ...A } } b: __schema { types { fields { type { fields { type { ...A
            } } } } } } } fragment A on __Type { fields { name } }
            """,
            [
                ("Maximum introspection depth exceeded", [(1, 34)])
            ]
        )
    }
}
