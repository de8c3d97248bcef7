import Testing

@testable import GraphQLServer

@Suite struct MediaRangePreferenceTests {
    @Test(
        arguments: [
            (nil, false), ("*/*", false), ("text/html", true), ("text/*", true), ("TEXT/HTML;charset=utf-8", true),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true),
            ("text/html,*/*", true), ("*/*,text/html", true), ("text/html;q=0.5,*/*", false),
            ("application/json,text/html", false), ("text/html,application/json", true),
            ("text/html;q=0.9,application/json", false), ("text/html,application/json;q=0.9", true),
            ("text/*,application/json", false), ("text/html;q=0", false), ("text/*,text/html;q=0", false), ("", false),
        ] as [(String?, Bool)]
    )
    func `a type is preferred where the client names it and likes nothing better`(accept: String?, isPreferred: Bool) {
        let others = [("application", "json"), ("application", "graphql-response+json")]
        #expect(MediaRange.prefers(("text", "html"), over: others, accept: accept.map { [$0] } ?? []) == isPreferred)
    }

    @Test func `several fields are one list`() {
        let others = [("application", "json")]
        #expect(!MediaRange.prefers(("text", "html"), over: others, accept: ["application/json", "text/html"]))
        #expect(MediaRange.prefers(("text", "html"), over: others, accept: ["text/html", "application/json"]))
    }
}
