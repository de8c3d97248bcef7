import Testing

@testable import GraphQL

@Suite struct ValuesOfCorrectTypeRuleTests {
    @Test(arguments: [
        "{ probe { int(of: 1) a: int(of: -2147483648) b: int(of: null) neededInt(of: 0) } }",
        #"{ probe { float(of: 1) a: float(of: 1.5e300) string(of: "a") boolean(of: true) id(of: 1) b: id(of: "x") } }"#,
        #"{ probe { genre(of: CRIME) date(of: "2025-09-01") a: date(of: {any: [THING, 1]}) } }"#,
        "{ probe { ints(of: [1, null]) a: ints(of: 1) strings(of: []) matrix(of: [[1], [2]]) b: matrix(of: 1) } }",
        #"{ find(filter: {title: "a", genres: CRIME, period: {from: "a"}}, by: {isbn: "x"}) { __typename } }"#,
        "query ($a: Int = 1, $b: BookFilter = {exact: true}, $c: Lookup = {id: 1}, $d: Unknown = 1) { find(first: $a, filter: $b, by: $c) { __typename } }",
        #"{ missing(of: 1) probe { int(wrong: "a") date(of: {a: $x}) ints(of: [$x]) lookup(of: {id: $x}) } }"#,
    ])
    func `what fits is let through`(query: String) {
        expectValid(ValuesOfCorrectTypeRule.self, query)
    }

