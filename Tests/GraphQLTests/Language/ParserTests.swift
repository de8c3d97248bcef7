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
        Refusal("{}", #"Expected Name, found '}'."#, 1, 2),
        Refusal("{ a {} }", #"Expected Name, found '}'."#, 1, 6),
        Refusal("\n  { ...on }", #"Expected Name, found '}'."#, 2, 11),
        Refusal("notAnOperation", #"Unexpected Name 'notAnOperation'."#, 1, 1),
        Refusal("...", #"Unexpected '...'."#, 1, 1),
        Refusal(#"{ a(b: "c" "d") }"#, #"Expected Name, found String 'd'."#, 1, 12),
        Refusal("query ($a: Int = $b) { c }", #"Unexpected variable '$b' in constant value."#, 1, 18),
        Refusal("query ($a: Int = $) { c }", #"Unexpected '$'."#, 1, 18),
        Refusal("fragment on on on { on }", #"Unexpected Name 'on'."#, 1, 10),
        Refusal("{ ...on on }", #"Expected '{', found '}'."#, 1, 12),
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

    // MARK: Documents

    @Test func `a shorthand query is an anonymous one`() throws {
        let document = try parse(Source(" { a }"))
        guard case .operation(let operation)? = document.definitions.first else { throw NotFound() }
        #expect(operation.isShorthand)
        #expect(operation.operation == .query)
        #expect(operation.name == nil)
        #expect(operation.offset == 1)
        #expect(operation.selectionSet.offset == 1)
        #expect(document.tokenCount == 3)
    }

    @Test func `an operation has a description, a name, variables and directives`() throws {
        let text = #""why" mutation M("how" $a: [Int!]! = [1] @b, $c: D) @e(f: $a) { g }"#
        guard case .operation(let operation)? = try parse(Source(text)).definitions.first else { throw NotFound() }
        #expect(operation.description?.printed == #""why""#)
        #expect(operation.operation == .mutation)
        #expect(operation.name?.value == "M")
        #expect(operation.offset == 0)
        #expect(operation.variableDefinitions.map(\.variable.value) == ["a", "c"])
        #expect(operation.variableDefinitions.map(\.variable.offset) == [23, 45])
        #expect(operation.variableDefinitions.map(\.offset) == [17, 45])
        #expect(operation.variableDefinitions.map(\.type.printed) == ["[Int!]!", "D"])
        #expect(operation.variableDefinitions.map { $0.defaultValue?.printed } == ["[1]", nil])
        #expect(operation.variableDefinitions.map { $0.directives.map(\.printed) } == [["@b"], []])
        #expect(operation.directives.map(\.printed) == ["@e(f: $a)"])
        #expect(operation.directives.map(\.offset) == [52])
    }

    @Test func `selections keep their order and their places`() throws {
        let text = "{ a: b(c: 1) @d { e } ...F @g ... on H { i } ... @j { k } }"
        guard case .operation(let operation)? = try parse(Source(text)).definitions.first else { throw NotFound() }
        let selections = operation.selectionSet.selections
        guard case .field(let field) = selections[0], case .fragmentSpread(let spread) = selections[1],
            case .inlineFragment(let typed) = selections[2], case .inlineFragment(let untyped) = selections[3]
        else { throw NotFound() }
        #expect(field.responseName == "a")
        #expect(field.offset == 2)
        #expect(field.name.value == "b")
        #expect(field.name.offset == 5)
        #expect(field.arguments.map(\.name.offset) == [7])
        #expect(field.selectionSet?.offset == 16)
        #expect(spread.name.value == "F")
        #expect(spread.offset == 22)
        #expect(spread.name.offset == 25)
        #expect(typed.typeCondition?.value == "H")
        #expect(typed.offset == 30)
        #expect(untyped.typeCondition == nil)
        #expect(untyped.directives.map(\.name.value) == ["j"])
    }

    @Test func `keywords may be names`() throws {
        for name in ["on", "fragment", "query", "mutation", "subscription", "true", "false", "null", "type", "extend"] {
            let fragmentName = name == "on" ? "a" : name
            let text = """
                query \(name)($\(name): \(name) = {\(name): 1}) @\(name) {
                  \(name): \(name)(\(name): $\(name))
                  ... on \(name) { \(name) }
                  ...\(fragmentName)
                }
                fragment \(fragmentName) on \(name) { \(name) }
                """
            #expect(try parse(Source(text)).definitions.count == 2)
        }
    }

    @Test func `a fragment has a description, a type condition and directives`() throws {
        let text = #""""why""" fragment F on T @d { a }"#
        guard case .fragment(let fragment)? = try parse(Source(text)).definitions.first else { throw NotFound() }
        #expect(fragment.description?.printed == #""""why""""#)
        #expect(fragment.name.offset == 19)
        #expect(fragment.typeCondition.value == "T")
        #expect(fragment.typeCondition.offset == 24)
        #expect(fragment.directives.map(\.printed) == ["@d"])
        #expect(fragment.offset == 0)
    }

    // MARK: Values and types

    @Test(arguments: [
        ("1", "1"), ("-1.50e+3", "-1.50e+3"), ("true", "true"), ("null", "null"), ("RED", "RED"), ("$a", "$a"),
        (#""a\u{62}\n""#, #""ab\n""#), (#""""a""""#, #""""a""""#), ("[]", "[]"), ("[1,[$b]]", "[1, [$b]]"),
        ("{}", "{  }"), ("{a:{b:[\"c\"]}}", "{ a: { b: [\"c\"] } }"),
    ])
    func `a value is read by itself`(text: String, printed: String) throws {
        #expect(try parseValue(Source(text)).printed == printed)
    }

    @Test func `a constant value has no variables, however deep`() throws {
        #expect(try parseConstValue(Source("[{a: 1}]")).printed == "[{ a: 1 }]")
        let error = try #require(throws: GraphQLError.self) { try parseConstValue(Source("[{a: $b}]")) }
        #expect(error.message == #"Syntax Error: Unexpected variable '$b' in constant value."#)
        #expect(error.locations == [SourceLocation(line: 1, column: 6)])
    }

    @Test(arguments: ["A", "A!", "[A]", "[A!]!", "[[[A]!]]"])
    func `a type is read by itself`(text: String) throws {
        let type = try parseType(Source(text))
        #expect(type.printed == text)
        #expect(type.offset == 0)
        #expect(type.named.name == "A")
    }

    @Test(arguments: [("1 2", "Int '2'"), ("[] }", "'}'")])
    func `nothing stands after a value`(text: String, found: String) throws {
        let error = try #require(throws: GraphQLError.self) { try parseValue(Source(text)) }
        #expect(error.message == "Syntax Error: Expected <EOF>, found \(found).")
    }

    private struct NotFound: Error {}
}
