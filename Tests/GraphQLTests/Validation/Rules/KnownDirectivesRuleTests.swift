import Testing

@testable import GraphQL

@Suite struct KnownDirectivesRuleTests {
    @Test(arguments: [
        "{ book @skip(if: true) { title @include(if: false) } }",
        "query ($a: Int @audit) @audit { ...F @audit ... @audit { find(first: $a) { __typename @audit } } } fragment F on Query @audit { __typename }",
        "mutation @audit { giveBack(book: 1) { id } }",
        "subscription @audit { returned { id } }",
        "directive @mine on FIELD query { __typename @mine }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(KnownDirectivesRule.self, query)
    }

    @Test func `a directive must be defined`() {
        expectErrors(
            KnownDirectivesRule.self,
            "query @one { book @two { title @skip(if: true) @three(a: 1) } }",
            [
                (
                    "Unknown directive '@one'.",
                    [(1, 7)]
                ),
                (
                    "Unknown directive '@two'.",
                    [(1, 19)]
                ),
                (
                    "Unknown directive '@three'.",
                    [(1, 48)]
                ),
            ]
        )
    }

    @Test func `a directive must stand where it may`() {
        expectErrors(
            KnownDirectivesRule.self,
            "query ($a: Int @onField) @onField { ...F @onField find(first: $a) @onQuery { ... @onField { __typename } } } fragment F on Query @onField { __typename }",
            [
                (
                    "Directive '@onField' may not be used on variable definition.",
                    [(1, 16)]
                ),
                (
                    "Directive '@onField' may not be used on query.",
                    [(1, 26)]
                ),
                (
                    "Directive '@onField' may not be used on fragment spread.",
                    [(1, 42)]
                ),
                (
                    "Directive '@onQuery' may not be used on field.",
                    [(1, 67)]
                ),
                (
                    "Directive '@onField' may not be used on inline fragment.",
                    [(1, 82)]
                ),
                (
                    "Directive '@onField' may not be used on fragment definition.",
                    [(1, 130)]
                ),
            ]
        )
    }

    @Test func `mutations and subscriptions are places of their own`() {
        expectErrors(
            KnownDirectivesRule.self,
            "mutation @onQuery { giveBack(book: 1) { id } } subscription @onField { returned { id } }",
            [
                (
                    "Directive '@onQuery' may not be used on mutation.",
                    [(1, 10)]
                ),
                (
                    "Directive '@onField' may not be used on subscription.",
                    [(1, 61)]
                ),
            ]
        )
    }

    @Test func `definitions of types are checked too`() {
        expectErrors(
            KnownDirectivesRule.self,
            "type T @onField { a(b: Int @onQuery): Int @onField } input I @skip { a: Int @onField } enum E @onField { A @onField } union U @onField = T scalar S @onField interface N @onField { a: Int } extend schema @onField",
            [
                (
                    "Directive '@onField' may not be used on object.",
                    [(1, 8)]
                ),
                (
                    "Directive '@onQuery' may not be used on argument definition.",
                    [(1, 28)]
                ),
                (
                    "Directive '@onField' may not be used on field definition.",
                    [(1, 43)]
                ),
                (
                    "Directive '@skip' may not be used on input object.",
                    [(1, 62)]
                ),
                (
                    "Directive '@onField' may not be used on input field definition.",
                    [(1, 77)]
                ),
                (
                    "Directive '@onField' may not be used on enum.",
                    [(1, 95)]
                ),
                (
                    "Directive '@onField' may not be used on enum value.",
                    [(1, 108)]
                ),
                (
                    "Directive '@onField' may not be used on union.",
                    [(1, 127)]
                ),
                (
                    "Directive '@onField' may not be used on scalar.",
                    [(1, 149)]
                ),
                (
                    "Directive '@onField' may not be used on interface.",
                    [(1, 170)]
                ),
                (
                    "Directive '@onField' may not be used on schema.",
                    [(1, 204)]
                ),
            ]
        )
    }
}
