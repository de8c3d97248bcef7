import GraphQL
import Testing

@Suite struct CollectFieldsTests {
    @Test(arguments: [
        (
            "{ author(id: 1) { ...A name } } fragment A on Author { id ...B } fragment B on Author { age }",
            "id age name"
        ),
        ("{ author(id: 1) { name } author(id: 1) { id name } }", "name id"),
        ("{ author(id: 1) { ... { id } ... on Author { age } ... on Author { id } } }", "id age"),
        ("{ author(id: 1) { self { id } self { name } } }", "self{id name}"),
        ("{ author(id: 1) { age @skip(if: true) id @include(if: false) name @include(if: true) } }", "name"),
        ("{ author(id: 1) { ...A @skip(if: true) name } } fragment A on Author { id }", "name"),
        ("{ author(id: 1) { id @skip(if: false) @include(if: false) name } }", "name"),
    ])
    func `fields are merged by response name, in the order in which they first come up`(
        document: String,
        keys: String
    ) async throws {
        let response = try await Library.respond(document)
        let shown = response.filter { "abcdefghijklmnopqrstuvwxyz{}\"".contains($0) }
        let expected =
            keys.replacing("self{id name}", with: "self#").split(separator: " ").map { key in
                key == "self#" ? #""self"{"id""""name""uthor"}"# : "\"\(key)\"" + Self.value(of: String(key))
            }
        #expect(shown == #"{"data"{"author"{"# + expected.joined() + "}}}")
    }

    private static func value(of key: String) -> String {
        switch key {
        case "id": #""""#
        case "name": #""uthor""#
        default: ""
        }
    }

    @Test func `conditions on variables change what is asked for, and in which order`() async throws {
        let text = "query ($a: Boolean!) { nothing @include(if: $a) x: __typename nothing y: __typename @skip(if: $a) }"
        #expect(
            try await Library.respond(text, variables: ["a": .boolean(true)])
                == #"{"data":{"nothing":null,"x":"Query"}}"#
        )
        #expect(
            try await Library.respond(text, variables: ["a": .boolean(false)])
                == #"{"data":{"x":"Query","nothing":null,"y":"Query"}}"#
        )
    }

    @Test func `an object of which nothing is left is empty`() async throws {
        #expect(
            try await Library.respond("{ authors(first: 2) { id @skip(if: true) } }")
                == #"{"data":{"authors":[{},{}]}}"#
        )
    }

    @Test func `a condition that is null fails what it stands in`() async throws {
        let message = "Argument 'if' has invalid value: Expected variable '$a' provided to non-null type 'Boolean!'"
        let below = try await Library.respond(
            "query ($a: Boolean = true) { author(id: 1) { id @skip(if: $a) } nothing }",
            variables: ["a": .null]
        )
        #expect(below.contains(message))
        #expect(below.hasSuffix(#""path":["author"]}],"data":{"author":null,"nothing":null}}"#))
        let root = try await Library.respond(
            "query ($a: Boolean = true) { nothing @skip(if: $a) }",
            variables: ["a": .null]
        )
        #expect(root.contains(message))
        #expect(root.hasSuffix(#""data":null}"#))
    }

    @Test(arguments: [
        (
            "query A { nothing } query B { needed }", nil,
            "Must provide operation name if query contains multiple operations."
        ),
        ("query A { nothing } query B { needed }", "C", "Unknown operation named 'C'."),
        ("fragment A on Query { nothing }", nil, "Must provide an operation."),
        ("mutation { nothing }", nil, "Schema is not configured to execute mutation operation."),
    ])
    func `an operation that cannot be told is a request error`(
        document: String,
        name: String?,
        message: String
    ) throws {
        let schema = try Library.executable()
        let failure = #expect(throws: RequestErrors.self) {
            try OperationPlan(parse(Source(document)), operationName: name, on: schema)
        }
        #expect(failure?.errors.map(\.message) == [message])
    }

    @Test func `the operation is picked by name`() async throws {
        let plan = try OperationPlan(
            parse(Source("query A { a: nothing } query B { b: nothing }")),
            operationName: "B",
            on: Library.executable()
        )
        #expect(String(decoding: await plan.execute().json, as: UTF8.self) == #"{"data":{"b":null}}"#)
    }
}
