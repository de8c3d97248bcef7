import Testing

@testable import GraphQL

@Suite struct ScalarLeafsRuleTests {
    @Test(arguments: [
        "{ book { title genre } }",
        "{ missing { title } }",
        "{ book { authors { name } } }",
        "{ __typename }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(ScalarLeafsRule.self, query)
    }

    @Test func `an object needs a selection set`() {
        expectErrors(
            ScalarLeafsRule.self,
            "{ book alias: member }",
            [
                (
                    "Field 'book' of type 'Book' must have a selection of subfields. Did you mean 'book { ... }'?",
                    [(1, 3)]
                ),
                (
                    "Field 'member' of type 'Member' must have a selection of subfields. Did you mean 'member { ... }'?",
                    [(1, 8)]
                ),
            ]
        )
    }

    @Test func `lists of objects need a selection set`() {
        expectErrors(
            ScalarLeafsRule.self,
            "{ book { authors } }",
            [
                (
                    "Field 'authors' of type '[Author!]!' must have a selection of subfields. Did"
                        + " you mean 'authors { ... }'?",
                    [(1, 10)]
                )
            ]
        )
    }

    @Test func `interfaces and unions need a selection set`() {
        expectErrors(
            ScalarLeafsRule.self,
            "{ item find }",
            [
                (
                    "Field 'item' of type 'Item' must have a selection of subfields. Did you mean 'item { ... }'?",
                    [(1, 3)]
                ),
                (
                    "Field 'find' of type '[Find!]!' must have a selection of subfields. Did you mean 'find { ... }'?",
                    [(1, 8)]
                ),
            ]
        )
    }

    @Test func `a scalar has no selection set`() {
        expectErrors(
            ScalarLeafsRule.self,
            """
            { book { title { length } id @audit(reason: "x") { length } } }
            """,
            [
                ("Field 'title' must not have a selection since type 'String' has no subfields.", [(1, 16)]),
                ("Field 'id' must not have a selection since type 'ID!' has no subfields.", [(1, 50)]),
            ]
        )
    }

    @Test func `an enum has no selection set`() {
        expectErrors(
            ScalarLeafsRule.self,
            "{ book { genre { name } title(upper: true) { length } } }",
            [
                ("Field 'genre' must not have a selection since type 'Genre' has no subfields.", [(1, 16)]),
                ("Field 'title' must not have a selection since type 'String' has no subfields.", [(1, 44)]),
            ]
        )
    }

    @Test func `meta-fields are checked too`() {
        expectErrors(
            ScalarLeafsRule.self,
            """
            { __typename { a } __schema __type(name: "Book") }
            """,
            [
                ("Field '__typename' must not have a selection since type 'String!' has no subfields.", [(1, 14)]),
                (
                    "Field '__schema' of type '__Schema!' must have a selection of subfields. Did"
                        + " you mean '__schema { ... }'?",
                    [(1, 20)]
                ),
                (
                    "Field '__type' of type '__Type' must have a selection of subfields. Did you mean '__type { ... }'?",
                    [(1, 29)]
                ),
            ]
        )
    }
}
