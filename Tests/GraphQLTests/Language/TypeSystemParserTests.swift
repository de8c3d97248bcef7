import Testing

@testable import GraphQL

@Suite struct TypeSystemParserTests {
    private func definition(_ text: String) throws -> TypeSystemDefinitionNode {
        guard case .typeSystem(let definition)? = try parse(Source(text)).definitions.first else { throw NotFound() }
        return definition
    }

    private struct NotFound: Error {}

    @Test func `a type has a description, interfaces, directives and fields`() throws {
        let type = try definition(#""why" type A implements & B & C @d { "how" e("f" g: H = 1 @i): [J!] @k l: M }"#)
        #expect(type.description?.printed == #""why""#)
        #expect(!type.isExtension)
        #expect(type.name.value == "A")
        #expect(type.name.offset == 11)
        #expect(type.offset == 0)
        guard case .object(let interfaces, let fields) = type.kind else { throw NotFound() }
        #expect(interfaces.map(\.value) == ["B", "C"])
        #expect(interfaces.map(\.offset) == [26, 30])
        #expect(fields.map(\.name.value) == ["e", "l"])
        #expect(fields[0].printed == "\"how\"\ne(\n  \"f\"\n  g: H = 1 @i\n): [J!] @k")
        #expect(fields[0].offset == 37)
        #expect(fields[0].arguments.map(\.offset) == [45])
    }

    @Test func `a schema has no name but a place`() throws {
        let schema = try definition("extend schema @a { query: B }")
        #expect(schema.isExtension)
        #expect(schema.name.value.isEmpty)
        #expect(schema.name.offset == 7)
        guard case .schema(let roots) = schema.kind else { throw NotFound() }
        #expect(roots.map(\.operation) == [.query])
        #expect(roots.map(\.type.value) == ["B"])
        #expect(roots.map(\.offset) == [19])
    }

    @Test func `a directive may be repeatable`() throws {
        let directive = try definition("directive @a(b: C) repeatable on | FIELD | QUERY")
        guard case .directive(let arguments, let isRepeatable, let locations) = directive.kind else { throw NotFound() }
        #expect(directive.name.value == "a")
        #expect(directive.name.offset == 11)
        #expect(arguments.map(\.printed) == ["b: C"])
        #expect(isRepeatable)
        #expect(locations.map(\.value) == ["FIELD", "QUERY"])
    }

    @Test(arguments: [
        "schema {\n  query: Q\n}", "scalar A @b", "type A", "type A implements B", "type A @b",
        "interface A implements B",
        "interface A {\n  b: C\n}", "union A", "union A @b = C | D", "enum A", "enum A {\n  B\n  C @d\n}", "input A",
        "input A {\n  b: C = { d: 1 } @e\n}", "directive @a on FIELD", "extend schema @a",
        "extend schema {\n  query: Q\n}", "extend scalar A @b", "extend type A implements B", "extend type A @b",
        "extend type A {\n  b: C\n}", "extend interface A implements B", "extend union A = B", "extend union A @b",
        "extend enum A {\n  B\n}", "extend input A {\n  b: C\n}", "extend input A @b",
    ])
    func `each kind may leave out what is optional`(text: String) throws {
        #expect(try parse(Source(text)).printed == text)
    }

    @Test(arguments: [
        ("extend schema", "Unexpected <EOF>.", 1, 14),
        ("extend scalar A", "Unexpected <EOF>.", 1, 16),
        ("extend type A", "Unexpected <EOF>.", 1, 14),
        ("extend type A type B", #"Unexpected Name 'type'."#, 1, 15),
        ("extend interface A", "Unexpected <EOF>.", 1, 19),
        ("extend union A", "Unexpected <EOF>.", 1, 15),
        ("extend enum A", "Unexpected <EOF>.", 1, 14),
        ("extend input A", "Unexpected <EOF>.", 1, 15),
        ("extend A", #"Unexpected Name 'A'."#, 1, 8),
        ("extend { a }", #"Unexpected '{'."#, 1, 8),
        ("extend directive @a on FIELD", #"Unexpected Name 'directive'."#, 1, 8),
        ("extend \"why\" type A { b: C }", #"Unexpected String 'why'."#, 1, 8),
        ("schema", #"Expected '{', found <EOF>."#, 1, 7),
        ("schema {}", #"Expected Name, found '}'."#, 1, 9),
        ("schema { a: B }", #"Unexpected Name 'a'."#, 1, 10),
        ("type A {}", #"Expected Name, found '}'."#, 1, 9),
        ("type A { b }", #"Expected ':', found '}'."#, 1, 12),
        ("type A { b(): C }", #"Expected Name, found ')'."#, 1, 12),
        ("type A implements", "Expected Name, found <EOF>.", 1, 18),
        ("type A implements & { b: C }", #"Expected Name, found '{'."#, 1, 21),
        ("type A implements B, C { d: E }", #"Unexpected Name 'C'."#, 1, 22),
        ("union A = |", "Expected Name, found <EOF>.", 1, 12),
        ("union A = || B", #"Expected Name, found '|'."#, 1, 12),
        ("union A = B | | C", #"Expected Name, found '|'."#, 1, 15),
        ("enum A { B true }", #"Name 'true' is reserved and cannot be used for an enum value."#, 1, 12),
        ("enum A { null }", #"Name 'null' is reserved and cannot be used for an enum value."#, 1, 10),
        ("input A { b(c: D): E }", #"Expected ':', found '('."#, 1, 12),
        ("input A { b: C = $d }", #"Unexpected variable '$d' in constant value."#, 1, 18),
        ("directive @a on FIELD | b", #"Unexpected Name 'b'."#, 1, 25),
        ("directive @a on field", #"Unexpected Name 'field'."#, 1, 17),
        ("directive @a repeatable FIELD", #"Expected 'on', found Name 'FIELD'."#, 1, 25),
        ("directive a on FIELD", #"Expected '@', found Name 'a'."#, 1, 11),
        ("\"why\" \"how\" type A", "Unexpected String 'how'.", 1, 7),
    ])
    func `what is not of the grammar is refused with its place`(
        text: String,
        message: String,
        line: Int,
        column: Int
    ) throws {
        let error = try #require(throws: GraphQLError.self) { try parse(Source(text)) }
        #expect(error.message == "Syntax Error: " + message)
        #expect(error.locations == [SourceLocation(line: line, column: column)])
    }
}
