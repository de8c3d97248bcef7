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
        let aliases = (0..<60_000).map { "a\($0): nothing" }.joined(separator: " ")
        let document = try parse(Source("{ \(aliases) }"), limits: .unlimited)
        let result = try await OperationPlan(document, on: Library.executable()).execute()
        #expect(result.errors.map(\.code) == ["QUERY_TOO_COMPLEX"])
    }
}
