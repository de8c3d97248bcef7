import GraphQL
import Testing

/// Inputs that are small and ask for much.
@Suite struct ExecutionLimitsTests {
    private func errors(_ text: String, options: ExecutionOptions = ExecutionOptions()) async throws -> [GraphQLError] {
        var options = options
        // What is left where nothing is priced.
        options.cost.maxCost = .max
        let schema = try Library.executable(options: options)
        do {
            return try await OperationPlan(parse(Source(text)), on: schema).execute().errors
        } catch let failure as RequestErrors {
            return failure.errors
        }
    }

    /// Each fragment selects the next one twice.
    private func fanOut(_ levels: Int) -> String {
        let fragments = (0..<levels).map {
            "fragment F\($0) on Author { a: self { ...F\($0 + 1) } b: self { ...F\($0 + 1) } }"
        }
        return "{ author(id: 1) { ...F0 } } \(fragments.joined(separator: " ")) fragment F\(levels) on Author { id }"
    }

    @Test func `fragments that double at every level are planned in linear time, and stopped while they run`()
        async throws
    {
        let clock = ContinuousClock()
        var options = ExecutionOptions()
        options.maxResolverCalls = 5000
        var found: [GraphQLError] = []
        let time = try await clock.measure { found = try await errors(fanOut(90), options: options) }
        #expect(found.map(\.code) == ["QUERY_TOO_COMPLEX"])
        #expect(found.first?.message == "The operation is too complex: it has more than 5000 resolver calls.")
        #expect(time < .seconds(5))
    }

    @Test func `fragments that double at every level cost nothing where there is no object`() async throws {
        let text = fanOut(90).replacing("id: 1", with: "id: \"none\"")
        #expect(try await errors(text).isEmpty)
    }

    @Test func `a chain of fragments cannot go deeper than allowed`() async throws {
        let levels = 10_000
        let fragments = (0..<levels).map { "fragment F\($0) on Author { self { ...F\($0 + 1) } }" }
        let text =
            "{ author(id: 1) { ...F0 } } \(fragments.joined(separator: " ")) fragment F\(levels) on Author { id }"
        let document = try parse(Source(text), limits: .unlimited)
        let schema = try Library.executable()
        let failure = #expect(throws: RequestErrors.self) { try OperationPlan(document, on: schema) }
        #expect(failure?.errors.map(\.code) == ["QUERY_TOO_COMPLEX"])
    }

    @Test func `a shared fragment counts as deep as it hangs`() async throws {
        var options = ExecutionOptions()
        options.maxDepth = 8
        let deep = "fragment D on Author { self { self { self { self { id } } } } }"
        #expect(try await errors("{ author(id: 1) { ...D } } \(deep)", options: options).isEmpty)
        let both = "{ author(id: 1) { ...D self { neededSelf { self { neededSelf { ...D } } } } } } \(deep)"
        #expect(try await errors(both, options: options).map(\.code) == ["QUERY_TOO_COMPLEX"])
    }

    @Test func `a chain of fragments in one selection set is followed without recursion`() async throws {
        let levels = 20_000
        let fragments = (0..<levels).map { "fragment F\($0) on Query { ...F\($0 + 1) }" }
        let text = "{ ...F0 } \(fragments.joined(separator: " ")) fragment F\(levels) on Query { nothing }"
        let plan = try OperationPlan(parse(Source(text), limits: .unlimited), on: Library.executable())
        #expect(String(decoding: await plan.execute().json, as: UTF8.self) == #"{"data":{"nothing":null}}"#)
    }

    @Test func `fragments in a circle are refused`() async throws {
        let found = try await errors("{ author(id: 1) { ...A } } fragment A on Author { self { ...A } }")
        #expect(found.map(\.code) == ["QUERY_TOO_COMPLEX"])
    }

