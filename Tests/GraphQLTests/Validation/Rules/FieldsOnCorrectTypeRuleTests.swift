import Testing

@testable import GraphQL

@Suite struct FieldsOnCorrectTypeRuleTests {
    @Test(arguments: [
        "{ book { title other: title __typename } }",
        "{ missing: book { id } }",
        "{ item { id __typename ... on Book { pages } } }",
        "{ find { __typename ... on Book { id } } }",
        """
        { __schema { types { name } } __type(name: "Book") { fields { name } } }
        """,
        "fragment F on Missing { anything { at all } }",
        "{ book { sequel { ... on Unknown { x } } } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(FieldsOnCorrectTypeRule.self, query)
    }

    @Test func `an unknown field comes with its nearest neighbours`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ book { tilte } }",
            [
                ("Cannot query field 'tilte' on type 'Book'. Did you mean 'title'?", [(1, 10)])
            ]
        )
    }

    @Test func `the alias is where a field starts`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ book { name: tilte(upper: true) } }",
            [
                ("Cannot query field 'tilte' on type 'Book'. Did you mean 'title'?", [(1, 10)])
            ]
        )
    }

    @Test func `below an unknown field nothing is checked`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ book { wholly { unknown { deep } } } }",
            [
                ("Cannot query field 'wholly' on type 'Book'.", [(1, 10)])
            ]
        )
    }

    @Test func `a field of implementations suggests an inline fragment`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ item { pages minutes } }",
            [
                (
                    "Cannot query field 'pages' on type 'Item'. Did you mean to use an inline"
                        + " fragment on 'Printed', 'Book', or 'Magazine'?",
                    [(1, 10)]
                ),
                (
                    "Cannot query field 'minutes' on type 'Item'. Did you mean to use an inline fragment on 'Film'?",
                    [(1, 16)]
                ),
            ]
        )
    }

    @Test func `a field of members of a union suggests an inline fragment`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ find { title name id } }",
            [
                (
                    "Cannot query field 'title' on type 'Find'. Did you mean to use an inline"
                        + " fragment on 'Item', 'Film', 'Printed', or 'Book'?",
                    [(1, 10)]
                ),
                (
                    "Cannot query field 'name' on type 'Find'. Did you mean to use an inline fragment on 'Author'?",
                    [(1, 16)]
                ),
                (
                    "Cannot query field 'id' on type 'Find'. Did you mean to use an inline fragment"
                        + " on 'Item', 'Lendable', 'Film', 'Printed', or 'Book'?",
                    [(1, 21)]
                ),
            ]
        )
    }

    @Test func `a union has no fields to suggest`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ find { nothing } }",
            [
                ("Cannot query field 'nothing' on type 'Find'.", [(1, 10)])
            ]
        )
    }

    @Test func `a field of an interface is misspelt`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ lendable { dueat } }",
            [
                ("Cannot query field 'dueat' on type 'Lendable'. Did you mean 'dueAt'?", [(1, 14)])
            ]
        )
    }

    @Test func `introspection starts at the query root only`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            """
            mutation { __schema { types { name } } } { book { __type(name: "A") { name } } }
            """,
            [
                ("Cannot query field '__schema' on type 'Mutation'.", [(1, 12)]),
                ("Cannot query field '__type' on type 'Book'.", [(1, 51)]),
            ]
        )
    }

    @Test func `without suggestions nothing of the schema is told`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ book { tilte } item { pages } }",
            suggests: false,
            [
                ("Cannot query field 'tilte' on type 'Book'.", [(1, 10)]),
                ("Cannot query field 'pages' on type 'Item'.", [(1, 25)]),
            ]
        )
    }

    @Test func `inline fragments and definitions have parents of their own`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ item { ... on Film { pages ... on Item { minutes } } } } fragment F on Find { ... { x } }",
            [
                ("Cannot query field 'pages' on type 'Film'.", [(1, 24)]),
                (
                    "Cannot query field 'minutes' on type 'Item'. Did you mean to use an inline fragment on 'Film'?",
                    [(1, 44)]
                ),
                ("Cannot query field 'x' on type 'Find'.", [(1, 87)]),
            ]
        )
    }

    @Test func `at most five types are suggested, the commonest first`() {
        expectErrors(
            FieldsOnCorrectTypeRule.self,
            "{ t { f } }",
            schema: """
                interface T { bar: String } interface Common { f: String } interface Rare implements Common
                { f: String } type A10 implements T & Common & Rare { f: String bar: String } type A2
                implements T & Common & Rare { f: String bar: String } type B implements T & Common { f:
                String bar: String } type C implements T & Common { f: String bar: String } type D
                implements T & Common { f: String bar: String } type E implements T & Common { f: String
                bar: String } type Query { t: T }
                """,
            [
                (
                    "Cannot query field 'f' on type 'T'. Did you mean to use an inline fragment on"
                        + " 'Common', 'Rare', 'A2', 'A10', or 'B'?",
                    [(1, 7)]
                )
            ]
        )
    }
}
