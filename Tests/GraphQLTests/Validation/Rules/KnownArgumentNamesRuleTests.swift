import Testing

@testable import GraphQL

@Suite struct KnownArgumentNamesRuleTests {
    @Test(arguments: [
        "{ book(id: 1) { title(upper: true) @skip(if: true) } }",
        "{ missing(a: 1) { b(c: 2) } }",
        "{ book @unknown(a: 1) { id } }",
        "directive @mine(a: Int) on FIELD query { __typename @mine(a: 1) }",
    ])
    func `what fits is let through`(query: String) {
        expectValid(KnownArgumentNamesRule.self, query)
    }

    @Test func `a field must define the argument`() {
        expectErrors(
            KnownArgumentNamesRule.self,
            "{ book(key: 1) { title(upper: true, lower: true) } }",
            [
                (
                    "Unknown argument 'key' on field 'Query.book'.",
                    [(1, 8)]
                ),
                (
                    "Unknown argument 'lower' on field 'Book.title'. Did you mean 'upper'?",
                    [(1, 37)]
                ),
            ]
        )
    }

    @Test func `near names are suggested`() {
        expectErrors(
            KnownArgumentNamesRule.self,
            "{ probe { two(aa: 1, bb: 2) neededInt(off: 1) } find(frist: 1) { __typename } }",
            [
                (
                    "Unknown argument 'aa' on field 'Probe.two'. Did you mean 'a'?",
                    [(1, 15)]
                ),
                (
                    "Unknown argument 'bb' on field 'Probe.two'. Did you mean 'b'?",
                    [(1, 22)]
                ),
                (
                    "Unknown argument 'off' on field 'Probe.neededInt'. Did you mean 'of'?",
                    [(1, 39)]
                ),
                (
                    "Unknown argument 'frist' on field 'Query.find'. Did you mean 'first'?",
                    [(1, 54)]
                ),
            ]
        )
    }

    @Test func `suggestions can be switched off`() {
        expectErrors(
            KnownArgumentNamesRule.self,
            "{ find(frist: 1) { __typename @skip(iff: true) } }",
            suggests: false,
            [
                (
                    "Unknown argument 'frist' on field 'Query.find'.",
                    [(1, 8)]
                ),
                (
                    "Unknown argument 'iff' on directive '@skip'.",
                    [(1, 37)]
                ),
            ]
        )
    }

    @Test func `a directive must define the argument`() {
        expectErrors(
            KnownArgumentNamesRule.self,
            "{ book @skip(unless: true) @onField(if: true) { title @include(iff: true) } }",
            [
                (
                    "Unknown argument 'unless' on directive '@skip'.",
                    [(1, 14)]
                ),
                (
                    "Unknown argument 'if' on directive '@onField'.",
                    [(1, 37)]
                ),
                (
                    "Unknown argument 'iff' on directive '@include'. Did you mean 'if'?",
                    [(1, 64)]
                ),
            ]
        )
    }

    @Test func `what the document defines itself counts`() {
        expectErrors(
            KnownArgumentNamesRule.self,
            "directive @mine(some: Int) on FIELD query { __typename @mine(same: 1) }",
            [
                (
                    "Unknown argument 'same' on directive '@mine'. Did you mean 'some'?",
                    [(1, 62)]
                )
            ]
        )
    }

    @Test func `arguments of meta-fields are checked`() {
        expectErrors(
            KnownArgumentNamesRule.self,
            #"{ __typename(a: 1) __type(nam: "Book") { name } }"#,
            [
                (
                    "Unknown argument 'a' on field 'Query.__typename'.",
                    [(1, 14)]
                ),
                (
                    "Unknown argument 'nam' on field 'Query.__type'. Did you mean 'name'?",
                    [(1, 27)]
                ),
            ]
        )
    }
}
