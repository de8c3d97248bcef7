import GraphQL
import Testing

@Suite struct CostModelTests {
    struct Nothing: ObjectValue {}

    static let sdl = """
        type Query { jobs(first: Int, last: Int): Connection!, nodes(ids: [ID!]!): [Job]!, preview(first: Int = 20): [Job!]!,
          tags: [String!]!, job: Job, thing: Thing }
        type Connection { edges: [Edge!]!, nodes: [Job!]!, totalCount: ID! }
        type Edge { node: Job! }
        type Job { title: String!, jobs(first: Int): Connection!, tags: [String!]! }
        type Other { title: String! }
        union Thing = Job | Other
        """

    /// What an operation costs; the error of a bound of nothing tells it.
    private func cost(
        _ document: String,
        _ variables: Value.Object = [:],
        fixed: [String: Int] = [:]
    ) async throws -> Value? {
        let schema = try GraphQLSchema.build(from: Source(Self.sdl))
        var resolvers = Resolvers()
        for type in ["Query", "Connection", "Edge", "Job", "Other"] {
            guard let fields = (schema.type(type) as? ObjectType)?.fields else { continue }
            for field in fields {
                let coordinate = "\(type).\(field.name)"
                switch (field.type.namedType.isLeaf, field.type.item != nil) {
                case (true, false): resolvers.field(coordinate, on: Nothing.self) { _ -> String? in nil }
                case (true, true): resolvers.field(coordinate, on: Nothing.self) { _ -> [String]? in nil }
                case (false, false): resolvers.field(coordinate, on: Nothing.self) { _ -> Nothing? in nil }
                case (false, true): resolvers.field(coordinate, on: Nothing.self) { _ -> [Nothing]? in nil }
                }
            }
        }
        var options = ExecutionOptions()
        options.cost.maxCost = -1
        options.cost.fixedCosts = fixed
        let executable = try ExecutableSchema(schema, resolvers: resolvers, options: options)
        let plan = try OperationPlan(try parse(Source(document)), on: executable)
        let result = await plan.execute(variables: variables, root: Nothing())
        #expect(result.isRequestError && result.errors.first?.code == "QUERY_TOO_COMPLEX")
        #expect(result.errors.first?.extensions["limit"] == .string("maxCost"))
        return result.errors.first?.extensions["actual"]
    }

    @Test(arguments: [
        ("{ __typename }", 1),
        ("{ job { title } }", 2),
        ("{ job { title a: title title } }", 3),
        ("{ tags }", 11),
        ("{ jobs(first: 3) { totalCount } }", 2),
        // The connection, edges, and for each of three edges the node and its title.
        ("{ jobs(first: 3) { edges { node { title } } } }", 2 + 3 * 2),
        ("{ jobs(last: 7) { nodes { title } } }", 2 + 7),
        ("{ jobs { nodes { title } } }", 2 + 20),
        ("{ jobs(first: -5) { nodes { title } } }", 2),
        ("{ preview(first: 4) { title } }", 1 + 4),
        ("{ preview { title } }", 1 + 20),
        ("{ nodes(ids: [1, 2, 3]) { title } }", 1 + 3),
        ("{ jobs(first: 10) { nodes { jobs(first: 10) { nodes { title } } } } }", 2 + 10 * (2 + 10)),
        ("{ jobs(first: 2) { nodes { tags } } }", 2 + 2 * (1 + 10)),
        ("{ thing { ... on Job { title tags } ... on Other { title } } }", 1 + 12),
        ("query ($n: Boolean = false) { job { title tags @include(if: $n) } }", 2),
    ])
    func `a cost is the number of positions that the response can have`(document: String, expected: Int) async throws {
        #expect(try await cost(document) == .int(expected))
    }

    @Test func `the actual variable is priced, not its largest value`() async throws {
        let document = "query ($n: Int) { jobs(first: $n) { nodes { title } } }"
        #expect(try await cost(document, ["n": .int(5)]) == .int(2 + 5))
        #expect(try await cost(document, ["n": .int(2_000_000_000)]) == .int(2 + 2_000_000_000))
        #expect(try await cost(document) == .int(2 + 20))
    }

    @Test func `a fixed cost is added each time that its field is asked for`() async throws {
        let document =
            "{ preview(first: 2) { jobs(first: 3) { totalCount } other: jobs { totalCount } } jobs { totalCount } }"
        let positions = 1 + 2 * (2 + 2) + 2
        #expect(try await cost(document) == .int(positions))
        #expect(try await cost(document, fixed: ["Job.jobs": 100]) == .int(positions + 2 * 2 * 100))
        #expect(try await cost(document, fixed: ["Query.preview": 100, "Job.title": 7]) == .int(positions + 100))
    }

    @Test func `a cost that no number holds is the largest number`() async throws {
        let levels = 12
        let document =
            "{ " + String(repeating: "jobs(first: 2000000000) { nodes { ", count: levels) + "title"
            + String(repeating: " } }", count: levels) + " }"
        // Only the outermost has `last`, so the inner ones are those of a job.
        #expect(try await cost(document) == .int(.max))
    }

    @Test func `fragments that double at each of forty levels are priced at once`() async throws {
        let fragments = (0..<40).map {
            "fragment F\($0) on Job { a: jobs(first: 1) { nodes { ...F\($0 + 1) } } b: jobs(first: 1) { nodes { ...F\($0 + 1) } } }"
        }
        let document = "{ job { ...F0 } } " + fragments.joined(separator: " ") + " fragment F40 on Job { title }"
        let cost = try await cost(document)
        #expect(cost == .int(1 + (1 << 40) + 4 * ((1 << 40) - 1)), "\(String(describing: cost))")
    }
}
