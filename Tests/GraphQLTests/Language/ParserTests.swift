import Testing

@testable import GraphQL

@Suite struct ParserTests {
    /// A document that is not of the grammar: the message after `Syntax Error: `, the line and the column.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let text: String
        let message: String
        let line: Int
        let column: Int
        var testDescription: String { text }

        init(_ text: String, _ message: String, _ line: Int = 1, _ column: Int) {
            self.text = text
            self.message = message
            self.line = line
            self.column = column
        }
    }

    @Test(arguments: [
        Refusal("", "Unexpected <EOF>.", 1, 1),
        Refusal("{", "Expected Name, found <EOF>.", 1, 2),
        Refusal("{}", #"Expected Name, found "}"."#, 1, 2),
        Refusal("{ a {} }", #"Expected Name, found "}"."#, 1, 6),
        Refusal("\n  { ...on }", #"Expected Name, found "}"."#, 2, 11),
        Refusal("notAnOperation", #"Unexpected Name "notAnOperation"."#, 1, 1),
        Refusal("...", #"Unexpected "..."."#, 1, 1),
        Refusal(#"{ a(b: "c" "d") }"#, #"Expected Name, found String "d"."#, 1, 12),
        Refusal("query ($a: Int = $b) { c }", #"Unexpected variable "$b" in constant value."#, 1, 18),
        Refusal("query ($a: Int = $) { c }", #"Unexpected "$"."#, 1, 18),
        Refusal("fragment on on on { on }", #"Unexpected Name "on"."#, 1, 10),
        Refusal("{ ...on on }", #"Expected "{", found "}"."#, 1, 12),
        Refusal(
            #""why" { a }"#,
            "Unexpected description, descriptions are not supported on shorthand queries.",
            1,
            1
        ),
        Refusal(
            #""why" extend type A { b: C }"#,
            "Unexpected description, only GraphQL definitions support descriptions.",
            1,
            1
        ),
    ])
    func `what is not of the grammar is refused with its place`(refusal: Refusal) throws {
        let error = try #require(throws: GraphQLError.self) { try parse(Source(refusal.text)) }
        #expect(error.message == "Syntax Error: " + refusal.message)
        #expect(error.locations == [SourceLocation(line: refusal.line, column: refusal.column)])
        #expect(error.code == "GRAPHQL_PARSE_FAILED")
    }
}