    @Test func `whole numbers are expected`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { int(of: "1") a: int(of: 1.0) b: int(of: true) c: int(of: ONE) d: int(of: 2147483648) e: int(of: -2147483649) f: int(of: 123456789012345678901234567890) } }"#,
            [
                (
                    "Int cannot represent non-integer value: \"1\"",
                    [(1, 19)]
                ),
                (
                    "Int cannot represent non-integer value: 1.0",
                    [(1, 35)]
                ),
                (
                    "Int cannot represent non-integer value: true",
                    [(1, 51)]
                ),
                (
                    "Int cannot represent non-integer value: ONE",
                    [(1, 68)]
                ),
                (
                    "Int cannot represent non 32-bit signed integer value: 2147483648",
                    [(1, 84)]
                ),
                (
                    "Int cannot represent non 32-bit signed integer value: -2147483649",
                    [(1, 107)]
                ),
                (
                    "Int cannot represent non 32-bit signed integer value: 123456789012345678901234567890",
                    [(1, 131)]
                ),
            ]
        )
    }

    @Test func `numbers are expected`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { float(of: "1") a: float(of: true) b: float(of: ONE) } }"#,
            [
                (
                    "Float cannot represent non numeric value: \"1\"",
                    [(1, 21)]
                ),
                (
                    "Float cannot represent non numeric value: true",
                    [(1, 39)]
                ),
                (
                    "Float cannot represent non numeric value: ONE",
                    [(1, 58)]
                ),
            ]
        )
    }

    @Test func `text is expected`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            "{ probe { string(of: 1) a: string(of: 1.5) b: string(of: true) c: string(of: ONE) } }",
            [
                (
                    "String cannot represent a non string value: 1",
                    [(1, 22)]
                ),
                (
                    "String cannot represent a non string value: 1.5",
                    [(1, 39)]
                ),
                (
                    "String cannot represent a non string value: true",
                    [(1, 58)]
                ),
                (
                    "String cannot represent a non string value: ONE",
                    [(1, 78)]
                ),
            ]
        )
    }

    @Test func `true or false is expected`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { boolean(of: 2) a: boolean(of: 1.5) b: boolean(of: "true") c: boolean(of: TRUE) } }"#,
            [
                (
                    "Boolean cannot represent a non boolean value: 2",
                    [(1, 23)]
                ),
                (
                    "Boolean cannot represent a non boolean value: 1.5",
                    [(1, 41)]
                ),
                (
                    "Boolean cannot represent a non boolean value: \"true\"",
                    [(1, 61)]
                ),
                (
                    "Boolean cannot represent a non boolean value: TRUE",
                    [(1, 84)]
                ),
            ]
        )
    }

    @Test func `an identifier is text or a whole number`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            "{ probe { id(of: 1.5) a: id(of: true) b: id(of: ONE) } }",
            [
                (
                    "ID cannot represent a non-string and non-integer value: 1.5",
                    [(1, 18)]
                ),
                (
                    "ID cannot represent a non-string and non-integer value: true",
                    [(1, 33)]
                ),
                (
                    "ID cannot represent a non-string and non-integer value: ONE",
                    [(1, 49)]
                ),
            ]
        )
    }

    @Test func `an enum takes its own values`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { genre(of: 2) a: genre(of: 1.5) b: genre(of: "CRIME") c: genre(of: true) d: genre(of: HORROR) e: genre(of: CRIM) f: genre(of: crime) } }"#,
            [
                (
                    "Enum 'Genre' cannot represent non-enum value: 2.",
                    [(1, 21)]
                ),
                (
                    "Enum 'Genre' cannot represent non-enum value: 1.5.",
                    [(1, 37)]
                ),
                (
                    "Enum 'Genre' cannot represent non-enum value: \"CRIME\". Did you mean the enum value "
                        + "'CRIME'?",
                    [(1, 55)]
                ),
                (
                    "Enum 'Genre' cannot represent non-enum value: true.",
                    [(1, 77)]
                ),
                (
                    "Value 'HORROR' does not exist in 'Genre' enum.",
                    [(1, 96)]
                ),
                (
                    "Value 'CRIM' does not exist in 'Genre' enum. Did you mean the enum value 'CRIME'?",
                    [(1, 117)]
                ),
                (
                    "Value 'crime' does not exist in 'Genre' enum. Did you mean the enum value 'CRIME'?",
                    [(1, 136)]
                ),
            ]
        )
    }

    @Test func `suggestions can be switched off`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { genre(of: CRIM) filter(of: {titel: "a"}) a: genre(of: "CRIME") } }"#,
            suggests: false,
            [
                (
                    "Value 'CRIM' does not exist in 'Genre' enum.",
                    [(1, 21)]
                ),
                (
                    "Expected value of type 'BookFilter' not to include unknown field 'titel', found: { "
                        + "titel: \"a\" }.",
                    [(1, 39)]
                ),
                (
                    "Enum 'Genre' cannot represent non-enum value: \"CRIME\".",
                    [(1, 65)]
                ),
            ]
        )
    }

    @Test func `null is refused where a value must stand`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { neededInt(of: null) strings(of: ["a", null]) matrix(of: [null, [null]]) filter(of: {exact: null}) } }"#,
            [
                (
                    "Expected value of non-null type 'Int!' not to be null.",
                    [(1, 25)]
                ),
                (
                    "Expected value of non-null type 'String!' not to be null.",
                    [(1, 49)]
                ),
                (
                    "Expected value of non-null type '[Int!]!' not to be null.",
                    [(1, 68)]
                ),
                (
                    "Expected value of non-null type 'Int!' not to be null.",
                    [(1, 75)]
                ),
                (
                    "Expected value of non-null type 'Boolean!' not to be null.",
                    [(1, 102)]
                ),
            ]
        )
    }

    @Test func `every item of a list is checked`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { ints(of: ["a", 1, TWO]) strings(of: 1) matrix(of: [["a"]]) a: matrix(of: "b") } }"#,
            [
                (
                    "Int cannot represent non-integer value: \"a\"",
                    [(1, 21)]
                ),
                (
                    "Int cannot represent non-integer value: TWO",
                    [(1, 29)]
                ),
                (
                    "String cannot represent a non string value: 1",
                    [(1, 47)]
                ),
                (
                    "Int cannot represent non-integer value: \"a\"",
                    [(1, 63)]
                ),
                (
                    "Int cannot represent non-integer value: \"b\"",
                    [(1, 84)]
                ),
            ]
        )
    }

    @Test func `an input object is expected`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { filter(of: 1) a: filter(of: ["a"]) b: period(of: "today") } }"#,
            [
                (
                    "Expected value of type 'BookFilter' to be an object, found: 1.",
                    [(1, 22)]
                ),
                (
                    "Expected value of type 'BookFilter' to be an object, found: [\"a\"].",
                    [(1, 39)]
                ),
                (
                    "Expected value of type 'Period' to be an object, found: \"today\".",
                    [(1, 60)]
                ),
            ]
        )
    }

    @Test func `required fields are given`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { period(of: {}) a: period(of: {to: "b"}) b: filter(of: {period: {to: 1}}) } }"#,
            [
                (
                    "Expected value of type 'Period' to include required field 'from', found: {  }.",
                    [(1, 22)]
                ),
                (
                    "Expected value of type 'Period' to include required field 'from', found: { to: \"b\" "
                        + "}.",
                    [(1, 40)]
                ),
                (
                    "Expected value of type 'Period' to include required field 'from', found: { to: 1 }.",
                    [(1, 74)]
                ),
            ]
        )
    }

    @Test func `fields are known`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { filter(of: {titel: "a", unheard: {x: 1}}) period(of: {from: 1, until: 2}) } }"#,
            [
                (
                    "Expected value of type 'BookFilter' not to include unknown field 'titel'. Did you "
                        + "mean 'title'? Found: { titel: \"a\", unheard: { x: 1 } }.",
                    [(1, 23)]
                ),
                (
                    "Expected value of type 'BookFilter' not to include unknown field 'unheard', found: "
                        + "{ titel: \"a\", unheard: { x: 1 } }.",
                    [(1, 35)]
                ),
                (
                    "Expected value of type 'Period' not to include unknown field 'until', found: { "
                        + "from: 1, until: 2 }.",
                    [(1, 74)]
                ),
            ]
        )
    }

    @Test func `every field is checked`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { filter(of: {title: 1, genres: [CRIME, "POETRY"], minPages: "many", tags: [1]}) } }"#,
            [
                (
                    "String cannot represent a non string value: 1",
                    [(1, 30)]
                ),
                (
                    "Enum 'Genre' cannot represent non-enum value: \"POETRY\". Did you mean the enum value "
                        + "'POETRY'?",
                    [(1, 49)]
                ),
                (
                    "Int cannot represent non-integer value: \"many\"",
                    [(1, 70)]
                ),
                (
                    "String cannot represent a non string value: 1",
                    [(1, 85)]
                ),
            ]
        )
    }

    @Test func `one field of a OneOf is given, and is not null`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { lookup(of: {}) a: lookup(of: {id: 1, isbn: "x"}) b: lookup(of: {id: null}) c: lookup(of: {id: null, isbn: "x"}) d: lookup(of: {isin: "x"}) } }"#,
            [
                (
                    "Within OneOf Input Object type 'Lookup', exactly one field must be specified, and "
                        + "the value for that field must be non-null.",
                    [(1, 22)]
                ),
                (
                    "Within OneOf Input Object type 'Lookup', exactly one field must be specified, and "
                        + "the value for that field must be non-null.",
                    [(1, 40)]
                ),
                (
                    "Within OneOf Input Object type 'Lookup', exactly one field must be specified, and "
                        + "the value for that field must be non-null.",
                    [(1, 74)]
                ),
                (
                    "Within OneOf Input Object type 'Lookup', exactly one field must be specified, and "
                        + "the value for that field must be non-null.",
                    [(1, 100)]
                ),
                (
                    "Expected value of type 'Lookup' not to include unknown field 'isin'. Did you mean "
                        + "'isbn'? Found: { isin: \"x\" }.",
                    [(1, 138)]
                ),
                (
                    "Within OneOf Input Object type 'Lookup', exactly one field must be specified, and "
                        + "the value for that field must be non-null.",
                    [(1, 137)]
                ),
            ]
        )
    }

    @Test func `directives are checked`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ book @skip(if: "yes") @needs(level: "high", mode: 1) { id } }"#,
            [
                (
                    "Boolean cannot represent a non boolean value: \"yes\"",
                    [(1, 18)]
                ),
                (
                    "Int cannot represent non-integer value: \"high\"",
                    [(1, 39)]
                ),
                (
                    "String cannot represent a non string value: 1",
                    [(1, 53)]
                ),
            ]
        )
    }

    @Test func `defaults of variables are checked`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"query ($a: Int! = null, $b: Genre = "CRIME", $c: [Int] = ["x"], $d: BookFilter = {exact: 1}) { __typename }"#,
            [
                (
                    "Expected value of non-null type 'Int!' not to be null.",
                    [(1, 19)]
                ),
                (
                    "Enum 'Genre' cannot represent non-enum value: \"CRIME\". Did you mean the enum value "
                        + "'CRIME'?",
                    [(1, 37)]
                ),
                (
                    "Int cannot represent non-integer value: \"x\"",
                    [(1, 59)]
                ),
                (
                    "Boolean cannot represent a non boolean value: 1",
                    [(1, 90)]
                ),
            ]
        )
    }

    @Test func `long values are broken into lines`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { filter(of: ["aaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbb", {c: "cccccccccccccccccccccccc", d: [$e]}]) } }"#,
            [
                (
                    "Expected value of type 'BookFilter' to be an object, found: [\n  "
                        + "\"aaaaaaaaaaaaaaaaaaaaaaaaa\"\n  \"bbbbbbbbbbbbbbbbbbbbbbbbb\"\n  { c: "
                        + "\"cccccccccccccccccccccccc\", d: [$e] }\n].",
                    [(1, 22)]
                )
            ]
        )
    }

    @Test func `strings are printed as they are written`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { int(of: """a "b" \ c""") a: int(of: "a \"b\" \u0001\n") } }"#,
            [
                (
                    "Int cannot represent non-integer value: \"\"\"a \"b\" \\ c\"\"\"",
                    [(1, 19)]
                ),
                (
                    "Int cannot represent non-integer value: \"a \\\"b\\\" \\u0001\\n\"",
                    [(1, 47)]
                ),
            ]
        )
    }

    @Test func `a list or object where a leaf is expected has its place too`() {
        expectErrors(
            ValuesOfCorrectTypeRule.self,
            #"{ probe { int(of: [1, $x]) genre(of: {a: $x, b: "c"}) } }"#,
            [
                ("Int cannot represent non-integer value: [1, null]", [(1, 19)]),
                (#"Enum 'Genre' cannot represent non-enum value: { b: "c" }."#, [(1, 38)]),
            ]
        )
    }

    @Test func `a custom scalar refuses what its coercion refuses`() throws {
        let schema = try GraphQLSchema.build(
            from: Source(
                "scalar Even scalar Odd scalar Any type Query { even(of: Even): Int odd(of: Odd): Int any(of: Any): Int }"
            ),
            scalars: [
                "Even": ScalarCoercion(
                    coerceInput: { value in
                        guard case .int(let number) = value, number.isMultiple(of: 2) else {
                            throw ScalarCoercion.Refusal("an even number was expected")
                        }
                        return value
                    },
                    coerceResult: { $0 }
                ),
                "Odd": ScalarCoercion(
                    coerceInput: { _ in throw GraphQLError("Nothing is odd.") },
                    coerceResult: { $0 }
                ),
                "Any": ScalarCoercion(coerceInput: { _ in throw CancellationError() }, coerceResult: { $0 }),
            ]
        )
        let found = errors(
            [ValuesOfCorrectTypeRule.self],
            #"{ even(of: 2) a: even(of: {x: [3, "y"]}) b: even(of: [$x]) odd(of: 1) any(of: 1) c: any(of: null) }"#,
            schema: schema
        )
        #expect(
            found.map(\.message) == [
                "Expected value of type 'Even', but encountered error 'an even number was expected'; found: "
                    + #"{ x: [3, "y"] }."#,
                "Nothing is odd.",
                "Expected value of type 'Any', found: 1.",
            ]
        )
        #expect(found.map { $0.locations.map(\.column) } == [[27], [68], [79]])
    }
}
