import Testing

@testable import GraphQL

/// Documents made to be slow or deep, as long as a request body may be, against all rules.
///
/// Each would take minutes, or overflow the stack, were a rule not linear.
@Suite struct HostileDocumentTests {
    private func joined(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined(separator: " ")
    }

    private func messages(_ query: String) -> [String] {
        errors(specifiedRules, query).map(\.message)
    }

    @Test func `a chain of ten thousand fragments is followed without recursion`() {
        let chain = joined(10_000) { "fragment F\($0) on Book { id ...F\($0 + 1) }" }
        #expect(messages("{ book { ...F0 } } \(chain) fragment F10000 on Book { id }") == [])
    }

    @Test func `a cycle of ten thousand fragments is reported in few words`() throws {
        let chain = joined(10_000) { "fragment F\($0) on Book { ...F\(($0 + 1) % 10_000) }" }
        let found = errors([NoFragmentCyclesRule.self], "{ book { ...F0 } } \(chain)")
        let error = try #require(found.first)
        #expect(found.count == 1)
        #expect(error.message.hasPrefix("Cannot spread fragment 'F0' within itself via 'F0', 'F1', ") == false)
        #expect(error.message.hasPrefix("Cannot spread fragment 'F0' within itself via 'F1', 'F2', "))
        #expect(error.message.utf8.count < 2_100)
        #expect(error.locations.count == 100)
    }

    @Test func `two to the hundredth spreads are two hundred`() {
        let fragments = joined(100) {
            "fragment F\($0) on Book { sequel { ...F\($0 + 1) } b: sequel { ...F\($0 + 1) } }"
        }
        #expect(messages("{ book { ...F0 } } \(fragments) fragment F100 on Book { id }") == [])
    }

    @Test func `thousands of fragments that all spread the first end at the limit of errors`() {
        let fragments = joined(5_000) { "fragment F\($0) on Book { ...F0 ...F\($0 + 1) }" }
        let found = errors([NoFragmentCyclesRule.self], "{ book { ...F0 } } \(fragments) fragment F5000 on Book { id }")
        #expect(found.count == 101)
    }

    @Test func `thousands of operations over thousands of fragments are given up`() {
        let operations = joined(2_000) { "query Q\($0)($v: Boolean) { book { ...F\($0) } }" }
        let fragments = joined(2_000) { "fragment F\($0) on Book { title(upper: $v) ...F\($0 + 1) }" }
        let query = "\(operations) \(fragments) fragment F2000 on Book { id }"
        #expect(errors([NoUndefinedVariablesRule.self], query).map(\.message) == ["Validation aborted."])
        #expect(messages(query).count == 1)
    }

    @Test func `thousands of subscriptions over thousands of fragments are given up`() {
        let operations = joined(2_000) { "subscription Q\($0) { ...F\($0) }" }
        let fragments = joined(2_000) { "fragment F\($0) on Subscription { ...F\($0 + 1) }" }
        let query = "\(operations) \(fragments) fragment F2000 on Subscription { lent { id } }"
        #expect(errors([SingleFieldSubscriptionsRule.self], query).map(\.message) == ["Validation aborted."])
        #expect(messages(query).count == 1)
    }

    @Test func `introspection through binary fan-out is measured once a fragment`() {
        let fragments = joined(100) { "fragment F\($0) on __Type { ofType { ...F\($0 + 1) } ...F\($0 + 1) }" }
        let query = "{ __schema { types { ...F0 } } } \(fragments) fragment F100 on __Type { fields { name } }"
        #expect(errors([MaxIntrospectionDepthRule.self], query) == [])
    }

    @Test func `a hundred thousand unknown fields end at the limit of errors`() {
        #expect(messages("{ \(joined(100_000) { "x\($0)" }) }").count == 101)
    }

    @Test func `unknown names as long as a body are not compared`() {
        let huge = String(repeating: "x", count: 250_000)
        let found = messages("{ \(huge) ... on \(huge) { id } book(\(huge): 1) { ...\(huge) } }")
        #expect(found.allSatisfy { $0.utf8.count < 2_100 })
        #expect(found.count == 4)
    }

    @Test func `a document that defines thousands of types is not searched for near names for long`() {
        let name = String(repeating: "y", count: 250)
        let types = joined(2_000) { "scalar \(name)z\($0)" }
        let fragments = joined(100) { "... on \(name)x\($0) { id }" }
        #expect(errors([KnownTypeNamesRule.self], "{ \(fragments) } \(types)").count == 100)
    }
}
