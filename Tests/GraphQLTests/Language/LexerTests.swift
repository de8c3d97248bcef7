import Testing

@testable import GraphQL

@Suite struct LexerTests {
    private func tokens(_ text: String) throws -> [(kind: TokenKind, start: Int, end: Int, value: String)] {
        var lexer = Lexer(Source(text))
        var tokens: [(kind: TokenKind, start: Int, end: Int, value: String)] = []
        while true {
            let token = try lexer.next()
            if token.kind == .endOfFile { return tokens }
            tokens.append((token.kind, token.start, token.end, lexer.value(of: token)))
        }
    }

    @Test func `every punctuator is a token`() throws {
        let kinds: [TokenKind] = [
            .bang, .dollar, .ampersand, .leftParenthesis, .rightParenthesis, .spread, .colon, .equals, .at,
            .leftBracket,
            .rightBracket, .leftBrace, .pipe, .rightBrace,
        ]
        #expect(try tokens("!$&()...:=@[]{|}").map(\.kind) == kinds)
    }

    @Test func `white space, commas, comments and byte order marks are no tokens`() throws {
        let found = try tokens("\u{FEFF}, \t\r\n#a \"comment\" é\r,b#c\n\u{FEFF}d_1#")
        #expect(found.map(\.value) == ["b", "d_1"])
        #expect(found.map(\.start) == [25, 32])
    }

    @Test func `at the end there is one end-of-file token after another`() throws {
        var lexer = Lexer(Source("a "))
        _ = try lexer.next()
        for _ in 0..<2 {
            let token = try lexer.next()
            #expect(token.kind == .endOfFile)
            #expect(token.start == 2)
        }
    }

    @Test(arguments: [
        ("4", TokenKind.int), ("-4", .int), ("0", .int), ("-0", .int), ("123456789012345678901234567890", .int),
        ("4.123", .float), ("-0.0", .float), ("1e4", .float), ("1E-4", .float), ("-1.2e+34", .float), ("0e0", .float),
    ])
    func `a number keeps its digits`(text: String, kind: TokenKind) throws {
        let found = try tokens(text)
        #expect(found.map(\.kind) == [kind])
        #expect(found.map(\.value) == [text])
    }

