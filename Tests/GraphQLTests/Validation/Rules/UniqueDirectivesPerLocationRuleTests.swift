import Testing

@testable import GraphQL

@Suite struct UniqueDirectivesPerLocationRuleTests {
    @Test(arguments: [
        "{ book @audit @audit { title @skip(if: true) @include(if: true) } }",
        "{ book @skip(if: true) { id @skip(if: false) } }",
        "{ book @unknown @unknown { id } }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(UniqueDirectivesPerLocationRule.self, query)
    }

    @Test func `a directive stands once`() {
        expectErrors(
            UniqueDirectivesPerLocationRule.self,
            "{ book @onField @onField { id } }",
            [
                (
                    "The directive '@onField' can only be used once at this location.",
                    [(1, 8), (1, 17)]
                )
            ]
        )
    }

    @Test func `each further one is compared with the first`() {
        expectErrors(
            UniqueDirectivesPerLocationRule.self,
            "{ book @onField @skip(if: true) @onField @skip(if: true) @onField { id } }",
            [
                (
                    "The directive '@onField' can only be used once at this location.",
                    [(1, 8), (1, 33)]
                ),
                (
                    "The directive '@skip' can only be used once at this location.",
                    [(1, 17), (1, 42)]
                ),
                (
                    "The directive '@onField' can only be used once at this location.",
                    [(1, 8), (1, 58)]
                ),
            ]
        )
    }

    @Test func `every kind of place is checked`() {
        expectErrors(
            UniqueDirectivesPerLocationRule.self,
            "query @onQuery @onQuery { ...F @skip(if: true) @skip(if: true) ... @include(if: true) @include(if: true) { __typename } } fragment F on Query @onField @onField { __typename }",
            [
                (
                    "The directive '@onQuery' can only be used once at this location.",
                    [(1, 7), (1, 16)]
                ),
                (
                    "The directive '@skip' can only be used once at this location.",
                    [(1, 32), (1, 48)]
                ),
                (
                    "The directive '@include' can only be used once at this location.",
                    [(1, 68), (1, 87)]
                ),
                (
                    "The directive '@onField' can only be used once at this location.",
                    [(1, 143), (1, 152)]
                ),
            ]
        )
    }

    @Test func `a type and its extensions are one place`() {
        expectErrors(
            UniqueDirectivesPerLocationRule.self,
            "directive @own on OBJECT | SCHEMA type T @own { a: Int @own @own } extend type T @own extend schema @own extend schema @own type V @own",
            [
                (
                    "The directive '@own' can only be used once at this location.",
                    [(1, 56), (1, 61)]
                ),
                (
                    "The directive '@own' can only be used once at this location.",
                    [(1, 42), (1, 82)]
                ),
                (
                    "The directive '@own' can only be used once at this location.",
                    [(1, 101), (1, 120)]
                ),
            ]
        )
    }
}
