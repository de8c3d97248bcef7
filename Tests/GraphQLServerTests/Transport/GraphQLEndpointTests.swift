import Foundation
import GraphQL
import Synchronization
import Testing

@testable import GraphQLServer

@Suite struct GraphQLEndpointTests {
    static let graphQL = "application/graphql-response+json"
    static let json = "application/json"

    static func endpoint(
        _ profile: StatusProfile = .compatible,
        preparation: DocumentPreparer.Options = DocumentPreparer.Options(),
        observe: OperationObserver? = nil,
        hop: @escaping @Sendable () async -> Void = {}
    ) throws -> GraphQLEndpoint {
        let sdl = "type Query { name: String, fails: String, echo(number: Int): Int } type Mutation { name: String }"
        let schema = try GraphQLSchema.build(from: Source(sdl))
        struct Failure: Error {}
        var resolvers = Resolvers()
        resolvers.field("Query.name", on: RootObject.self) { _ in "n" }
        resolvers.field("Query.fails", on: RootObject.self) { _ -> String? in throw Failure() }
        resolvers.field("Query.echo", on: RootObject.self) { _, call -> Int? in
            if case .int(let number)? = call.arguments["number"] { number } else { nil }
        }
        resolvers.field("Mutation.name", on: RootObject.self) { _ in "n" }
        let executable = try ExecutableSchema(schema, resolvers: resolvers)
        return GraphQLEndpoint(
            preparer: DocumentPreparer(schema: schema, options: preparation, sha256: { _ in "" }),
            executable: executable,
            options: GraphQLEndpoint.Options(statusProfile: profile),
            observe: observe,
            hop: hop,
            context: { _ in RootObject() }
        )
    }

    /// The answer to one request, not over a socket.
    static func ask(
        _ method: String,
        _ target: String = "/graphql",
        body: String = "",
        fields: HTTPFields = [:],
        profile: StatusProfile = .compatible
    ) async throws -> (status: Int, type: String, text: String, fields: HTTPFields) {
        let parts = target.split(separator: "?", maxSplits: 1)
        let request = HTTPRequest(
            method: method,
            path: String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : nil,
            fields: fields,
            remoteAddress: "127.0.0.1",
            id: "r1"
        )
        let response: HTTPResponse
        switch try endpoint(profile).route(request) {
        case .collect(_, let respond): response = await respond(request, Array(body.utf8))
        case .answer(let answer): response = answer
        case .stream: throw HTTPHostError.clientLeft
        }
        guard case .bytes(let bytes) = response.body else { throw HTTPHostError.clientLeft }
        return (
            response.status, response.fields["Content-Type"] ?? "", String(decoding: bytes, as: UTF8.self),
            response.fields
        )
    }

