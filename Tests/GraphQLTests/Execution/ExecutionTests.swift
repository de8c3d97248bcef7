import GraphQL
import Testing

@Suite struct ExecutionTests {
    @Test(arguments: [
        ("{ author(id: 3) { name } }", #"{"data":{"author":{"name":"Author 3"}}}"#),
        ("{ nothing }", #"{"data":{"nothing":null}}"#),
        ("{ author(id: \"x\") { name } }", #"{"data":{"author":null}}"#),
        (
            "{ authors(first: 1) { id age height active genre tags __typename } }",
            #"{"data":{"authors":[{"id":"1","age":30,"height":1.5,"active":false,"genre":"CRIME","tags":["a","b"],"#
                + #""__typename":"Author"}]}}"#
        ),
        (
            "{ a: author(id: 1) { n: name } b: author(id: 2) { name } }",
            #"{"data":{"a":{"n":"Author 1"},"b":{"name":"Author 2"}}}"#
        ),
        (
            "{ search(text: \"me\") { __typename ... on Book { title } ... on Author { name } } }",
            #"{"data":{"search":[{"__typename":"Book","title":"Found"},null,{"__typename":"Author","name":"me"},"#
                + #"{"__typename":"Book","title":"Other"}]}}"#
        ),
    ])
    func `values stand in the response as the document asks for them`(document: String, response: String) async throws {
        #expect(try await Library.respond(document) == response)
    }

    @Test func `three nested levels are three calls`() async throws {
        let log = Library.Log()
        let response = try await Library.respond("{ authors(first: 5) { books { reviews { stars } } } }", log: log)
        #expect(log.all == ["authors", "books of 5", "reviews of 10"])
        #expect(response.hasPrefix(#"{"data":{"authors":[{"books":[{"reviews":[{"stars":5}]},{"reviews":"#))
    }
}

extension ExecutionTests {
    /// Its objects are freed with the execution, or they are not.
    final class Witness: ObjectValue, Sendable {
        private let freed: Library.Log
        init(_ freed: Library.Log) { self.freed = freed }
        deinit { freed.add("freed") }
    }

    @Test func `nothing of an execution is left when it is over`() async throws {
        let freed = Library.Log()
        var resolvers = Resolvers()
        resolvers.field("Query.a", on: RootObject.self) { _ in Witness(freed) }
        resolvers.field("A.b", on: Witness.self) { _ in [Witness(freed)] }
        resolvers.batch("B.a", on: Witness.self) { _, _ in [Optional(Witness(freed))] }
        let schema = try ExecutableSchema(
            GraphQLSchema.build(from: Source("type Query { a: A } type A { b: [B] } type B { a: A }")),
            resolvers: resolvers
        )
        let plan = try OperationPlan(parse(Source("{ a { b { a { __typename } } } }")), on: schema)
        _ = await plan.execute()
        #expect(freed.all.count == 3)
    }
}
