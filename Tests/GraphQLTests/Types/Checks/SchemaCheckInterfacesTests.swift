import Testing

@testable import GraphQL

@Suite struct SchemaCheckInterfacesTests {
    @Test func `an implementation may be narrower`() throws {
        let errors = try schemaErrors(
            """
            interface N { a: N b: [N] c(x: Int): U }
            union U = A | Query
            type A implements N { a: A! b: [A!]! c(x: Int, y: Int, z: Int! = 1): Query }
            type Query implements N { a: N b: [N!] c(x: Int): A }
            """
        )
        #expect(errors == [])
    }

    @Test func `only interfaces can be implemented`() throws {
        let errors = try schemaErrors(
            """
            type Query implements A & A & String { a: Int }
            type A { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Type Query must only implement Interface types, it cannot implement A.",
                    locations: [.init(line: 1, column: 23), .init(line: 1, column: 27)]
                ),
                GraphQLError(
                    "Type Query must only implement Interface types, it cannot implement A.",
                    locations: [.init(line: 1, column: 23), .init(line: 1, column: 27)]
                ),
                GraphQLError(
                    "Type Query must only implement Interface types, it cannot implement String.",
                    locations: [.init(line: 1, column: 31)]
                ),
            ]
        )
    }

    @Test func `a type cannot implement itself`() throws {
        let errors = try schemaErrors(
            """
            interface I implements I { a: Int }
            type Query { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Type I cannot implement itself because it would create a circular reference.",
                    locations: [.init(line: 1, column: 24)]
                )
            ]
        )
    }

    @Test func `interfaces cannot implement each other`() throws {
        let errors = try schemaErrors(
            """
            interface A implements B { a: Int }
            interface B implements A { a: Int }
            type Query { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Type A cannot implement B because it would create a circular reference.",
                    locations: [.init(line: 2, column: 24), .init(line: 1, column: 24)]
                ),
                GraphQLError(
                    "Type B cannot implement A because it would create a circular reference.",
                    locations: [.init(line: 1, column: 24), .init(line: 2, column: 24)]
                ),
            ]
        )
    }

    @Test func `an interface is implemented once`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int }
            type Query implements I & I { a: Int }
            extend type Query implements I
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Type Query can only implement I once.",
                    locations: [.init(line: 2, column: 23), .init(line: 2, column: 27), .init(line: 3, column: 30)]
                ),
                GraphQLError(
                    "Type Query can only implement I once.",
                    locations: [.init(line: 2, column: 23), .init(line: 2, column: 27), .init(line: 3, column: 30)]
                ),
            ]
        )
    }

    @Test func `what an interface implements must be implemented too`() throws {
        let errors = try schemaErrors(
            """
            interface A { a: Int }
            interface B implements A { a: Int }
            type Query implements B { a: Int }
            interface C implements B { a: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Type Query must implement A because it is implemented by B.",
                    locations: [.init(line: 2, column: 24), .init(line: 3, column: 23)]
                ),
                GraphQLError(
                    "Type C must implement A because it is implemented by B.",
                    locations: [.init(line: 2, column: 24), .init(line: 4, column: 24)]
                ),
            ]
        )
    }

    @Test func `a field of the interface must be there`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int "b" b: Int }
            "Q" type Query implements I { a: Int }
            extend type Query { c: Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Interface field I.b expected but Query does not provide it.",
                    locations: [.init(line: 1, column: 22), .init(line: 2, column: 1), .init(line: 3, column: 1)]
                )
            ]
        )
    }

    @Test func `the type of the field is the same or narrower`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int b: Int! c: [Int] d: I e: U f: [Int!]! }
            union U = A
            type A { a: Int }
            type Query implements I { a: String b: Int c: Int d: A e: Query f: [Int]! }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Interface field I.a expects type Int but Query.a is type String.",
                    locations: [.init(line: 1, column: 18), .init(line: 4, column: 30)]
                ),
                GraphQLError(
                    "Interface field I.b expects type Int! but Query.b is type Int.",
                    locations: [.init(line: 1, column: 25), .init(line: 4, column: 40)]
                ),
                GraphQLError(
                    "Interface field I.c expects type [Int] but Query.c is type Int.",
                    locations: [.init(line: 1, column: 33), .init(line: 4, column: 47)]
                ),
                GraphQLError(
                    "Interface field I.d expects type I but Query.d is type A.",
                    locations: [.init(line: 1, column: 42), .init(line: 4, column: 54)]
                ),
                GraphQLError(
                    "Interface field I.e expects type U but Query.e is type Query.",
                    locations: [.init(line: 1, column: 47), .init(line: 4, column: 59)]
                ),
                GraphQLError(
                    "Interface field I.f expects type [Int!]! but Query.f is type [Int]!.",
                    locations: [.init(line: 1, column: 52), .init(line: 4, column: 68)]
                ),
            ]
        )
    }

    @Test func `arguments are those of the interface, with the same types`() throws {
        let errors = try schemaErrors(
            """
            interface I { a("x" x: Int, y: Int): Int }
            type Query implements I { "a" a(y: Int!): Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Interface field argument I.a(x:) expected but Query.a does not provide it.",
                    locations: [.init(line: 1, column: 17), .init(line: 2, column: 27)]
                ),
                GraphQLError(
                    "Interface field argument I.a(y:) expects type Int but Query.a(y:) is type Int!.",
                    locations: [.init(line: 1, column: 32), .init(line: 2, column: 36)]
                ),
            ]
        )
    }

    @Test func `a further argument cannot be required`() throws {
        let errors = try schemaErrors(
            """
            interface I { "a" a: Int }
            type Query implements I { a(x: Int, "y" y: [Int]!, z: Int! = 1): Int }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Argument 'Query.a(y:)' must not be required type '[Int]!' if not provided by the Interface field 'I.a'.",
                    locations: [.init(line: 2, column: 37), .init(line: 1, column: 15)]
                )
            ]
        )
    }

    @Test func `a field is deprecated only where that of the interface is`() throws {
        let errors = try schemaErrors(
            """
            interface I { a: Int b: Int @deprecated }
            type Query implements I { a: [Int] @deprecated(reason: "r") b: Int @deprecated }
            """
        )
        #expect(
            errors == [
                GraphQLError(
                    "Interface field I.a expects type Int but Query.a is type [Int].",
                    locations: [.init(line: 1, column: 18), .init(line: 2, column: 30)]
                ),
                GraphQLError(
                    "Interface field I.a is not deprecated, so implementation field Query.a must not be deprecated.",
                    locations: [.init(line: 2, column: 36), .init(line: 2, column: 30)]
                ),
            ]
        )
    }
}
