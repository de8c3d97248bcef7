import Testing

@testable import GraphQL

@Suite struct NoSchemaIntrospectionCustomRuleTests {
    @Test(arguments: ["{ book { title } }", "{ __typename book { __typename } }", "{ missing { __schema } }"])
    func `what fits is let through`(query: String) {
        expectValid(NoSchemaIntrospectionCustomRule.self, query)
    }

    @Test func `the schema and its types are not told`() {
        expectErrors(
            NoSchemaIntrospectionCustomRule.self,
            "{ __schema { description } a: __type(name: \"Book\") { name } }",
            [
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field '__schema'.",
                    [(1, 3)]
                ),
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field '__type'.",
                    [(1, 28)]
                ),
            ]
        )
    }

    @Test func `nor are they inside fragments`() {
        expectErrors(
            NoSchemaIntrospectionCustomRule.self,
            "{ ...A } fragment A on Query { ... { __schema { queryType { name } } } }",
            [
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field '__schema'.",
                    [(1, 38)]
                ),
                (
                    "GraphQL introspection has been disabled, but the requested query contained the field 'queryType'.",
                    [(1, 49)]
                ),
            ]
        )
    }

    @Test func `it runs only where introspection is off`() throws {
        let document = try parse(Source("{ __schema { description } }"))
        var options = ValidationOptions()
        #expect(validate(document, against: library, options: options).isEmpty)
        options.allowsIntrospection = false
        #expect(validate(document, against: library, options: options).count == 1)
    }
}
