import Testing

@testable import Pipeline

@Suite struct JSONValueTests {
    @Test func `members keep their order and strings are escaped`() {
        let value = JSONValue.object([
            ("b", .string("a\"\\\n\u{01}\u{2028}é")), ("a", .array([.null, .bool(true), .int(-3)])),
        ])
        #expect(value.text == #"{"b":"a\"\\\n\u0001\u2028é","a":[null,true,-3]}"#)
    }

    @Test(arguments: [
        (0, 2, "0"), (1, 2, "0.01"), (100, 2, "1"), (1_250, 2, "12.5"), (-5, 2, "-0.05"), (10_000, 4, "1"),
    ])
    func `decimals are written exactly`(units: Int, scale: Int, text: String) {
        #expect(JSONValue.decimal(units: units, scale: scale).text == text)
    }
}
