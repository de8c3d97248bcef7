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
