import Testing

@testable import GraphQL

/// Long documents that are made of one thing only: read in one pass, they are done at once.
@Suite(.timeLimit(.minutes(1))) struct LongDocumentTests {
    private static let length = 200_000

    private static func repeated(_ text: String) -> String {
        String(repeating: text, count: length / text.utf8.count)
    }

    @Test(arguments: [",", " ", "\n", "\r", "\r\n", "#\n", "#", "# é\r", "\u{FEFF}"])
    func `what is no token is passed over`(ignored: String) throws {
        let document = try parse(Source("{ a" + Self.repeated(ignored) + "\n}"))
        #expect(document.tokenCount == 3)
    }

    @Test(arguments: ["x", "é", "\\n", "\\u00e9", "\\u{1F600}", "\\uD83D\\uDE00"])
    func `a string may be long`(character: String) throws {
        let value = try parseValue(Source("\"" + Self.repeated(character) + "\""))
        guard case .string(let string, false) = value.kind else { throw NotFound() }
        #expect(string.unicodeScalars.count == Self.length / character.utf8.count)
    }

    @Test(arguments: ["x", "\n", "  x\n", "\r\n\t", "\\\"\"\"", "\"\" ", "\\"])
    func `a block string may be long`(text: String) throws {
        let raw = Self.repeated(text)
        let value = try parseValue(Source("\"\"\"\(raw)\n\"\"\""))
        guard case .string(_, true) = value.kind else { throw NotFound() }
        #expect(try parseValue(Source(value.printed), limits: .unlimited).printed == value.printed)
    }

    @Test func `a name and a number may be long`() throws {
        #expect(try parse(Source("{ \(Self.repeated("a")) }")).tokenCount == 3)
        #expect(try parseValue(Source(Self.repeated("1") + ".5e" + String(repeating: "9", count: 1000))).offset == 0)
    }

    @Test(arguments: ["\"", "\"\"\"", "\"\\", "{ a(b: \"\\u", "query Q", "{ a @"])
    func `what never ends is refused`(start: String) throws {
        let error = try #require(throws: GraphQLError.self) { try parse(Source(start + Self.repeated("b"))) }
        #expect(error.message.utf8.count < 1000)
        #expect(error.locations.count == 1)
    }

    private struct NotFound: Error {}
}
