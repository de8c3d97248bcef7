import Testing

@testable import GraphQL

@Suite struct SchemaCheckDefaultValuesTests {
    @Test func `a default value is of the type it stands for`() throws {
        let errors = try schemaErrors(
            """
            type Query { a(i: Int = 1, f: Float = 1, s: [String!] = "one", d: ID! = 5, e: [E] = [A, null], o: In! = {b: {}}, n: In = null, c: Custom = {x: [1]}, q: One = {a: 1}): Int }
            enum E { A }
            input In { a: Int! = 1 b: In }
            scalar Custom
            input One @oneOf { a: Int b: Int }
            """
        )
        #expect(errors == [])
    }

    @Test func `a default value of another type is an error`() throws {
        let errors = try schemaErrors(
            """
            type Query { a(i: Int = "1", f: Float = true, s: String = 1, b: Boolean! = null, l: [Int!]! = [1, null, "x"], big: Int = 2147483648): Int }
            directive @d(x: Int = A) on FIELD
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "@d(x:) has invalid default value: Int cannot represent non-integer value: A",
                    locations: [.init(line: 2, column: 23)]
                ),
                GraphQLError(
                    "Query.a(i:) has invalid default value: Int cannot represent non-integer value: \"1\"",
                    locations: [.init(line: 1, column: 25)]
                ),
                GraphQLError(
                    "Query.a(f:) has invalid default value: Float cannot represent non numeric value: true",
                    locations: [.init(line: 1, column: 41)]
                ),
                GraphQLError(
                    "Query.a(s:) has invalid default value: String cannot represent a non string value: 1",
                    locations: [.init(line: 1, column: 59)]
                ),
                GraphQLError(
                    "Query.a(b:) has invalid default value: Expected value of non-null type 'Boolean!' not to be null.",
                    locations: [.init(line: 1, column: 76)]
                ),
                GraphQLError(
                    "Query.a(l:) has invalid default value at [1]: Expected value of non-null type 'Int!' not to be null.",
                    locations: [.init(line: 1, column: 99)]
                ),
                GraphQLError(
                    "Query.a(l:) has invalid default value at [2]: Int cannot represent non-integer value: \"x\"",
                    locations: [.init(line: 1, column: 105)]
                ),
                GraphQLError(
                    "Query.a(big:) has invalid default value: Int cannot represent non 32-bit signed integer value: 2147483648",
                    locations: [.init(line: 1, column: 122)]
                ),
            ]
        )
    }

    @Test func `an enum takes its values only`() throws {
        let errors = try schemaErrors(
            """
            type Query { a(x: Colour = RDE, y: Colour = "RED", z: [Colour!] = [RED, 1]): Int }
            enum Colour { RED GREEN }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Query.a(x:) has invalid default value: Value 'RDE' does not exist in 'Colour' enum. Did you mean the enum value 'RED'?",
                    locations: [.init(line: 1, column: 28)]
                ),
                GraphQLError(
                    "Query.a(y:) has invalid default value: Enum 'Colour' cannot represent non-enum value: \"RED\". Did you mean the enum value 'RED' or 'GREEN'?",
                    locations: [.init(line: 1, column: 45)]
                ),
                GraphQLError(
                    "Query.a(z:) has invalid default value at [1]: Enum 'Colour' cannot represent non-enum value: 1.",
                    locations: [.init(line: 1, column: 73)]
                ),
            ]
        )
    }

    @Test func `an input object takes its fields only`() throws {
        let errors = try schemaErrors(
            """
            input In { a: Int! b: In = {a: "x", c: 1, bb: null} }
            type Query { a(x: In = {}, y: In = 1, z: [In] = [{a: 1, b: {a: null}}]): Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "In.b has invalid default value at .a: Int cannot represent non-integer value: \"x\"",
                    locations: [.init(line: 1, column: 32)]
                ),
                GraphQLError(
                    "In.b has invalid default value: Expected value of type 'In' not to include unknown field 'c'. Did you mean 'a' or 'b'? Found: { a: \"x\", c: 1, bb: null }.",
                    locations: [.init(line: 1, column: 37)]
                ),
                GraphQLError(
                    "In.b has invalid default value: Expected value of type 'In' not to include unknown field 'bb'. Did you mean 'b'? Found: { a: \"x\", c: 1, bb: null }.",
                    locations: [.init(line: 1, column: 43)]
                ),
                GraphQLError(
                    "Invalid circular reference. The default value of Input Object field In.b references itself.",
                    locations: [.init(line: 1, column: 28)]
                ),
                GraphQLError(
                    "Query.a(x:) has invalid default value: Expected value of type 'In' to include required field 'a', found: {  }.",
                    locations: [.init(line: 2, column: 24)]
                ),
                GraphQLError(
                    "Query.a(y:) has invalid default value: Expected value of type 'In' to be an object, found: 1.",
                    locations: [.init(line: 2, column: 36)]
                ),
                GraphQLError(
                    "Query.a(z:) has invalid default value at [0].b.a: Expected value of non-null type 'Int!' not to be null.",
                    locations: [.init(line: 2, column: 64)]
                ),
            ]
        )
    }

    @Test func `a OneOf input object takes one field`() throws {
        let errors = try schemaErrors(
            """
            input One @oneOf { a: Int b: Int }
            type Query { a(x: One = {}, y: One = {a: 1, b: 2}, z: One = {a: null}): Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Query.a(x:) has invalid default value: Within OneOf Input Object type 'One', exactly one field must be specified, and the value for that field must be non-null.",
                    locations: [.init(line: 2, column: 25)]
                ),
                GraphQLError(
                    "Query.a(y:) has invalid default value: Within OneOf Input Object type 'One', exactly one field must be specified, and the value for that field must be non-null.",
                    locations: [.init(line: 2, column: 38)]
                ),
                GraphQLError(
                    "Query.a(z:) has invalid default value at .a: Within OneOf Input Object type 'One', exactly one field must be specified, and the value for that field must be non-null.",
                    locations: [.init(line: 2, column: 61)]
                ),
            ]
        )
    }
}
