import GraphQL
import Testing

@testable import GraphQLServer
@testable import Schema

@Suite struct UploadTests {
    private static let now = Timestamp(milliseconds: 1_795_425_302_123)
    private static let recruiter = ObjectID(at: now)
    private static let upload =
        "mutation ($files: [Upload!]!, $cover: Upload) { upload(files: $files, cover: $cover) }"

    /// What resolvers find.
    private struct Context: Sendable {
        let recruiter: ObjectID?
        var files: [UploadedFile] = []
    }

    /// Says of each file what became of it.
    private static func told(_ value: Value?, _ files: [UploadedFile]) -> String {
        guard case .string(let text)? = value else { return "none" }
        guard let file = UploadReference.file(text, in: files) else { return "no file" }
        switch file.outcome {
        case .success(let stored): return "\(file.name): \(stored.byteCount) of \(stored.mediaType)"
        case .failure(let refusal): return "\(file.name): \(refusal)"
        }
    }

    private static func endpoint(
        _ store: MemoryFileStore?,
        isSignedIn: Bool = true,
        maxAdmitted: Int = .max
    ) throws -> GraphQLEndpoint {
        let sdl = """
            scalar Upload type Query { name: String }
            type Mutation { upload(files: [Upload!]!, cover: Upload): [String!]! }
            """
        let schema = try GraphQLSchema.build(from: Source(sdl))
        var resolvers = Resolvers()
        resolvers.scalar("Upload", .upload)
        resolvers.field("Query.name", on: RootObject.self) { _ in "n" }
        resolvers.root("Mutation.upload") { call -> [String] in
            let files = try call.context(Context.self).files
            guard case .list(let items)? = call.arguments["files"] else { return [] }
            return items.map { told($0, files) } + [told(call.arguments["cover"], files)]
        }
        var intake: UploadIntake?
        if let store {
            intake = UploadIntake(
                store: store,
                admit: { count, context in
                    guard let recruiter = (context as? Context)?.recruiter else { throw GraphQLError.unauthenticated }
                    guard count <= maxAdmitted else {
                        throw GraphQLError(
                            "Too many.",
                            extensions: ["code": .string("RATE_LIMITED"), "retryAfterMs": .int(1)]
                        )
                    }
                    return recruiter
                },
                add: { files, context in Context(recruiter: (context as? Context)?.recruiter, files: files) },
                limits: UploadIntake.Limits(
                    maxRequestBytes: 200_000,
                    maxFileBytes: 1_000,
                    maxFiles: 3,
                    maxFieldBytes: 2_000
                ),
                now: { now }
            )
        }
        return GraphQLEndpoint(
            preparer: DocumentPreparer(schema: schema, sha256: { _ in "" }),
            executable: try ExecutableSchema(schema, resolvers: resolvers),
            options: GraphQLEndpoint.Options(),
            uploads: intake,
            context: { _ in Context(recruiter: isSignedIn ? recruiter : nil) }
        )
    }

    private static func field(_ name: String, _ content: String) -> String {
        "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(content)\r\n"
    }

    private static func file(
        _ name: String,
        _ fileName: String,
        _ content: String,
        type: String = "text/plain"
    ) -> String {
        "--x\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\nContent-Type: \(type)\r\n\r\n"
            + "\(content)\r\n"
    }

    private static func operations(_ variables: String, query: String = upload) -> String {
        field("operations", "{\"query\":\"\(query)\",\"variables\":\(variables)}")
    }

    private static let usual: HTTPFields = [
        "Content-Type": "multipart/form-data; boundary=x", "GraphQL-Preflight": "1", "Accept": "application/json",
    ]

    private static func request(_ fields: HTTPFields = usual) -> HTTPRequest {
        HTTPRequest(method: "POST", path: "/graphql", query: nil, fields: fields, remoteAddress: "127.0.0.1", id: "r1")
    }

