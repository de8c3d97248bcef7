import Testing

@testable import GraphQL

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null), (" true\t", .boolean(true)), ("\r\nfalse\n", .boolean(false)),
            ("0", .int(0)), ("-0", .int(0)), ("-12", .int(-12)), ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)), ("9223372036854775808", .float(9_223_372_036_854_775_808)),
            ("1.0", .float(1)), ("1e3", .float(1000)), ("-2.5E-1", .float(-0.25)), ("1e-400", .float(0)),
            (#""""#, .string("")), (#""é😀""#, .string("é😀")), (#""\u00e9\uD83D\ude00\u0000""#, .string("é😀\u{0}")),
            (#""\"\\\/\b\f\n\r\tx""#, .string("\"\\/\u{8}\u{C}\n\r\tx")),
            ("[]", .list([])), ("[ 1 , [ ] ]", .list([.int(1), .list([])])),
            ("{}", .object([:])), (#"{ "a" : 1 , "b" : { } }"#, .object(["a": .int(1), "b": .object([:])])),
        ] as [(String, Value)]
    )
    func `JSON becomes a value`(text: String, value: Value) throws {
        #expect(try JSONParser().parse(Array(text.utf8)) == value)
    }

    @Test func `of equal keys the last one counts, at the place of the first`() throws {
        let value = try JSONParser().parse(Array(#"{"a":1,"b":2,"a":3}"#.utf8))
        guard case .object(let object) = value else { return #expect(Bool(false)) }
        #expect(object.keys == ["a", "b"])
        #expect(object["a"] == .int(3))
    }

    @Test(arguments: [
        ("", "expected a value, found the end", 1, 1),
        ("\u{FEFF}1", "expected a value, found U+FEFF", 1, 1),
        ("nul", "expected a value, found 'n'", 1, 1),
        ("1 2", "expected the end, found '2'", 1, 3),
        ("01", "expected the end, found '1'", 1, 2),
        ("-", "expected a digit, found the end", 1, 2),
        ("1.", "expected a digit, found the end", 1, 3),
        (".5", "expected a value, found '.'", 1, 1),
        ("+1", "expected a value, found '+'", 1, 1),
        ("1e+", "expected a digit, found the end", 1, 4),
        ("1e309", "a number is too large", 1, 1),
        ("NaN", "expected a value, found 'N'", 1, 1),
        ("[1,]", "expected a value, found ']'", 1, 4),
        ("[1 2]", #"expected ',' or ']', found '2'"#, 1, 4),
        ("{\n  \"a\": 1,\n}", "expected a key, found '}'", 3, 1),
        ("{\"a\" 1}", #"expected ':', found '1'"#, 1, 6),
        ("{\"a\":1 \"b\"", #"expected ',' or '}', found '"'"#, 1, 8),
        ("{a:1}", "expected a key, found 'a'", 1, 2),
        ("[1] // one", "expected the end, found '/'", 1, 5),
        ("\"é", "a string does not end", 1, 3),
        ("\"é\\", "a string does not end", 1, 4),
        ("\"a\nb\"", "a control character stands in a string unescaped", 1, 3),
        (#""\x""#, "an escape is unknown", 1, 2),
        (#""a\u12""#, "an escape stands for no character", 1, 3),
        (#""\uD800""#, "an escape stands for no character", 1, 2),
        (#""\uDC00\uD800""#, "an escape stands for no character", 1, 2),
        (#""\uD800\u0041""#, "an escape stands for no character", 1, 2),
    ])
    func `anything else is an error with its place`(text: String, reason: String, line: Int, column: Int) throws {
        let error = try #require(throws: GraphQLError.self) { try JSONParser().parse(Array(text.utf8)) }
        #expect(error.message == "Invalid JSON: \(reason).")
        #expect(error.locations == [SourceLocation(line: line, column: column)])
        #expect(error.code == "BAD_USER_INPUT")
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3], [0x20, 0xED, 0xA0, 0x80]] as [[UInt8]])
    func `bytes that are no UTF-8 are an error with their place`(bytes: [UInt8]) throws {
        let error = try #require(throws: GraphQLError.self) { try JSONParser().parse(bytes) }
        #expect(error.message == "Invalid JSON: invalid UTF-8.")
        #expect(error.locations == [SourceLocation(line: 1, column: 2)])
    }

    @Test(arguments: ["[", #"{"a":"#])
    func `depth is limited, and the limit named`(open: String) throws {
        let close = open == "[" ? "]" : "}"
        let deepest =
            String(repeating: open, count: 63) + (open == "[" ? "[]" : "{}") + String(repeating: close, count: 63)
        _ = try JSONParser().parse(Array(deepest.utf8))
        let endless = Array(String(repeating: open, count: 500_000).utf8)
        let error = try #require(throws: GraphQLError.self) { try JSONParser().parse(endless) }
        #expect(error.message == "Invalid JSON: more than 64 levels deep.")
        #expect(error.locations == [SourceLocation(line: 1, column: 64 * open.utf8.count + 1)])
        #expect(
            error.extensions == [
                "code": .string("BAD_USER_INPUT"), "limit": .string("maxDepth"), "maximum": .int(64),
                "actual": .int(65),
            ]
        )
    }

    @Test func `what was written is read back the same`() throws {
        let value: Value = .object([
            "text": .string("a\u{0}\u{1F}\"\\/\u{7F}é\u{2028}😀"),
            "numbers": .list([.int(.min), .float(1e300), .float(0.1)]),
            "": .null,
        ])
        var buffer = ResponseBuffer()
        buffer.write(value: value)
        #expect(try JSONParser().parse(buffer.bytes) == value)
    }
}
