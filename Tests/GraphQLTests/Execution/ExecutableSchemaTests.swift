import GraphQL
import Testing

@Suite struct ExecutableSchemaTests {
    private func problems(_ sdl: String, _ attach: (inout Resolvers) -> Void) throws -> [String] {
        var resolvers = Resolvers()
        attach(&resolvers)
        do {
            _ = try ExecutableSchema(GraphQLSchema.build(from: Source(sdl)), resolvers: resolvers)
            return []
        } catch let mismatch as ResolverMismatch {
            return mismatch.problems
        }
    }

    @Test func `every missing and superfluous resolver is named`() throws {
        let found = try problems("type Query { a: Int, b: Int } interface I { c: Int }") { resolvers in
            resolvers.field("Query.a", on: RootObject.self) { _ in 1 }
            resolvers.field("Query.a", on: RootObject.self) { _ in 2 }
            resolvers.field("Query.z", on: RootObject.self) { _ in 1 }
            resolvers.field("I.c", on: RootObject.self) { _ in 1 }
            resolvers.scalar("Nothing", .unchanged)
        }
        #expect(
            found == [
                "Query.a has more than one resolver.",
                "Query.z has a resolver, but the schema has no such field of an object type.",
                "I.c has a resolver, but the schema has no such field of an object type.",
                "Nothing has a coercion, but the schema has no such scalar.",
                "Query.b has no resolver.",
            ]
        )
    }

    @Test func `a subscription field needs a source stream as well`() throws {
        let found = try problems("type Query { a: Int } type Subscription { s: Int }") { resolvers in
            resolvers.field("Query.a", on: RootObject.self) { _ in 1 }
            resolvers.field("Subscription.s", on: RootObject.self) { _ in 1 }
        }
        #expect(found == ["Subscription.s has no source stream."])
    }

    @Test func `what a resolver gives must fit the field's type`() throws {
        let sdl = "type Query { i: Int, s: String, l: [Int], o: Thing, n: [[Int!]]! } type Thing { x: Int }"
        let found = try problems(sdl) { resolvers in
            resolvers.field("Query.i", on: RootObject.self) { _ in "one" }
            resolvers.field("Query.s", on: RootObject.self) { _ in ["one"] }
            resolvers.field("Query.l", on: RootObject.self) { _ in 1 }
            resolvers.field("Query.o", on: RootObject.self) { _ in RootObject() }
            resolvers.field("Query.n", on: RootObject.self) { _ in [[true]] }
            resolvers.field("Thing.x", on: Library.Book.self) { _ in 1 }
        }
        #expect(
            found == [
                "Query.i is of type Int, but its resolver gives String.",
                "Query.s is of type String, but its resolver gives a list.",
                "Query.l is of type [Int], but its resolver gives a single value.",
                "Query.n is of type [[Int!]]!, but its resolver gives a list of a list of Bool.",
                "Query.o gives RootObject, but the fields of Thing are resolved on Book.",
            ]
        )
    }

    @Test func `all fields of a type are resolved on one Swift type`() throws {
        let found = try problems("type Query { a: Int, b: Int }") { resolvers in
            resolvers.field("Query.a", on: RootObject.self) { _ in 1 }
            resolvers.field("Query.b", on: Library.Book.self) { _ in 1 }
        }
        #expect(found == ["Query.b is resolved on Book, other fields of Query on RootObject."])
    }
}
