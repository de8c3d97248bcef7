import Testing

@testable import GraphQL

@Suite struct SchemaBuilderTests {
    @Test func `definitions and extensions are merged in the order written`() throws {
        let schema = try GraphQLSchema.build(
            from: Source(
                """
                extend type Query { b: Int }
                "The root."
                type Query implements Named { a(x: Int = 3): [Pet!]! name: String }
                extend type Query implements Other { c: Colour }
                interface Named { name: String }
                interface Other { c: Colour }
                union Pet = Cat
                extend union Pet = Dog
                type Cat { name: String }
                type Dog { name: String }
                enum Colour { RED }
                extend enum Colour { BLUE @deprecated }
                """
            )
        )
        let query = try #require(schema.queryType)
        #expect(query.description == "The root.")
        #expect(query.fields.map(\.name) == ["a", "name", "b", "c"])
        #expect(query.interfaces.map(\.name) == ["Named", "Other"])
        #expect(query.field("a")?.type.description == "[Pet!]!")
        #expect(query.field("a")?.argument("x")?.defaultValue != nil)
        let pet = try #require(schema.type("Pet"))
        #expect(schema.possibleTypes(of: pet).map(\.name) == ["Cat", "Dog"])
        let colour = try #require(schema.type("Colour") as? EnumType)
        #expect(colour.values.map(\.name) == ["RED", "BLUE"])
        #expect(colour.value("BLUE")?.deprecationReason == "No longer supported")
        #expect(
            schema.types.map(\.name) == [
                "Query", "Int", "String", "Named", "Other", "Pet", "Cat", "Dog", "Colour", "Boolean", "__Schema",
                "__Type",
                "__TypeKind", "__Field", "__InputValue", "__EnumValue", "__Directive", "__DirectiveLocation",
            ]
        )
    }

    @Test func `roots are named by the schema definition and its extensions, or by default`() throws {
        let named = try GraphQLSchema.build(
            from: Source(
                """
                "All of it." schema { query: Root }
                extend schema { mutation: Change }
                type Root { a: Int } type Change { a: Int } type Query { a: Int } type Subscription { a: Int }
                """
            )
        )
        #expect(named.description == "All of it.")
        #expect(named.queryType?.name == "Root")
        #expect(named.mutationType?.name == "Change")
        #expect(named.subscriptionType == nil)
        let byDefault = try GraphQLSchema.build(
            from: Source("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }")
        )
        #expect(byDefault.rootType(of: .mutation)?.name == "Mutation")
        #expect(byDefault.rootType(of: .subscription)?.name == "Subscription")
    }

    @Test func `built-in directives have the signatures of the specification`() throws {
        let schema = try GraphQLSchema.build(from: Source("type Query { a: Int }"))
        #expect(schema.directives.map(\.name) == ["include", "skip", "deprecated", "specifiedBy", "oneOf"])
        let deprecated = try #require(schema.directive("deprecated"))
        #expect(deprecated.arguments.map { "\($0.name): \($0.type)" } == ["reason: String!"])
        #expect(deprecated.arguments[0].defaultValue?.text == "No longer supported")
        #expect(
            deprecated.locations == [.fieldDefinition, .argumentDefinition, .inputFieldDefinition, .enumValue]
        )
    }

    @Test func `a document may define a built-in directive itself`() throws {
        let schema = try GraphQLSchema.build(
            from: Source("directive @skip(if: Boolean!, why: String) on FIELD type Query { a: Int }")
        )
        #expect(schema.directives.map(\.name) == ["skip", "include", "deprecated", "specifiedBy", "oneOf"])
        #expect(schema.directive("skip")?.arguments.count == 2)
    }

    @Test func `built-in directives are read`() throws {
        let schema = try GraphQLSchema.build(
            from: Source(
                """
                type Query { a(x: Int @deprecated(reason: "gone"), y: One): Date @deprecated(reason: "b") }
                scalar Date @specifiedBy(url: "https://example.com/date")
                input One @oneOf { a: Int b: Int }
                """
            )
        )
        let field = try #require(schema.queryType?.field("a"))
        #expect(field.deprecationReason == "b")
        #expect(field.argument("x")?.deprecationReason == "gone")
        #expect((schema.type("Date") as? ScalarType)?.specifiedByURL == "https://example.com/date")
        #expect((schema.type("One") as? InputObjectType)?.isOneOf == true)
    }

    @Test func `scalars get the coercion given for them`() throws {
        struct Odd: Error {}
        let refusing = ScalarCoercion(coerceInput: { _ in throw Odd() }, coerceResult: { $0 })
        let schema = try GraphQLSchema.build(
            from: Source("type Query { a: Date b: Int } scalar Date"),
            scalars: ["Date": refusing]
        )
        let date = try #require(schema.type("Date") as? ScalarType)
        #expect(throws: Odd.self) { try date.coercion.coerceInput(.int(1)) }
        let int = try #require(schema.type("Int") as? ScalarType)
        #expect(throws: GraphQLError.self) { try int.coercion.coerceInput(.int(1 << 31)) }
    }

    @Test func `a coercion for what is no scalar is an error`() {
        let error = #expect(throws: SchemaError.self) {
            try GraphQLSchema.build(from: Source("type Query { a: Int }"), scalars: ["Dat": .unchanged])
        }
        #expect(
            error?.errors == [GraphQLError("A coercion is given for 'Dat', which is no scalar of the schema.")]
        )
    }

    @Test func `errors show the name of the source and the place`() {
        let error = #expect(throws: SchemaError.self) {
            try GraphQLSchema.build(from: Source("type Query {\n  a: Missing\n}", name: "schema.graphql"))
        }
        #expect(error?.description == "schema.graphql:2:6: Unknown type 'Missing'.")
    }

    @Test func `an error of syntax stands alone`() {
        let error = #expect(throws: SchemaError.self) { try GraphQLSchema.build(from: Source("type {")) }
        #expect(error?.errors.map(\.message) == [#"Syntax Error: Expected Name, found '{'."#])
    }

    @Test(arguments: [
        ("5", "String cannot represent a non string value: 5"),
        ("null", "Expected value of non-null type 'String!' not to be null."),
    ])
    func `what built-in directives say is text`(literal: String, problem: String) throws {
        #expect(
            try schemaErrors("type Query { a: Int @deprecated(reason: \(literal)) }") == [
                GraphQLError("Argument 'reason' has invalid value: \(problem)", locations: [.init(line: 1, column: 41)])
            ]
        )
    }
}
