import Testing

@testable import GraphQL

@Suite struct DocumentLimitsTests {
    private func refusal(_ text: String, _ limits: DocumentLimits = .standard) throws -> GraphQLError {
        try #require(throws: GraphQLError.self) { try parse(Source(text), limits: limits) }
    }

    private func extensions(_ limit: String, maximum: Int, actual: Int) -> Value.Object {
        [
            "code": .string("QUERY_TOO_COMPLEX"), "limit": .string(limit), "maximum": .int(maximum),
            "actual": .int(actual),
        ]
    }

    @Test func `bytes are counted before anything is read`() throws {
        let limits = DocumentLimits(maxBytes: 5)
        _ = try parse(Source("{ a }"), limits: limits)
        let error = try refusal("\u{FF} no document", limits)
        #expect(error.message == "Syntax Error: Source contains more than 5 bytes. Parsing aborted.")
        #expect(error.locations.isEmpty)
        #expect(error.extensions == extensions("maxBytes", maximum: 5, actual: 14))
    }

    @Test func `tokens are counted without comments, commas and the end`() throws {
        let text = "{ a, b # c d e\n (f: 1) }"
        let document = try parse(Source(text), limits: DocumentLimits(maxTokens: 9))
        #expect(document.tokenCount == 9)
        let error = try refusal(text, DocumentLimits(maxTokens: 8))
        #expect(error.message == "Syntax Error: Document contains more than 8 tokens. Parsing aborted.")
        #expect(error.locations == [SourceLocation(line: 2, column: 9)])
        #expect(error.extensions == extensions("maxTokens", maximum: 8, actual: 9))
    }

    @Test func `directives of one node are counted`() throws {
        let limits = DocumentLimits(maxDirectivesPerNode: 2)
        _ = try parse(Source("{ a @b @c d @b @c }"), limits: limits)
        let error = try refusal("{ a @b @c @d }", limits)
        #expect(
            error.message
                == "Syntax Error: Document contains more than 2 directives on one node. Parsing aborted."
        )
        #expect(error.locations == [SourceLocation(line: 1, column: 11)])
        #expect(error.extensions == extensions("maxDirectivesPerNode", maximum: 2, actual: 3))
    }

    /// What opens a level, what stands inside the innermost, and what closes a level.
    @Test(arguments: [
        ("{ a ", "{ a }", " }", 0), ("[", "[]", "]", 1), ("{ b: ", "{}", " }", 1), ("[", "[Int]", "]", 2),
    ])
    func `everything that nests counts towards one depth`(
        open: String,
        innermost: String,
        close: String,
        kind: Int
    ) throws {
        func document(depth: Int) -> String {
            let nested =
                String(repeating: open, count: depth - 1) + innermost + String(repeating: close, count: depth - 1)
            return switch kind {
            case 0: nested
            case 1: "query ($v: T = \(nested)) { a }"
            default: "query ($v: \(nested)) { a }"
            }
        }
        _ = try parse(Source(document(depth: 100)))
        let error = try refusal(document(depth: 101))
        #expect(error.message == "Syntax Error: Document is nested too deeply. Parsing aborted.")
        #expect(error.locations.count == 1)
        #expect(error.extensions == extensions("maxDepth", maximum: 100, actual: 101))
    }

    @Test(arguments: [("", "{a"), ("{a(b:", "["), ("{a(b:", "{c:"), ("{a(b:", "[{c:"), ("query($a:", "[")])
    func `endless nesting ends at the limit`(start: String, level: String) throws {
        let text = start + String(repeating: level, count: 200_000)
        #expect(try refusal(text).extensions["limit"] == .string("maxDepth"))
        #expect(try refusal(text, .unlimited).extensions["limit"] == .string("maxDepth"))
    }

    @Test func `a schema file may be long`() throws {
        let fields = (0..<10_000).map { "f\($0): Int" }.joined(separator: " ")
        let document = try parse(Source("type A { \(fields) }"), limits: .unlimited)
        #expect(document.tokenCount == 30_004)
        #expect(try refusal("type A { \(fields) }").code == "QUERY_TOO_COMPLEX")
    }
}