    @Test func `selections are counted as often as they are looked at`() async throws {
        var options = ExecutionOptions()
        options.maxPlannedSelections = 1000
        let text = "{ author(id: 1) { \(String(repeating: "id ", count: 1000)) } }"
        #expect(
            try await errors(text, options: options).map(\.message)
                == ["The operation is too complex: it has more than 1000 selections to plan."]
        )
    }

    @Test func `many aliases are many calls, up to the limit`() async throws {
        var options = ExecutionOptions()
        options.maxResolverCalls = 5_000
        let aliases = (0..<6_000).map { "a\($0): nothing" }.joined(separator: " ")
        let document = try parse(Source("{ \(aliases) }"), limits: .unlimited)
        let result = try await OperationPlan(document, on: Library.executable(options: options)).execute()
        #expect(result.errors.map(\.code) == ["QUERY_TOO_COMPLEX"])
    }

    /// Rows of each kind of place: few and many objects, one below the other, lists of leaves, errors among them.
    @Test(
        arguments: [
            "{ authors(first: 3) { name tags } }", "{ authors(first: 40) { id name age tags genre } }",
            "{ authors(first: 40) { id oops self { name tags } books(first: 5) { title reviews { text } } } }",
            "{ authors(first: 40) { a: neededSelf { neededSelf { id } } b: books(first: 1) { title } } }",
            "{ search(text: \"abc\") { ... on Author { name } ... on Book { title } } }",
        ]
    )
    func `a response is as long as it may be, and none is longer`(text: String) async throws {
        func respond(_ maxBytes: Int) async throws -> ExecutionResult {
            var options = ExecutionOptions()
            options.maxResponseBytes = maxBytes
            return try await OperationPlan(parse(Source(text)), on: Library.executable(options: options)).execute()
        }
        let whole = try await respond(1 << 20)
        let bytes = try #require(whole.data).count + #"{"data":"#.utf8.count
        // Room is made before it is known how much of it a value takes.
        #expect(try await respond(bytes + 32).json == whole.json)
        for maxBytes in [bytes - 1, bytes / 2, 64] {
            let cut = try await respond(maxBytes)
            #expect(cut.errors.map(\.code) == ["QUERY_TOO_COMPLEX"] && cut.isDataNull)
            #expect(cut.errors.first?.extensions["maximum"] == .int(maxBytes))
            #expect(cut.data == Array("null".utf8))
        }
    }

    @Test func `a response that would be gigabytes long takes neither their memory nor their time`() async throws {
        var options = ExecutionOptions()
        options.cost.maxCost = .max
        let sdl = "type Query { rows: [Row!]! } type Row { text: String! row: Row! }"
        struct Row: ObjectValue {
            let text: String
        }
        // Every row has the same text, which is there once.
        let row = Row(text: String(repeating: "\u{1}", count: 20_000))
        var resolvers = Resolvers()
        resolvers.field("Query.rows", on: RootObject.self) { _, _ in Array(repeating: row, count: 5_000) }
        resolvers.field("Row.text", on: Row.self) { $0.text }
        resolvers.field("Row.row", on: Row.self) { $0 }
        let schema = try ExecutableSchema(
            GraphQLSchema.build(from: Source(sdl)),
            resolvers: resolvers,
            options: options
        )
        let aliases = (0..<50).map { "a\($0): text" }.joined(separator: " ")
        for text in ["{ rows { text } }", "{ rows { \(aliases) } }", "{ rows { row { \(aliases) } text } }"] {
            let clock = ContinuousClock()
            var result: ExecutionResult?
            let time = try await clock.measure {
                result = try await OperationPlan(parse(Source(text)), on: schema).execute()
            }
            #expect(result?.errors.map(\.code) == ["QUERY_TOO_COMPLEX"], "\(text)")
            // Written whole it would be up to 30 GB.
            #expect(time < .seconds(5), "\(text)")
        }
    }

    @Test func `a plan that is many times its document is not remembered`() async throws {
        var options = ExecutionOptions()
        options.maxPlannedSelections = 500_000
        let schema = try Library.executable(options: options)
        // Each layer is put in place beside another of it, and each pair is a place of its own.
        var fragments: [String] = []
        for layer in 0..<5 {
            for number in 0..<10 {
                let below = [1, 3, 7, 9, 11, 13].map { "...F\(layer + 1)_\((number * $0 + layer + $0 * $0 / 5) % 10)" }
                fragments.append(
                    "fragment F\(layer)_\(number) on Author { self { \(below[0]) \(below[1]) } "
                        + "neededSelf { \(below[2]) \(below[3]) } b: self { \(below[4]) \(below[5]) } }"
                )
            }
        }
        fragments += (0..<10).map { "fragment F5_\($0) on Author { a\($0): id }" }
        let roots = (0..<10).map { "a\($0): author(id: 1) { ...F0_\($0) }" }
        let text = "{ \(roots.joined(separator: " ")) } \(fragments.joined(separator: " "))"
        let preparer = DocumentPreparer(schema: schema.schema, sha256: { _ in "" })
        let large = try preparer.prepare(OperationRequest(query: Array(text.utf8)))
        #expect(try large.plan(on: schema) !== large.plan(on: schema))
        let usual = try preparer.prepare(OperationRequest(query: Array("{ author(id: 1) { id name } }".utf8)))
        #expect(try usual.plan(on: schema) === usual.plan(on: schema))
    }
}
