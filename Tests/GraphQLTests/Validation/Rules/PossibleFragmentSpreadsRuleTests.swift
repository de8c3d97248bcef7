import Testing

@testable import GraphQL

@Suite struct PossibleFragmentSpreadsRuleTests {
    @Test(arguments: [
        "fragment F on Book { ... on Book { id } ... { id } ... @include(if: true) { id } }",
        "fragment F on Item { ... on Book { id } }",
        "fragment F on Book { ... on Item { id } ... on Find { __typename } }",
        "fragment F on Item { ... on Lendable { id } ... on Find { __typename } }",
        "fragment F on Find { ...B ... on Item { id } } fragment B on Book { id }",
        """
        fragment F on Book { ...Missing ... on Missing { id } ...OnMissing ...OnScalar } fragment
        OnMissing on Missing { id } fragment OnScalar on Int { id }
        """,
        "fragment F on Printed { ... on Lendable { id } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(PossibleFragmentSpreadsRule.self, query)
    }

    @Test func `an object is never another object`() {
        expectErrors(
            PossibleFragmentSpreadsRule.self,
            "fragment F on Book { ... on Film { id } ...M } fragment M on Member { name }",
            [
                (
                    "Fragment cannot be spread here as objects of type 'Book' can never be of type 'Film'.",
                    [(1, 22)]
                ),
                (
                    "Fragment 'M' cannot be spread here as objects of type 'Book' can never be of type 'Member'.",
                    [(1, 41)]
                ),
            ]
        )
    }

    @Test func `an object is never an interface it does not implement`() {
        expectErrors(
            PossibleFragmentSpreadsRule.self,
            "fragment F on Film { ... on Printed { pages } } fragment P on Printed { ... on Film { id } }",
            [
                (
                    "Fragment cannot be spread here as objects of type 'Film' can never be of type 'Printed'.",
                    [(1, 22)]
                ),
                (
                    "Fragment cannot be spread here as objects of type 'Printed' can never be of type 'Film'.",
                    [(1, 73)]
                ),
            ]
        )
    }

    @Test func `an object is never a union it is no member of`() {
        expectErrors(
            PossibleFragmentSpreadsRule.self,
            "fragment F on Member { ...U } fragment U on Find { ... on Magazine { id } }",
            [
                (
                    "Fragment 'U' cannot be spread here as objects of type 'Member' can never be of type 'Find'.",
                    [(1, 24)]
                ),
                (
                    "Fragment cannot be spread here as objects of type 'Find' can never be of type 'Magazine'.",
                    [(1, 52)]
                ),
            ]
        )
    }

    @Test func `abstract types without a common object are never one another`() {
        expectErrors(
            PossibleFragmentSpreadsRule.self,
            "fragment F on A { ... on B { __typename } ...U } fragment U on U { ... on A { x } }",
            schema: """
                interface A { x: Int } interface B { x: Int } type C implements A { x: Int } type D
                implements B { x: Int } union U = D type Query { a: A b: B u: U c: C }
                """,
            [
                ("Fragment cannot be spread here as objects of type 'A' can never be of type 'B'.", [(1, 19)]),
                ("Fragment 'U' cannot be spread here as objects of type 'A' can never be of type 'U'.", [(1, 43)]),
                ("Fragment cannot be spread here as objects of type 'U' can never be of type 'A'.", [(1, 68)]),
            ]
        )
    }

    @Test func `a selection in a field has the field as parent`() {
        expectErrors(
            PossibleFragmentSpreadsRule.self,
            "{ book { borrower { ... on Book { id } } } }",
            [
                (
                    "Fragment cannot be spread here as objects of type 'Member' can never be of type 'Book'.",
                    [(1, 21)]
                )
            ]
        )
    }
}
