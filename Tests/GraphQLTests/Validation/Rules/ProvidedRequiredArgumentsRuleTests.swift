import Testing

@testable import GraphQL

@Suite struct ProvidedRequiredArgumentsRuleTests {
    @Test(arguments: [
        "{ probe { two(b: 1, a: 2) defaulted int neededInt(of: 1) } }",
        "{ missing @unknown { x } book @needs(level: 1) { id } }",
        #"{ __type(name: "Book") { name } }"#,
    ])
    func `what fits is let through`(query: String) {
        expectValid(ProvidedRequiredArgumentsRule.self, query)
    }

    @Test func `a required argument is given`() {
        expectErrors(
            ProvidedRequiredArgumentsRule.self,
            "{ probe { neededInt two(a: 1) } }",
            [
                (
                    "Argument 'Probe.neededInt(of:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 11)]
                ),
                (
                    "Argument 'Probe.two(b:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 21)]
                ),
            ]
        )
    }

    @Test func `each missing one is reported`() {
        expectErrors(
            ProvidedRequiredArgumentsRule.self,
            "{ probe { two(of: 1) } }",
            [
                (
                    "Argument 'Probe.two(a:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 11)]
                ),
                (
                    "Argument 'Probe.two(b:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 11)]
                ),
            ]
        )
    }

    @Test func `the deepest comes first`() {
        expectErrors(
            ProvidedRequiredArgumentsRule.self,
            "mutation { lend { sequel: sequel @needs { id } } }",
            [
                (
                    "Argument '@needs(level:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 34)]
                ),
                (
                    "Argument 'Mutation.lend(book:)' of type 'ID!' is required, but it was not provided.",
                    [(1, 12)]
                ),
                (
                    "Argument 'Mutation.lend(to:)' of type 'ID!' is required, but it was not provided.",
                    [(1, 12)]
                ),
            ]
        )
    }

    @Test func `a directive is given its arguments`() {
        expectErrors(
            ProvidedRequiredArgumentsRule.self,
            "{ book @needs @skip @include(unless: true) { id } }",
            [
                (
                    "Argument '@needs(level:)' of type 'Int!' is required, but it was not provided.",
                    [(1, 8)]
                ),
                (
                    "Argument '@skip(if:)' of type 'Boolean!' is required, but it was not provided.",
                    [(1, 15)]
                ),
                (
                    "Argument '@include(if:)' of type 'Boolean!' is required, but it was not provided.",
                    [(1, 21)]
                ),
            ]
        )
    }

    @Test func `fields of the introspection are told apart`() {
        expectErrors(
            ProvidedRequiredArgumentsRule.self,
            "{ __type { fields { name } } }",
            [
                (
                    "Argument '<meta>.__type(name:)' of type 'String!' is required, but it was not "
                        + "provided.",
                    [(1, 3)]
                )
            ]
        )
    }

    @Test func `what the document defines itself counts`() {
        expectErrors(
            ProvidedRequiredArgumentsRule.self,
            "directive @mine(a: [Int!]!, b: Int! = 1, c: Int) on FIELD query { __typename @mine }",
            [
                (
                    "Argument '@mine(a:)' of type '[Int!]!' is required, but it was not provided.",
                    [(1, 78)]
                )
            ]
        )
    }
}
