import GraphQL
import Testing

@Suite struct VariableValuesTests {
    @Test(arguments: [
        ("Int", "int", Value.int(3), #"{"int":3,"withDefault":7}"#),
        ("Int", "int", .float(3), #"{"int":3,"withDefault":7}"#),
        ("Float", "float", .int(3), #"{"float":3,"withDefault":7}"#),
        ("ID", "id", .int(3), #"{"id":"3","withDefault":7}"#),
        ("Color", "color", .string("RED"), #"{"color":"RED","withDefault":7}"#),
        ("[Int!]", "ints", .int(3), #"{"ints":[3],"withDefault":7}"#),
        ("[[Int]]", "grid", .list([.int(1), .list([.int(2), .null])]), #"{"grid":[[1],[2,null]],"withDefault":7}"#),
        ("Point", "point", .object(["x": .int(1)]), #"{"point":{"x":1,"y":2},"withDefault":7}"#),
        ("Point", "point", .object(["x": .int(1), "y": .null]), #"{"point":{"x":1,"y":null},"withDefault":7}"#),
        ("One", "one", .object(["b": .string("x")]), #"{"one":{"b":"x"},"withDefault":7}"#),
        ("Day", "day", .string("monday"), #"{"day":1,"withDefault":7}"#),
        ("Int", "withDefault", .null, #"{"withDefault":null}"#),
    ])
    func `a value is coerced to its variable's type`(
        type: String,
        argument: String,
        value: Value,
        arguments: String
    ) async throws {
        let text = "query ($v: \(type)) { echo(\(argument): $v) }"
        #expect(try await Coercion.arguments(text, ["v": value]) == arguments)
    }

    @Test(arguments: [
        ("Int", Value.string("a"), "Int cannot represent non-integer value: 'a'"),
        ("Int", .float(1.5), "Int cannot represent non-integer value: 1.5"),
        ("Int", .int(2_147_483_648), "Int cannot represent non 32-bit signed integer value: 2147483648"),
        ("Float", .string("1"), "Float cannot represent non numeric value: '1'"),
        ("String", .int(1), "String cannot represent a non string value: 1"),
        ("Boolean", .int(1), "Boolean cannot represent a non boolean value: 1"),
        ("ID", .boolean(true), "ID cannot represent value: true"),
        (
            "Color", .string("GREE"),
            "Value 'GREE' does not exist in 'Color' enum. Did you mean the enum value 'GREEN' or 'RED'?"
        ),
        ("Color", .int(3), "Enum 'Color' cannot represent non-string value: 3."),
        ("Int!", .null, "Expected value of non-null type 'Int!' not to be null."),
        ("Point", .int(1), "Expected value of type 'Point' to be an object, found: 1."),
        (
            "Point", .object(["y": .int(1)]),
            "Expected value of type 'Point' to include required field 'x', found: {'y': 1}."
        ),
        (
            "Point", .object(["x": .int(1), "colour": .int(1)]),
            "Expected value of type 'Point' not to include unknown field 'colour'."
                + " Did you mean 'color'? Found: {'x': 1, 'colour': 1}."
        ),
        (
            "One", .object([:]),
            "Within OneOf Input Object type 'One', exactly one field must be specified,"
                + " and the value for that field must be non-null."
        ),
        ("Day", .int(1), "Expected value of type 'Day', but encountered error 'no working day'; found: 1."),
    ])
    func `a value that does not fit is a request error`(type: String, value: Value, message: String) async throws {
        let response = try await Coercion.respond("query ($v: \(type)) { __typename }", ["v": value])
        #expect(
            response == #"{"errors":[{"message":"Variable '$v' has invalid value: \#(message)","#
                + #""locations":[{"line":1,"column":8}]}]}"#
        )
    }

    @Test func `the message names the place inside the value`() async throws {
        let value = Value.object([
            "x": .int(1), "next": .object(["x": .int(1), "next": .object(["x": .string("deep")])]),
        ])
        let response = try await Coercion.respond("query ($v: Point) { __typename }", ["v": value])
        #expect(
            response.contains(
                "Variable '$v' has invalid value at .next.next.x: Int cannot represent non-integer value: 'deep'"
            )
        )
    }

    @Test func `a variable that must be given and is not is a request error`() async throws {
        #expect(
            try await Coercion.respond("query ($v: Int!) { __typename }")
                == #"{"errors":[{"message":"Variable '$v' has invalid value: Expected a value of non-null type 'Int!' "#
                + #"to be provided.","locations":[{"line":1,"column":8}]}]}"#
        )
    }

    @Test func `a missing variable gets its default, or leaves the argument to its own`() async throws {
        #expect(
            try await Coercion.arguments("query ($v: Int = 4) { echo(withDefault: $v) }") == #"{"withDefault":4}"#
        )
        #expect(try await Coercion.arguments("query ($v: Int) { echo(withDefault: $v) }") == #"{"withDefault":7}"#)
        #expect(try await Coercion.arguments("query ($v: Int) { echo(int: $v) }") == #"{"withDefault":7}"#)
    }

    @Test func `past the limit one last error says that there are more`() async throws {
        let value = Value.list((0..<100).map { .string("\($0)") })
        let response = try await Coercion.respond("query ($v: [Int]) { __typename }", ["v": value])
        #expect(response.split(separator: "has invalid value").count == 51)
        #expect(response.contains("at [49]"))
        #expect(
            response.hasSuffix(
                #"{"message":"Too many errors processing variables, error limit reached. Execution aborted."}]}"#
            )
        )
    }

    @Test func `values that no variable is defined for are ignored`() async throws {
        #expect(try await Coercion.respond("{ __typename }", ["v": .int(1)]) == #"{"data":{"__typename":"Query"}}"#)
    }
}