    /// The answer of an endpoint that is asked more than once.
    private static func answer(of endpoint: GraphQLEndpoint, to body: [UInt8]) async throws -> String {
        let request = HTTPRequest(
            method: "POST",
            path: "/graphql",
            query: nil,
            fields: ["Content-Type": json],
            remoteAddress: "127.0.0.1",
            id: "r1"
        )
        guard case .bytes(let bytes) = await endpoint.respond(to: request, body).body else {
            throw HTTPHostError.clientLeft
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a request leaves the thread on which it begins for what takes long, and for nothing else`() async throws
    {
        let hops = Mutex(0)
        var preparation = DocumentPreparer.Options()
        preparation.trustedDocuments = TrustedDocuments(
            files: [("known", Array("query Known { name }".utf8))],
            sha256: { _ in "" }
        )
        let endpoint = try Self.endpoint(preparation: preparation, hop: { hops.withLock { $0 += 1 } })
        func hopsOf(_ text: String, as member: String = "query") async throws -> Int {
            let before = hops.withLock { $0 }
            let body = try JSONEncoder().encode([member: text])
            let answer = try await Self.answer(of: endpoint, to: Array(body))
            #expect(answer.contains(text.contains("wrong") ? "errors" : "data"))
            return hops.withLock { $0 } - before
        }
        for query in ["{ name }", "{ wrong }"] {
            #expect(try await hopsOf(query) == 0, "\(query)")
            // Parsed once; also what is remembered to be wrong.
            let padded = query + String(repeating: " ", count: 1 << 10)
            #expect(try await hopsOf(padded) == 1, "\(query)")
            #expect(try await hopsOf(padded) == 0, "\(query)")
        }
        // Not sent, so it may be as long as any.
        #expect(try await hopsOf("known", as: "documentId") == 1)
        #expect(try await hopsOf("known", as: "documentId") == 0)
        // Long every time.
        let types =
            "__schema { types { name description fields { name description } enumValues { name description } } }"
        let long = "{ a: \(types) b: \(types) c: \(types) }"
        for _ in 0..<3 { #expect(try await hopsOf(long) == 1) }
    }

    static func post(
        _ body: String,
        accept: String? = nil,
        type: String? = json,
        profile: StatusProfile = .compatible
    ) async throws -> (status: Int, type: String, text: String, fields: HTTPFields) {
        var fields = HTTPFields()
        if let accept { fields.append("Accept", accept) }
        if let type { fields.append("Content-Type", type) }
        return try await ask("POST", body: body, fields: fields, profile: profile)
    }

    // MARK: - What the audits of graphql-http ask, by their identifiers

    @Test(
        arguments: [
            ("22EB", graphQL, graphQL), ("4655", json, json), ("47DE", "*/*", json), ("80D8", nil, json),
        ] as [(String, String?, String)]
    )
    func `the form that is asked for is given`(audit: String, accept: String?, type: String) async throws {
        let answer = try await Self.post(#"{"query":"{ __typename }"}"#, accept: accept)
        #expect(answer.status == 200, "\(audit)")
        #expect(answer.type == type + "; charset=utf-8", "\(audit)")
        #expect(answer.text == #"{"data":{"__typename":"Query"}}"#, "\(audit)")
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"])
    func `JSON in UTF-8 is read`(type: String) async throws {
        let answer = try await Self.post(#"{"query":"{ echo(number: 1) name # Run🏃Swim🏊\n }"}"#, type: type)
        #expect(answer.status == 200 && answer.text == #"{"data":{"echo":1,"name":"n"}}"#)
    }

    @Test(arguments: [
        (#""operationName":"Query","query":"query Query { name }""#, "8161, B8B3"),
        (#""query":"{ name }","variables":null"#, "94B0, 0220"),
        (#""query":"{ name }","operationName":null"#, "94B1, 0221"),
        (#""query":"{ name }","extensions":null"#, "94B2, 0222"),
        (#""query":"query ($n: Int) { name echo(number: $n) @skip(if: true) }","variables":{"n":1}"#, "2EA1, 28B9"),
        (#""query":"{ name }","extensions":{"some":"value"}"#, "428F, 1B7A"),
        (#""query":"{ name }","unknown":[1]"#, "unknown keys"),
    ])
    func `parameters that are well-formed give data and no errors`(body: String, audit: String) async throws {
        for accept in [Self.graphQL, Self.json] {
            let answer = try await Self.post("{\(body)}", accept: accept)
            #expect(answer.status == 200 && answer.text == #"{"data":{"name":"n"}}"#, "\(audit)")
        }
    }

    @Test(arguments: [
        (#"{"query":{"obj":"ect"}}"#, "LKJ0"), (#"{"query":0}"#, "LKJ1"), (#"{"query":false}"#, "LKJ2"),
        (#"{"query":["array"]}"#, "LKJ3"), (#"{"notquery":"{ name }"}"#, "423L"),
        (#"{"qeury":"{ name }"}"#, "8764, 3E3A"),
        (#"{"query":"{ name }","operationName":{"obj":"ect"}}"#, "6C00"),
        (#"{"query":"{ name }","operationName":0}"#, "6C01"),
        (#"{"query":"{ name }","operationName":false}"#, "6C02"),
        (#"{"query":"{ name }","operationName":["a"]}"#, "6C03"),
        (#"{"query":"{ name }","variables":"string"}"#, "4760"), (#"{"query":"{ name }","variables":0}"#, "4761"),
        (#"{"query":"{ name }","variables":false}"#, "4762"), (#"{"query":"{ name }","variables":["a"]}"#, "4763"),
        (#"{"query":"{ name }","extensions":"string"}"#, "58B0"), (#"{"query":"{ name }","extensions":0}"#, "58B1"),
        (#"{"query":"{ name }","extensions":false}"#, "58B2"), (#"{"query":"{ name }","extensions":["a"]}"#, "58B3"),
        ("", "A5BF"), ("{ \"not a JSON", "B6DC, BCF8, B7N8"), (#"[{"query":"{ name }"}]"#, "a batch"), ("null", "null"),
    ])
    func `parameters that are not well-formed are a bad request`(body: String, audit: String) async throws {
        for accept in [Self.graphQL, Self.json, nil] {
            let answer = try await Self.post(body, accept: accept)
            #expect(answer.status == 400, "\(audit)")
            #expect(answer.text.contains(#""code":"BAD_USER_INPUT""#) && !answer.text.contains(#""data""#), "\(audit)")
        }
    }

    @Test(arguments: [
        ("{", "GRAPHQL_PARSE_FAILED", "572B, 865D, 556A, D586"),
        ("{ 8f31403dfe404bccbb0e835f2629c6a7 }", "GRAPHQL_PARSE_FAILED", "FDE2, 51FE, 74FF, 5E5B"),
        ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED", "a validation error"),
        ("query Q($id: ID!) { __typename }", "GRAPHQL_VALIDATION_FAILED", "7B9B, 86EE"),
        ("query Q($n: Int!) { echo(number: $n) }", "BAD_USER_INPUT", "a variable that is missing"),
        ("query A { name } query B { name }", "GRAPHQL_VALIDATION_FAILED", "no operation named"),
    ])
    func `a request that is not executed has no data, and its status hangs on the form`(
        query: String,
        code: String,
        audit: String
    ) async throws {
        let legacy = try await Self.post("{\"query\":\"\(query)\"}", accept: Self.json)
        #expect(legacy.status == 200, "\(audit)")
        let modern = try await Self.post("{\"query\":\"\(query)\"}", accept: Self.graphQL)
        #expect(modern.status == 400, "\(audit)")
        for answer in [legacy, modern] {
            #expect(
                answer.text.contains("\"code\":\"\(code)\"") && !answer.text.contains("\"data\""),
                "\(audit): \(answer.text)"
            )
        }
    }

    @Test func `an empty name is the name of no operation, whatever was asked before`() async throws {
        let endpoint = try Self.endpoint()
        func text(_ parameters: String) async throws -> String {
            try await Self.answer(of: endpoint, to: Array(parameters.utf8))
        }
        let (named, bare) = (#"{"query":"{ name }","operationName":""}"#, #"{"query":"{ name }"}"#)
        #expect(try await text(named).contains("Unknown operation named ''."))
        #expect(try await text(bare) == #"{"data":{"name":"n"}}"#)
        #expect(try await text(named).contains("Unknown operation named ''."))
    }

    @Test func `a GET runs a query and nothing else`() async throws {
        let query = try await Self.ask("GET", "/graphql?query=%7B+name+%7D", fields: ["Accept": Self.graphQL])
        #expect(query.status == 200 && query.text == #"{"data":{"name":"n"}}"#)  // 5A70
        let variables = "/graphql?query=query($n:Int)%7Becho(number:$n)%7D&variables=%7B%22n%22%3A7%7D"
        #expect(try await Self.ask("GET", variables).text == #"{"data":{"echo":7}}"#)  // D6D5, 6A70
        let mutation = try await Self.ask("GET", "/graphql?query=mutation%7Bname%7D", fields: ["Accept": Self.graphQL])
        #expect(mutation.status == 405 && mutation.fields["Allow"] == "POST")  // 9C48
        #expect(try await Self.ask("GET", "/graphql?query=%7Bname%7D&variables=%7B").status == 400)
        #expect(try await Self.ask("GET", "/graphql").status == 400)
    }

    // MARK: - What the audits leave out

    @Test(arguments: [
        nil, "text/plain", "application/x-www-form-urlencoded", "application/xml",
        "application/json; charset=iso-8859-1", "application/json; charset=utf-16",
    ])
    func `a body that is not JSON in UTF-8 is refused`(type: String?) async throws {
        #expect(try await Self.post(#"{"query":"{ name }"}"#, type: type).status == 415)  // 9ABE
    }

    @Test func `a GET that claims a form's content type is refused`() async throws {
        let fields: HTTPFields = ["Content-Type": "text/plain"]
        #expect(try await Self.ask("GET", "/graphql?query=%7Bname%7D", fields: fields).status == 415)
    }

    @Test func `a form that cannot be given is refused`() async throws {
        #expect(try await Self.post(#"{"query":"{ name }"}"#, accept: "text/html").status == 406)
    }

    @Test(arguments: ["PUT", "DELETE", "PATCH"])
    func `another method is refused, and told which are not`(method: String) async throws {
        let answer = try await Self.ask(method)
        #expect(answer.status == 405 && answer.fields["Allow"] == "GET, POST, OPTIONS")
    }

    @Test func `an error of a resolver is masked and leaves the rest standing`() async throws {
        let answer = try await Self.post(#"{"query":"{ name fails }"}"#, accept: Self.graphQL)
        #expect(answer.status == 200)
        #expect(answer.text.hasSuffix(#""data":{"name":"n","fails":null}}"#))
        #expect(answer.text.contains("Internal error") && !answer.text.contains("Failure"))
    }

    @Test(arguments: [
        (#"{"query":"{ name }"}"#, 200), (#"{"query":"{ name fails }"}"#, 294), (#"{"query":"{"}"#, 400),
        (#"{"query":"{ nonsense }"}"#, 422), (#"{"query":0}"#, 422), ("{", 400),
        (#"{"query":"query ($n: Int!) { echo(number: $n) }"}"#, 422),
        (#"{"query":"{ name }","operationName":"X"}"#, 422),
    ])
    func `the draft of 2026 has a status for each outcome, and labels only successes as plain JSON`(
        body: String,
        status: Int
    ) async throws {
        for accept in [Self.graphQL, Self.json] {
            let answer = try await Self.post(body, accept: accept, profile: .draft2026)
            #expect(answer.status == status)
            let isPlain = accept == Self.json && status < 300
            #expect(answer.type == (isPlain ? Self.json : Self.graphQL) + "; charset=utf-8")
        }
    }
}
