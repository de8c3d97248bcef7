import Testing

@testable import GraphQL

@Suite struct SingleFieldSubscriptionsRuleTests {
    @Test(arguments: [
        "subscription { lent { id } }",
        "subscription S { ...F } fragment F on Subscription { lent { id title } }",
        "query { book { id } member { name } }",
        "subscription { lent { id } lent { title } }",
        "subscription { ... @audit { lent { id } } ... on Book { id } ... on Missing { id } }",
        """
        subscription { ...A ...A } fragment A on Subscription { ...B lent { id } } fragment B on
        Subscription { ...A lent { id } }
        """,
    ])
    func `what fits is let through`(query: String) {
        expectValid(SingleFieldSubscriptionsRule.self, query)
    }

    @Test func `a named subscription selects one field`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            "subscription Two { lent { id } returned { id } }",
            [
                ("Subscription 'Two' must select only one top level field.", [(1, 32)])
            ]
        )
    }

    @Test func `an anonymous subscription selects one field`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            "subscription { lent { id } returned { id } }",
            [
                ("Anonymous Subscription must select only one top level field.", [(1, 28)])
            ]
        )
    }

    @Test func `fields of fragments count, each fragment once`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            """
            subscription S { ...A } fragment A on Subscription { lent { id } ...B } fragment B on
            Subscription { ...A other: lent { id } lent { title } ... { returned { id } } }
            """,
            [
                ("Subscription 'S' must select only one top level field.", [(2, 21), (2, 61)])
            ]
        )
    }

    @Test func `every field beyond the first is named`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            """
            subscription { a: lent { id } b: lent { id } a: lent { title } b: lent { title } c: lent {
            id } }
            """,
            [
                ("Anonymous Subscription must select only one top level field.", [(1, 31), (1, 64), (1, 82)])
            ]
        )
    }

    @Test func `an introspection field is no root field of a subscription`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            "subscription S { __typename }",
            [
                ("Subscription 'S' must not select an introspection top level field.", [(1, 18)])
            ]
        )
    }

    @Test func `an introspection field besides another is reported twice`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            "subscription { lent { id } __typename }",
            [
                ("Anonymous Subscription must select only one top level field.", [(1, 28)]),
                ("Anonymous Subscription must not select an introspection top level field.", [(1, 28)]),
            ]
        )
    }

    @Test func `a subscription whose fragments do not apply selects nothing`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            "subscription { ... on Book { id } }",
            [
                ("Anonymous Subscription must select one top level field.", [(1, 14)])
            ]
        )
    }

    @Test func `the root of a subscription hangs on no condition`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            """
            subscription S($on: Boolean!) { lent @include(if: $on) { id } ...F @skip(if: $on) ...
            @include(if: $on) { returned { id } } } fragment F on Subscription { returned { id } }
            """,
            [
                (
                    "Subscription 'S' must not use `@skip` or `@include` directives in the top level selection.",
                    [(1, 38), (1, 68), (2, 1)]
                )
            ]
        )
    }

    @Test func `conditions inside a fragment of the root are found`() {
        expectErrors(
            SingleFieldSubscriptionsRule.self,
            """
            subscription { ...F } fragment F on Subscription { lent @skip(if: true) @include(if: true)
            { id } }
            """,
            [
                (
                    "Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection.",
                    [(1, 57)]
                )
            ]
        )
    }

    @Test func `conditions below the root are allowed`() {
        expectValid(SingleFieldSubscriptionsRule.self, "subscription { lent { id @skip(if: true) } }")
    }
}
