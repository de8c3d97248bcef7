import Foundation
import Testing

@testable import GraphQLServer

@Suite struct CORSTests {
    private static let app = "https://app.example.com"
    private let listed = CORS(origins: .listed([app, "http://localhost:5173"]))

    private func request(_ fields: HTTPFields, method: String = "POST", path: String = "/graphql") -> HTTPRequest {
        HTTPRequest(method: method, path: path, query: nil, fields: fields, remoteAddress: "127.0.0.1", id: "r1")
    }

    /// The fields of an answer to a request with these fields.
    private func fields(_ cors: CORS, _ fields: HTTPFields, path: String = "/graphql") -> HTTPFields {
        var response = HTTPResponse.text(200, "x", fields: ["Vary": "Accept"])
        cors.add(to: &response, for: request(fields, path: path))
        return response.fields
    }

    private func hasNoCORS(_ fields: HTTPFields) -> Bool {
        !fields.entries.contains { $0.name.lowercased().hasPrefix("access-control-") }
    }

    @Test(arguments: ["/graphql", "/files/a/b"])
    func `a page of a listed origin may read answers`(path: String) {
        let fields = fields(listed, ["Origin": Self.app], path: path)
        #expect(fields["Access-Control-Allow-Origin"] == Self.app)
        #expect(fields["Access-Control-Expose-Headers"] == "ETag, X-Request-Id, Retry-After, Preference-Applied")
        #expect(fields["Access-Control-Allow-Credentials"] == nil)
        #expect(fields.values("Vary") == ["Accept, Origin"])
    }

    @Test(
        arguments: [
            "https://evil.example", "https://app.example.com.evil.example", "http://app.example.com",
            "https://app.example.com:8443", "null", "", nil,
        ] as [String?]
    )
    func `a page of another origin may not, and caches are told that it hangs on the origin`(origin: String?) {
        let fields = fields(listed, origin.map { ["Origin": $0] } ?? [:])
        #expect(hasNoCORS(fields))
        #expect(fields.values("Vary") == ["Accept, Origin"])
    }

    @Test func `where every origin is allowed, the answer is the same for all`() {
        let fields = fields(CORS(origins: .any), ["Origin": "https://anywhere.example"])
        #expect(fields["Access-Control-Allow-Origin"] == "*")
        #expect(fields["Access-Control-Allow-Credentials"] == nil)
        #expect(fields.values("Vary") == ["Accept"])
    }

    @Test func `without a setting, and on pages for people, nothing is said`() {
        let none = fields(CORS(origins: .none), ["Origin": Self.app])
        #expect(hasNoCORS(none) && none.values("Vary") == ["Accept"])
        let page = fields(listed, ["Origin": Self.app], path: "/")
        #expect(hasNoCORS(page) && page.values("Vary") == ["Accept"])
        #expect(hasNoCORS(fields(listed, ["Origin": Self.app], path: "/filesystem")))
    }

    @Test(arguments: ["/graphql", "/files/a"])
    func `a browser that asks first is told what it may send`(path: String) throws {
        let fields: HTTPFields = ["Origin": Self.app, "Access-Control-Request-Method": "POST"]
        let asked = request(fields, method: "OPTIONS", path: path)
        var answer = try #require(listed.preflight(asked))
        listed.add(to: &answer, for: asked)
        #expect(answer.status == 204)
        #expect(answer.fields["Access-Control-Allow-Origin"] == Self.app)
        #expect(answer.fields["Access-Control-Allow-Methods"] == "GET, POST, PUT")
        #expect(answer.fields["Access-Control-Max-Age"] == "7200")
        #expect(answer.fields["Access-Control-Allow-Credentials"] == nil)
        let allowed = answer.fields["Access-Control-Allow-Headers"]?.components(separatedBy: ", ") ?? []
        for field in ["Authorization", "Content-Type", "GraphQL-Preflight", "If-None-Match", "Last-Event-ID"] {
            #expect(allowed.contains(field))
        }
    }

    @Test func `only a browser's question of a listed origin is answered as one`() {
        let question: HTTPFields = ["Origin": Self.app, "Access-Control-Request-Method": "POST"]
        #expect(listed.preflight(request(question, method: "POST"))?.status == nil)
        #expect(listed.preflight(request(question, method: "OPTIONS", path: "/healthz"))?.status == nil)
        #expect(listed.preflight(request(["Origin": Self.app], method: "OPTIONS"))?.status == nil)
        let other: HTTPFields = ["Origin": "https://evil.example", "Access-Control-Request-Method": "POST"]
        #expect(listed.preflight(request(other, method: "OPTIONS"))?.status == nil)
        #expect(CORS(origins: .none).preflight(request(question, method: "OPTIONS"))?.status == nil)
    }

    @Test(
        arguments: [
            ("https://app.example.com", "https://app.example.com"),
            ("HTTPS://App.Example.com", "https://app.example.com"),
            ("https://a.example:443", "https://a.example"), ("http://a.example:80", "http://a.example"),
            ("http://a.example:443", "http://a.example:443"), ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"), ("", nil), ("app.example.com", nil), ("ftp://a.example", nil),
            ("https://", nil), ("https://a.example/", nil), ("https://a.example?x", nil), ("https://u@a.example", nil),
            ("https://a.example:", nil), ("https://a.example:0", nil), ("https://a.example:65536", nil),
            ("https://a.example:+1", nil), ("https://[::1", nil), ("null", nil), ("https://*.example", nil),
            ("https://bücher.example", nil),
        ] as [(String, String?)]
    )
    func `an origin is read as browsers write it`(text: String, origin: String?) {
        #expect(CORS.origin(text) == origin)
    }
}
