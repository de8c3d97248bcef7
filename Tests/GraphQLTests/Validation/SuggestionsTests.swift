import Testing

@testable import GraphQL

@Suite struct SuggestionsTests {
    @Test(arguments: [
        ("", ["a"], ["a"]),
        ("input", [], []),
        ("input", ["input", "other"], ["input"]),
        ("greenish", ["green"], ["green"]),
        ("green", ["greenish"], ["greenish"]),
        ("input", ["xinput", "xxinput"], ["xinput", "xxinput"]),
        (
            "verylongstring", ["VERYLONGSTRING", "veryLongString", "verylongstrinG"],
            ["VERYLONGSTRING", "veryLongString", "verylongstrinG"]
        ),
        ("agr", ["arg"], ["arg"]),
        ("214365879", ["123456789"], ["123456789"]),
        ("abc", ["a", "ab", "abc"], ["abc", "ab", "a"]),
        ("GRAPHQL", ["graphics", "SQL", "GraphQL", "quarks", "mark"], ["GraphQL", "graphics"]),
        ("a", ["a10", "a2", "a1"], ["a1", "a2"]),
        ("ab", ["xb", "ab2x", "ab10", "ab1"], ["ab1", "xb"]),
    ])
    func `near names come nearest first`(input: String, options: [String], expected: [String]) {
        var work = SuggestionWork()
        #expect(suggestionList(for: input, among: options, work: &work) == expected)
    }

    @Test(arguments: [
        ([], ""),
        (["a"], " Did you mean 'a'?"),
        (["a", "b"], " Did you mean 'a' or 'b'?"),
        (["a", "b", "c"], " Did you mean 'a', 'b', or 'c'?"),
        (["a", "b", "c", "d", "e", "f"], " Did you mean 'a', 'b', 'c', 'd', or 'e'?"),
    ])
    func `up to five names are suggested`(names: [String], expected: String) {
        #expect(didYouMean(names) == expected)
    }

    @Test func `a prefix stands before the names`() {
        #expect(didYouMean(["a", "b"], prefix: "the enum value") == " Did you mean the enum value 'a' or 'b'?")
    }

    @Test(arguments: [
        ("a", "b"), ("a1", "a2"), ("a2", "a10"), ("a01", "a1"), ("a", "a1"), ("a1b", "a1c"), ("a9", "aa"), ("A", "a"),
        ("1", "a"), ("a1b2", "a1b10"), ("", "a"),
    ])
    func `digits are ordered by their number`(first: String, second: String) {
        #expect(NaturalOrder(first) < NaturalOrder(second))
        #expect(!(NaturalOrder(second) < NaturalOrder(first)))
    }

    @Test func `huge names get no suggestions`() {
        var work = SuggestionWork()
        let name = String(repeating: "a", count: 60_000)
        #expect(suggestionList(for: name, among: [name], work: &work) == [])
        #expect(suggestionList(for: "a", among: [name, "b"], work: &work) == ["b"])
    }

    @Test func `comparing names ends when the work is spent`() {
        var work = SuggestionWork()
        let names = (0..<1_000).map { String(repeating: "x", count: 250) + "\($0)" }
        _ = suggestionList(for: String(repeating: "y", count: 250), among: names, work: &work)
        #expect(work.isSpent)
        #expect(suggestionList(for: "ab", among: ["abc"], work: &work) == [])
    }
}
