import Testing

@testable import GraphQL

@Suite struct DocumentPreparerTests {
    static let schema: GraphQLSchema = {
        do {
            return try GraphQLSchema.build(from: Source("type Query { name: String, self: Query }"))
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// Stands in for SHA-256: what matters is that equal texts have equal hashes.
    @Sendable static func hash(_ bytes: [UInt8]) -> String {
        String(bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }, radix: 16)
    }

    private func preparer(_ change: (inout DocumentPreparer.Options) -> Void = { _ in }) -> DocumentPreparer {
        var options = DocumentPreparer.Options()
        change(&options)
        return DocumentPreparer(schema: Self.schema, options: options, sha256: Self.hash)
    }

    private func request(_ query: String?, persisted: Value? = nil, id: String? = nil) -> OperationRequest {
        var request = OperationRequest(query: query.map { Array($0.utf8) }, documentID: id)
        if let persisted { request.extensions["persistedQuery"] = persisted }
        return request
    }

    private func codes(_ body: () throws -> PreparedDocument) -> [String?] {
        do {
            _ = try body()
            return []
        } catch {
            return (error as? RequestErrors)?.errors.map(\.code) ?? ["another error"]
        }
    }

    // MARK: - Caches

    @Test func `the same text is prepared once`() throws {
        let preparer = preparer()
        let first = try preparer.prepare(request("{ name }"))
        let second = try preparer.prepare(request("{ name }"))
        let other = try preparer.prepare(request("{ name  }"))
        #expect(first === second && first !== other)
        #expect(preparer.statistics.hits == 1 && preparer.statistics.misses == 2 && preparer.statistics.documents == 2)
    }

    @Test func `a text that failed is not parsed again, and answers the same`() {
        let preparer = preparer()
        for _ in 0..<3 { #expect(codes { try preparer.prepare(request("{ nam }")) } == ["GRAPHQL_VALIDATION_FAILED"]) }
        for _ in 0..<2 { #expect(codes { try preparer.prepare(request("{ name ")) } == ["GRAPHQL_PARSE_FAILED"]) }
        #expect(preparer.statistics.failureHits == 3 && preparer.statistics.misses == 2)
        #expect(preparer.statistics.documents == 0)
    }

    @Test func `a flood of wrong documents pushes no good one out`() throws {
        let preparer = preparer { $0.failureCacheBytes = 10_000 }
        let good = try preparer.prepare(request("{ name }"))
        for number in 0..<2_000 { _ = codes { try preparer.prepare(request("{ x\(number) }")) } }
        #expect(try preparer.prepare(request("{ name }")) === good)
        #expect(preparer.statistics.evictions == 0)
    }

    @Test func `the cache keeps within its bytes and lets go of what was used longest ago`() throws {
        let preparer = preparer { $0.cacheBytes = 20_000 }
        let kept = try preparer.prepare(request("{ kept: name }"))
        for number in 0..<100 {
            _ = try preparer.prepare(request("{ a\(number): name }"))
            // Once there is no room left, only what comes again gets in.
            _ = try preparer.prepare(request("{ a\(number): name }"))
            #expect(try preparer.prepare(request("{ kept: name }")) === kept)
        }
        #expect(preparer.statistics.bytes <= 20_000)
        #expect(preparer.statistics.evictions > 50)
    }

    @Test func `a flood of documents that come once pushes none out that is there`() throws {
        let preparer = preparer { $0.cacheBytes = 20_000 }
        let first = try preparer.prepare(request("{ first: name }"))
        for number in 0..<2_000 { _ = try preparer.prepare(request("{ a\(number): name }")) }
        #expect(preparer.statistics.evictions == 0 && preparer.statistics.misses == 2_001)
        #expect(try preparer.prepare(request("{ first: name }")) === first)
        // And what comes again is let in.
        _ = try preparer.prepare(request("{ again: name }"))
        let again = try preparer.prepare(request("{ again: name }"))
        #expect(try preparer.prepare(request("{ again: name }")) === again)
        #expect(preparer.statistics.evictions > 0)
    }

    @Test func `an operation is planned once, and one that is not there is a request error`() throws {
        struct Root: ObjectValue {}
        var resolvers = Resolvers()
        resolvers.field("Query.name", on: Root.self) { _ in "n" }
        resolvers.field("Query.self", on: Root.self) { root in root }
        let executable = try ExecutableSchema(Self.schema, resolvers: resolvers)
        let document = try preparer().prepare(request("query A { name } query B { self { name } }"))
        let plan = try document.plan(operationName: "A", on: executable)
        #expect(try document.plan(operationName: "A", on: executable) === plan)
        #expect(try document.plan(operationName: "B", on: executable) !== plan)
        let missing = #expect(throws: RequestErrors.self) { try document.plan(operationName: "C", on: executable) }
        #expect(missing?.errors.map(\.message) == ["Unknown operation named 'C'."])
        #expect(throws: RequestErrors.self) { try document.plan(on: executable) }
    }

    // MARK: - Limits

    @Test(arguments: [
        (
            "{ " + String(repeating: "self { ", count: 24) + "name" + String(repeating: " }", count: 25), "maxDepth",
            24, 25
        ),
        ("{ " + (0..<101).map { "a\($0): name" }.joined(separator: " ") + " }", "maxAliases", 100, 101),
        ("{ " + String(repeating: "name ", count: 51) + "}", "maxRootFields", 50, 51),
        (
            "{ self { " + String(repeating: "...F ", count: 501) + "} } fragment F on Query { name }",
            "maxFragmentSpreads",
            500, 501
        ),
        ("{ ...A } fragment A on Query { " + String(repeating: "name ", count: 51) + "}", "maxRootFields", 50, 51),
        (
            "{ ...F0 } " + (0..<30).map { "fragment F\($0) on Query { self { ...F\($0 + 1) } }" }.joined(separator: " ")
                + " fragment F30 on Query { name }", "maxDepth", 24, 31
        ),
    ])
    func `an excess names the limit, its maximum and the actual value`(
        query: String,
        limit: String,
        maximum: Int,
        actual: Int
    ) {
        let error = #expect(throws: RequestErrors.self) { try preparer().prepare(request(query)) }
        #expect(error?.errors.count == 1)
        #expect(
            error?.errors.first?.extensions
                == [
                    "code": .string("QUERY_TOO_COMPLEX"), "limit": .string(limit), "maximum": .int(maximum),
                    "actual": .int(actual),
                ]
        )
    }

    @Test func `fragments that double at each of sixty levels are measured at once`() {
        let fragments = (0..<60).map {
            "fragment F\($0) on Query { a: self { ...F\($0 + 1) } b: self { ...F\($0 + 1) } }"
        }
        let query = "{ ...F0 } " + fragments.joined(separator: " ") + " fragment F60 on Query { name }"
        #expect(codes { try preparer().prepare(request(query)) } == ["QUERY_TOO_COMPLEX"])
    }

    @Test func `cycles of fragments are left to validation, a long chain of fragments overflows nothing`() {
        let cycle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
        #expect(codes { try preparer().prepare(request(cycle)) }.contains("GRAPHQL_VALIDATION_FAILED"))
        let chain = (0..<2_000).map { "fragment F\($0) on Query { ...F\($0 + 1) }" }.joined()
        let unlimited = preparer {
            $0.operation = .unlimited
            $0.document = .unlimited
        }
        #expect(
            codes { try unlimited.prepare(request("{ ...F0 }" + chain + "fragment F2000 on Query { name }")) } == []
        )
    }

    @Test func `the introspection of explorers and generators passes`() {
        let type =
            "kind name ofType { " + String(repeating: "kind name ofType { ", count: 8) + "kind name"
            + String(repeating: " }", count: 9)
        let query = """
            query IntrospectionQuery { __schema { queryType { name } types { ...FullType } directives { name args { ...InputValue } } } }
            fragment FullType on __Type { kind name fields(includeDeprecated: true) { name args { ...InputValue } type { ...TypeRef } }
              inputFields { ...InputValue } interfaces { ...TypeRef } enumValues { name } possibleTypes { ...TypeRef } }
            fragment InputValue on __InputValue { name type { ...TypeRef } defaultValue }
            fragment TypeRef on __Type { \(type) }
            """
        #expect(codes { try preparer().prepare(request(query)) } == [])
    }

    // MARK: - Persisted and trusted documents

    @Test func `a query registered with its hash runs by the hash alone`() throws {
        let preparer = preparer()
        let hash = Self.hash(Array("{ name }".utf8))
        let entry: Value = .object(["version": .int(1), "sha256Hash": .string(hash)])
        #expect(codes { try preparer.prepare(request(nil, persisted: entry)) } == ["PERSISTED_QUERY_NOT_FOUND"])
        let registered = try preparer.prepare(request("{ name }", persisted: entry))
        #expect(try preparer.prepare(request(nil, persisted: entry)) === registered)
    }

    @Test func `a wrong hash, another version and a query that fails are not registered`() {
        let preparer = preparer()
        let wrong: Value = .object(["version": .int(1), "sha256Hash": .string("0")])
        #expect(codes { try preparer.prepare(request("{ name }", persisted: wrong)) } == ["BAD_USER_INPUT"])
        let later: Value = .object(["version": .int(2), "sha256Hash": .string("0")])
        #expect(
            codes { try preparer.prepare(request("{ name }", persisted: later)) } == ["PERSISTED_QUERY_NOT_SUPPORTED"]
        )
        let bad = Self.hash(Array("{ nam }".utf8))
        let entry: Value = .object(["version": .int(1), "sha256Hash": .string(bad)])
        #expect(codes { try preparer.prepare(request("{ nam }", persisted: entry)) } == ["GRAPHQL_VALIDATION_FAILED"])
        #expect(codes { try preparer.prepare(request(nil, persisted: entry)) } == ["PERSISTED_QUERY_NOT_FOUND"])
    }