    @Test(arguments: [
        (#""""#, ""), (#""plain""#, "plain"), (#"" white ""#, " white "), (#""quote \"""#, "quote \""),
        (#""\b\f\n\r\t\\\/""#, "\u{8}\u{C}\n\r\t\\/"), (#""\u00e9\u00E9\u0000""#, "éé\u{0}"),
        (#""\u{0}\u{e9}\u{1F600}\u{0010FFFF}""#, "\u{0}é😀\u{10FFFF}"), (#""\uD83D\uDE00""#, "😀"),
        ("\"é😀 \u{7F}\u{0}\"", "é😀 \u{7F}\u{0}"),
    ])
    func `a string stands for its characters`(text: String, value: String) throws {
        let found = try tokens(text)
        #expect(found.map(\.kind) == [.string])
        #expect(found.map(\.value) == [value])
    }

    /// What cannot be a token: the message after `Syntax Error: `, and the column in its last line.
    @Test(arguments: [
        ("\u{0}", "Unexpected character: U+0000.", 1),
        ("é", "Unexpected character: U+00E9.", 1),
        ("a😀", "Unexpected character: U+1F600.", 2),
        ("?", #"Unexpected character: '?'."#, 1),
        ("\\", "Unexpected character: '\\'.", 1),
        ("'a'", "Unexpected single quote character ('), did you mean to use a double quote (\")?", 1),
        (".", #"Unexpected character: '.'."#, 1),
        ("..", #"Unexpected '..', did you mean '...'?"#, 1),
        (".. .", #"Unexpected '..', did you mean '...'?"#, 1),
        (".123x", #"Invalid number, expected digit before '.', did you mean '0.123'?"#, 1),
        ("00", #"Invalid number, unexpected digit after 0: '0'."#, 2),
        ("-01", #"Invalid number, unexpected digit after 0: '1'."#, 3),
        ("+1", #"Unexpected character: '+'."#, 1),
        ("-", "Invalid number, expected digit but got: <EOF>.", 2),
        ("1.", "Invalid number, expected digit but got: <EOF>.", 3),
        ("1.a", #"Invalid number, expected digit but got: 'a'."#, 3),
        ("1e+\"", "Invalid number, expected digit but got: '\"'.", 4),
        ("1.2.3", #"Invalid number, expected digit but got: '.'."#, 4),
        ("0xF1", #"Invalid number, expected digit but got: 'x'."#, 2),
        ("1_", #"Invalid number, expected digit but got: '_'."#, 2),
        (#"""#, "Unterminated string.", 2),
        ("\"é\n\"", "Unterminated string.", 3),
        ("\"a\rb\"", "Unterminated string.", 3),
        (#""\z""#, #"Invalid character escape sequence: '\z'."#, 2),
        (#""\"#, #"Invalid character escape sequence: '\'."#, 2),
        (#""é\é""#, #"Invalid character escape sequence: '\é'."#, 3),
        (#""\u1 esc""#, #"Invalid Unicode escape sequence: '\u1 es'."#, 2),
        (#""\uXXXF""#, #"Invalid Unicode escape sequence: '\uXXXF'."#, 2),
        (#""\uD800""#, #"Invalid Unicode escape sequence: '\uD800'."#, 2),
        (#""\uDEAD\uDEAD""#, #"Invalid Unicode escape sequence: '\uDEAD'."#, 2),
        (#""\uD83D\u0041""#, #"Invalid Unicode escape sequence: '\uD83D'."#, 2),
        (#""\u{}""#, #"Invalid Unicode escape sequence: '\u{}'."#, 2),
        (#""\u{FXXX}""#, #"Invalid Unicode escape sequence: '\u{FX'."#, 2),
        (#""\u{D800}""#, #"Invalid Unicode escape sequence: '\u{D800}'."#, 2),
        (#""\u{110000}""#, #"Invalid Unicode escape sequence: '\u{110000}'."#, 2),
        (#""\u{000000000}""#, #"Invalid Unicode escape sequence: '\u{000000000'."#, 2),
        (#""\u{FFé}""#, #"Invalid Unicode escape sequence: '\u{FFé'."#, 2),
        (#""\u{12"#, #"Invalid Unicode escape sequence: '\u{12'."#, 2),
        (#"""""#, "Unterminated string.", 4),
        ("\"\"\"a\nb", "Unterminated string.", 2),
    ])
    func `what cannot be a token is refused with its place`(text: String, message: String, column: Int) throws {
        let error = try #require(throws: GraphQLError.self) { try tokens(text) }
        #expect(error.message == "Syntax Error: " + message)
        #expect(error.locations.map(\.column) == [column])
    }

    @Test(
        arguments: [[0x22, 0xFF, 0x22], [0x23, 0xC3], [0x61, 0xED, 0xA0, 0x80], [0x20, 0xF4, 0x90, 0x80, 0x80]]
            as [[UInt8]]
    )
    func `bytes that are no UTF-8 are refused, also in comments`(bytes: [UInt8]) throws {
        let error = try #require(throws: GraphQLError.self) { try parse(Source(bytes: bytes)) }
        #expect(error.message == "Syntax Error: Invalid UTF-8.")
        #expect(error.locations == [SourceLocation(line: 1, column: 2)])
        #expect(error.code == "GRAPHQL_PARSE_FAILED")
    }

    @Test func `a message shows no more than the start of a long token`() throws {
        let long = String(repeating: "é", count: 100_000)
        let error = try #require(throws: GraphQLError.self) { try parse(Source("{ a \"\(long)\" }")) }
        let start = String(repeating: "é", count: 200)
        #expect(error.message == "Syntax Error: Expected Name, found String '\(start)…'.")
    }
}
