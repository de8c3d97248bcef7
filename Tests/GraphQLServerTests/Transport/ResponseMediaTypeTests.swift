import Testing

@testable import GraphQLServer

@Suite struct ResponseMediaTypeTests {
    @Test(
        arguments: [
            ([], .json),
            ["*/*"].asCase(.json),
            ["application/json"].asCase(.json),
            ["application/*"].asCase(.json),
            ["application/graphql-response+json"].asCase(.graphQLResponse),
            ["application/graphql-response+json, application/json;q=0.9"].asCase(.graphQLResponse),
            ["application/json;q=0.9, application/graphql-response+json"].asCase(.graphQLResponse),
            ["application/json, application/graphql-response+json"].asCase(.json),
            ["application/graphql-response+json; charset=utf-8, application/json; charset=utf-8"].asCase(
                .graphQLResponse
            ),
            ["APPLICATION/JSON"].asCase(.json),
            ["text/event-stream"].asCase(.eventStream),
            ["text/*"].asCase(nil),
            ["text/html"].asCase(nil),
            ["text/html, */*;q=0.1"].asCase(.json),
            ["application/json;q=0"].asCase(nil),
            ["application/json;q=0, */*"].asCase(.graphQLResponse),
            ["application/json;q=abc, application/graphql-response+json;q=0.1"].asCase(.graphQLResponse),
            ["multipart/mixed;subscriptionSpec=1.0, application/json"].asCase(.multipart),
            ["multipart/mixed; boundary=\"graphql\"; subscriptionSpec=\"1.0\",application/json"].asCase(.multipart),
            ["application/json, multipart/mixed;subscriptionSpec=1.0;q=0.9"].asCase(.json),
            ["multipart/mixed"].asCase(nil),
            ["text/html", "application/json"].asCase(.json),
            ["nonsense"].asCase(.json),
        ] as [([String], ResponseMediaType?)]
    )
    func `the form that a client likes best is chosen`(accept: [String], expected: ResponseMediaType?) {
        #expect(ResponseMediaType.preferred(accept) == expected, "\(accept)")
    }
}

extension [String] {
    fileprivate func asCase(_ expected: ResponseMediaType?) -> ([String], ResponseMediaType?) { (self, expected) }
}

@Suite struct URLQueryTests {
    @Test func `spaces, percent signs and missing values are decoded as a browser writes them`() {
        let parsed = URLQuery.parse("query=%7B+a+%7D&x=%F0%9F%98%80&empty=&bare&a%3Db=c%3Dd&bad=%zz%4")
        #expect(parsed.map(\.name) == ["query", "x", "empty", "bare", "a=b", "bad"])
        #expect(parsed.map { String(decoding: $0.value, as: UTF8.self) } == ["{ a }", "😀", "", "", "c=d", "%zz%4"])
    }
}