    @Test func `with persisted queries off the client is told to send the text`() {
        let preparer = preparer { $0.acceptsPersistedQueries = false }
        let entry: Value = .object(["version": .int(1), "sha256Hash": .string("0")])
        #expect(codes { try preparer.prepare(request(nil, persisted: entry)) } == ["PERSISTED_QUERY_NOT_SUPPORTED"])
    }

    @Test func `a trusted document runs by its name or its hash`() throws {
        let text = Array("{ name }".utf8)
        let preparer = preparer { $0.trustedDocuments = TrustedDocuments(files: [("names", text)], sha256: Self.hash) }
        let byName = try preparer.prepare(request(nil, id: "names"))
        #expect(try preparer.prepare(request(nil, id: "sha256:" + Self.hash(text))) === byName)
        #expect(codes { try preparer.prepare(request(nil, id: "others")) } == ["PERSISTED_QUERY_NOT_FOUND"])
        #expect(codes { try preparer.prepare(request("{ name }", id: "names")) } == ["BAD_USER_INPUT"])
        #expect(codes { try preparer.prepare(request("{ self { name } }")) } == [])
    }

    @Test func `where only trusted documents run, nothing else does`() throws {
        let preparer = preparer {
            $0.trustedDocuments = TrustedDocuments(files: [("names", Array("{ name }".utf8))], sha256: Self.hash)
            $0.trustedDocumentsOnly = true
        }
        #expect(codes { try preparer.prepare(request(nil, id: "names")) } == [])
        #expect(codes { try preparer.prepare(request("{ name }")) } == [])
        #expect(codes { try preparer.prepare(request("{ self { name } }")) } == ["QUERY_NOT_IN_SAFELIST"])
        let entry: Value = .object([
            "version": .int(1), "sha256Hash": .string(Self.hash(Array("{ self { name } }".utf8))),
        ])
        #expect(
            codes { try preparer.prepare(request("{ self { name } }", persisted: entry)) } == ["QUERY_NOT_IN_SAFELIST"]
        )
    }

    @Test func `manifests of Relay and Apollo are read, others are refused by the entry`() throws {
        let relay = try TrustedDocuments(manifest: .object(["a1": .string("{ name }")]), sha256: Self.hash)
        #expect(relay.text(of: "a1") == Array("{ name }".utf8) && relay.count == 2)
        let apollo = try TrustedDocuments(
            manifest: .object([
                "format": .string("apollo-persisted-query-manifest"), "version": .int(1),
                "operations": .list([
                    .object([
                        "id": .string("b2"), "name": .string("N"), "type": .string("query"),
                        "body": .string("query N { name }"),
                    ])
                ]),
            ]),
            sha256: Self.hash
        )
        #expect(apollo.text(of: "b2") == Array("query N { name }".utf8))
        #expect(throws: TrustedDocuments.ManifestError(description: "the document of \"a1\" is not a string")) {
            try TrustedDocuments(manifest: .object(["a1": .int(1)]), sha256: Self.hash)
        }
        #expect(
            throws: TrustedDocuments.ManifestError(description: "operations[0] lacks the strings \"id\" and \"body\"")
        ) {
            try TrustedDocuments(manifest: .object(["operations": .list([.object([:])])]), sha256: Self.hash)
        }
        #expect(throws: TrustedDocuments.ManifestError(description: "the manifest is not an object")) {
            try TrustedDocuments(manifest: .list([]), sha256: Self.hash)
        }
    }

    @Test func `a request without a document is told so`() {
        #expect(codes { try preparer().prepare(request(nil)) } == ["BAD_USER_INPUT"])
        #expect(codes { try preparer().prepare(request("")) } == ["BAD_USER_INPUT"])
    }
}
