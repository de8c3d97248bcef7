import GraphQL
import Testing

@Suite struct ArgumentValuesTests {
    @Test(arguments: [
        ("", #"{"withDefault":7}"#),
        (
            "(int: 1, float: 2, string: \"s\", boolean: true)",
            #"{"int":1,"float":2,"string":"s","boolean":true,"withDefault":7}"#
        ),
        ("(id: 12345678901234567890)", #"{"id":"12345678901234567890","withDefault":7}"#),
        ("(ints: 1, grid: 2)", #"{"ints":[1],"grid":[[2]],"withDefault":7}"#),
        ("(point: { x: 1, color: BLUE })", #"{"point":{"x":1,"y":2,"color":"BLUE"},"withDefault":7}"#),
        ("(withDefault: null)", #"{"withDefault":null}"#),
        ("(day: \"monday\")", #"{"day":1,"withDefault":7}"#),
        ("(withDefault: 1, int: 2)", #"{"int":2,"withDefault":1}"#),
    ])
    func `literals are coerced once, in the order of the definition`(written: String, arguments: String) async throws {
        #expect(try await Coercion.arguments("{ echo\(written) }") == arguments)
    }

    @Test func `variables stand inside lists and objects`() async throws {
        let text = "query ($a: Int!, $b: Int, $c: Int) { echo(ints: [1, $a], grid: [[$c]], point: { x: $a, y: $b }) }"
        #expect(
            try await Coercion.arguments(text, ["a": .int(3)])
                == #"{"ints":[1,3],"grid":[[null]],"point":{"x":3,"y":2},"withDefault":7}"#
        )
        #expect(
            try await Coercion.arguments(text, ["a": .int(3), "b": .null, "c": .int(4)])
                == #"{"ints":[1,3],"grid":[[4]],"point":{"x":3,"y":null},"withDefault":7}"#
        )
    }

    @Test(arguments: [
        (
            "query ($v: Int = 1) { must(int: $v) }", "v",
            "Argument 'int' has invalid value: Expected variable '$v' provided to non-null type 'Int!' not to be null.",
            33
        ),
        (
            "query ($v: Int) { echo(one: { a: $v }) }", "v",
            "Argument 'one' has invalid value: Expected variable '$v' provided to field 'a' for OneOf Input Object"
                + " type 'One' not to be null.", 29
        ),
        ("query ($v: Int) { must }", "v", "Argument 'int' of required type 'Int!' was not provided.", 19),
        (
            "query ($v: Int) { must(int: \"a\") }", "v",
            "Argument 'int' has invalid value: Int cannot represent non-integer value: \\\"a\\\"", 29
        ),
    ])
    func `an argument that does not fit fails its field`(
        text: String,
        variable: String,
        message: String,
        column: Int
    ) async throws {
        let response = try await Coercion.respond(text, [variable: .null])
        #expect(
            response.hasPrefix(
                #"{"errors":[{"message":"\#(message)","locations":[{"line":1,"column":\#(column)}],"path":["#
            )
        )
    }

    @Test func `a missing variable leaves a required argument to its default`() async throws {
        #expect(
            try await Coercion.respond("query ($v: Int) { mustWithDefault(int: $v) }")
                == #"{"data":{"mustWithDefault":"{\"int\":5}"}}"#
        )
    }
}