    /// The answer to a body that comes in pieces of 100 bytes.
    private func ask(
        _ body: String,
        _ store: MemoryFileStore?,
        fields: HTTPFields = usual,
        isSignedIn: Bool = true,
        maxAdmitted: Int = .max
    ) async throws -> (status: Int, text: String) {
        let pieces = Pieces(Array(body.utf8), size: 100)
        let endpoint = try Self.endpoint(store, isSignedIn: isSignedIn, maxAdmitted: maxAdmitted)
        let response = await endpoint.respond(to: Self.request(fields)) { pieces.next() }
        guard case .bytes(let bytes) = response.body else { return (response.status, "a stream") }
        return (response.status, String(decoding: bytes, as: UTF8.self))
    }

    @Test func `files are stored as they come, and the operation finds each where its null was`() async throws {
        let store = MemoryFileStore()
        let expected = [
            "a.txt: 6 of text/plain", "b.pdf: 6 of application/pdf", "b.pdf: 6 of application/pdf",
        ]
        let body =
            Self.operations(#"{"files":[null,null],"cover":null}"#)
            + Self.field("map", #"{"a":["variables.files.0"],"b":["variables.files.1","variables.cover"]}"#)
            + Self.file("b", "../b.pdf", "second", type: "application/pdf") + Self.file("a", "a.txt", "first!")
            + "--x--"
        let answer = try await ask(body, store)
        #expect(answer.status == 200)
        #expect(answer.text == "{\"data\":{\"upload\":[\"\(expected.joined(separator: "\",\""))\"]}}")
        #expect(store.kept.map { String(decoding: $0.content, as: UTF8.self) } == ["second", "first!"])
        let file = try #require(store.kept.first?.file)
        #expect(file.recruiterID == Self.recruiter && file.name == "b.pdf" && file.maxBytes == 1_000)
        #expect(file.expiresAt == Self.now.advanced(by: .seconds(86_400)))
    }

    @Test func `a file that is refused leaves the others standing`() async throws {
        let store = MemoryFileStore()
        let expected = [
            "large.txt: tooLarge(maxBytes: 1000)", "empty.txt: empty", "good.txt: 4 of text/plain", "none",
        ]
        let body =
            Self.operations(#"{"files":[null,null,null]}"#)
            + Self.field("map", #"{"0":["variables.files.0"],"1":["variables.files.1"],"2":["variables.files.2"]}"#)
            + Self.file("0", "large.txt", String(repeating: "a", count: 5_000)) + Self.file("1", "empty.txt", "")
            + Self.file("2", "good.txt", "good") + "--x--"
        let answer = try await ask(body, store)
        #expect(answer.text == "{\"data\":{\"upload\":[\"\(expected.joined(separator: "\",\""))\"]}}")
        #expect(store.kept.map(\.file.name) == ["good.txt"])
    }

    @Test func `a form may bring no files at all`() async throws {
        let store = MemoryFileStore()
        let body = Self.operations("null", query: "{ name }") + Self.field("map", "{}") + "--x--"
        #expect(try await ask(body, store).text == #"{"data":{"name":"n"}}"#)
    }

    private static let map = field("map", #"{"0":["variables.files.0"]}"#)
    private static let rest = file("0", "a.txt", "a") + "--x--"

    @Test(arguments: [
        (Self.field("operations", "{"), #"The part \"operations\" is no JSON"#),
        (Self.field("operations", "[{\"query\":\"{ name }\"}]"), "batches are not accepted"),
        (Self.operations(#"{"files":[1]}"#), "There is no null at"),
        (Self.operations(#"{"files":[null]}"#, query: "{"), "Syntax Error"),
        (Self.operations(#"{"files":[null]}"#, query: "{ nonsense }"), "Cannot query field"),
        (Self.operations(#"{"files":[null]}"#, query: "query A { name } query B { name }"), "operation name"),
        (Self.operations("0"), #"\"variables\" must be an object"#),
        (Self.field("operations", "{\"variables\":{\"files\":[null]}}"), #"The parameter \"query\" is missing."#),
        (Self.field("operations", String(repeating: " ", count: 3_000)), "has more than 2000 bytes"),
    ])
    func `an operation that cannot run has no file stored`(operations: String, message: String) async throws {
        let store = MemoryFileStore()
        for accept in ["application/json", "application/graphql-response+json"] {
            var fields = Self.usual
            fields["Accept"] = accept
            let answer = try await ask(operations + Self.map + Self.rest, store, fields: fields)
            #expect(answer.text.contains(message) && !answer.text.contains("\"data\""), "\(answer.text)")
            #expect(accept == "application/json" || answer.status == 400)
        }
        #expect(store.begun == 0)
    }

    @Test func `whoever is not signed in has no file stored`() async throws {
        let store = MemoryFileStore()
        let body = Self.operations(#"{"files":[null]}"#) + Self.map + Self.rest
        let answer = try await ask(body, store, isSignedIn: false)
        #expect(answer.text.contains(#""code":"UNAUTHENTICATED""#) && store.begun == 0)
    }

    @Test func `files are charged before any of them is stored, whatever is asked`() async throws {
        let body =
            Self.operations(#"{"files":[null,null]}"#, query: "{ __typename }")
            + Self.field("map", #"{"0":["variables.files.0"],"1":["variables.files.1"]}"#)
            + Self.file("0", "a.txt", "a") + Self.file("1", "b.txt", "b") + "--x--"
        for (admitted, stored) in [(1, 0), (2, 2)] {
            let store = MemoryFileStore()
            let answer = try await ask(body, store, maxAdmitted: admitted)
            #expect(answer.text.contains(#""code":"RATE_LIMITED""#) == (stored == 0), "\(answer.text)")
            #expect(store.begun == stored)
            // Nobody asked for them.
            #expect(store.released.count == stored)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `an answer waits not long for files that are let go`() async throws {
        let store = MemoryFileStore(keepsForEver: true)
        let body = Self.operations(#"{"files":[null]}"#) + Self.map + Self.rest
        let answer = try await ask(body, store)
        #expect(answer.text.contains(#""data""#) && store.released.isEmpty)
    }

    @Test func `files of a form that is refused are let go`() async throws {
        let start =
            Self.operations(#"{"files":[null,null]}"#)
            + Self.field("map", #"{"0":["variables.files.0"],"1":["variables.files.1"]}"#)
            + Self.file("0", "a.txt", "a")
        for end in ["--x--", Self.file("1", "broken.txt", "b") + "--x--", Self.file("2", "c.txt", "c") + "--x--", ""] {
            let store = MemoryFileStore(broken: ["broken.txt"])
            let answer = try await ask(start + end, store)
            #expect(!answer.text.contains(#""data""#) && store.released == store.kept.map(\.file.name))
            #expect(store.kept.count == (end == "" ? 0 : 1))
        }
    }

    @Test(arguments: [
        (Self.map + Self.operations(#"{"files":[null]}"#) + Self.rest, #"The first part must be \"operations\"."#, 0),
        ("--x--", #"The first part must be \"operations\"."#, 0),
        (Self.operations(#"{"files":[null]}"#) + Self.rest, #"The second part must be \"map\"."#, 0),
        (Self.operations(#"{"files":[null]}"#) + Self.map + "--x--", #"The file \"0\" of \"map\" did not come."#, 0),
        (
            Self.operations(#"{"files":[null]}"#) + Self.map + Self.file("1", "b.txt", "b") + Self.rest,
            #"The file \"1\" is not in \"map\"."#, 0
        ),
        (
            Self.operations(#"{"files":[null]}"#) + Self.map + Self.file("0", "b.txt", "b") + Self.rest,
            #"The file \"0\" came more than once."#, 1
        ),
        (
            Self.operations(#"{"files":[null]}"#) + Self.map + Self.file("0", "b.txt", "b"),
            "The body ends before its last boundary.", 0
        ),
    ])
    func `a form that is not as the specification has it is a bad request`(
        body: String,
        message: String,
        stored: Int
    ) async throws {
        let store = MemoryFileStore()
        let answer = try await ask(body, store)
        #expect(answer.status == 400 && answer.text.contains(message), "\(answer.text)")
        #expect(answer.text.contains(#""code":"BAD_USER_INPUT""#))
        #expect(store.kept.count == stored)
    }

    @Test(arguments: ["Authorization", "GraphQL-Preflight", "apollo-require-preflight", "X-Apollo-Operation-Name"])
    func `a form is taken only with a header that a page cannot send unasked`(header: String) async throws {
        let body = Self.operations("null", query: "{ name }") + Self.field("map", "{}") + "--x--"
        var fields: HTTPFields = ["Content-Type": "multipart/form-data; boundary=\"x\""]
        for value in [nil, ""] {
            fields[header] = value
            let refused = try await ask(body, MemoryFileStore(), fields: fields)
            #expect(refused.status == 400 && refused.text.contains("GraphQL-Preflight"))
        }
        fields[header] = "1"
        #expect(try await ask(body, MemoryFileStore(), fields: fields).status == 200)
    }

    @Test(arguments: ["", "; boundary=", "; boundary=\"x \"", "; boundary=" + String(repeating: "x", count: 71)])
    func `a form needs a boundary`(parameter: String) async throws {
        let fields: HTTPFields = ["Content-Type": "multipart/form-data" + parameter, "GraphQL-Preflight": "1"]
        let answer = try await ask("--x--", MemoryFileStore(), fields: fields)
        #expect(answer.status == 400 && answer.text.contains("boundary"))
    }

    @Test func `a store that fails is the server's mistake, and is not shown`() async throws {
        let store = MemoryFileStore(broken: ["a.txt"])
        let answer = try await ask(Self.operations(#"{"files":[null]}"#) + Self.map + Self.rest, store)
        #expect(answer.status == 500)
        #expect(answer.text.contains("Internal error") && !answer.text.contains("Broken"))
    }

    @Test func `a server without a store says so`() async throws {
        #expect(try await ask("--x--", nil).status == 503)
    }

    // MARK: - Over a connection

    /// What a connection gets for `text`, until the server closes.
    private func send(_ text: String, _ store: MemoryFileStore) async throws -> String {
        let endpoint = try Self.endpoint(store)
        var options = HTTPHost.Options()
        options.port = 0
        let host = try HTTPHost(options: options) { endpoint.route($0) }
        async let running: Void = host.run()
        let client = try RawClient(port: host.port)
        client.send(text)
        let answer = client.receiveAll()
        host.drain()
        await running
        return try #require(answer)
    }

    private static let head = """
        POST /graphql HTTP/1.1\r
        Host: a\r
        Connection: close\r
        GraphQL-Preflight: 1\r
        Content-Type: multipart/form-data; boundary=x\r\n
        """

    @Test func `a form comes over a connection, by length or in chunks`() async throws {
        let body =
            Self.operations(#"{"files":[null]}"#) + Self.map
            + Self.file("0", "a.txt", String(repeating: "a", count: 999)) + "--x--"
        let chunks = stride(from: 0, to: body.utf8.count, by: 700).map { start in
            let piece = body.utf8.dropFirst(start).prefix(700)
            return String(piece.count, radix: 16) + "\r\n" + String(decoding: Array(piece), as: UTF8.self) + "\r\n"
        }
        for request in [
            Self.head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body,
            Self.head + "Transfer-Encoding: chunked\r\n\r\n" + chunks.joined() + "0\r\n\r\n",
        ] {
            let store = MemoryFileStore()
            let answer = try await send(request, store)
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("a.txt: 999 of text/plain"), "\(answer)")
            #expect(store.kept.map(\.content) == [[UInt8](repeating: UInt8(ascii: "a"), count: 999)])
        }
    }

    @Test func `a form that is announced as too large is refused before it is sent`() async throws {
        let store = MemoryFileStore()
        let answer = try await send(Self.head + "Expect: 100-continue\r\nContent-Length: 200001\r\n\r\n", store)
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `a refusal in the middle of a form reaches a client that sends it to its end`() async throws {
        let store = MemoryFileStore()
        let body =
            Self.operations(#"{"files":[null]}"#, query: "{ nonsense }") + Self.map
            + Self.file("0", "a.txt", String(repeating: "a", count: 150_000)) + "--x--"
        let answer = try await send(Self.head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body, store)
        #expect(answer.contains("Cannot query field") && store.begun == 0)
    }
}
