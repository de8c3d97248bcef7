import GraphQL
import Testing

@Suite struct FieldCallTests {
    private static let sdl = """
        type Query { jobs(first: Int = 3): Jobs, thing: Thing }
        type Jobs { nodes: [Job!]!, totalCount: Int }
        type Job { title: String, resumes(first: Int): [Resume!] }
        type Resume { score: Int }
        union Thing = Job | Resume
        """

    struct Jobs: ObjectValue {}
    struct Job: ObjectValue {}
    struct Resume: ObjectValue {}

    /// Executes a document, and gives what `look` made of the call for `Query.jobs` or `Query.thing`.
    private func look<Seen: Sendable>(
        _ text: String,
        variables: Value.Object = [:],
        context: any Sendable = 0,
        _ look: @escaping @Sendable (FieldCall) throws -> Seen
    ) async throws -> Seen? {
        let seen = Library.Box<Seen>()
        var resolvers = Resolvers()
        resolvers.inlineRoot("Query.jobs") { call -> Jobs? in
            seen.set(try look(call))
            return Jobs()
        }
        resolvers.inlineRoot("Query.thing") { call -> Job? in
            seen.set(try look(call))
            return Job()
        }
        resolvers.field("Jobs.nodes", on: Jobs.self) { _ in [Job()] }
        resolvers.field("Jobs.totalCount", on: Jobs.self) { _ in 1 }
        resolvers.field("Job.title", on: Job.self) { _ in "t" }
        resolvers.field("Job.resumes", on: Job.self) { _ in [Resume()] }
        resolvers.field("Resume.score", on: Resume.self) { _ in 1 }
        let schema = try ExecutableSchema(GraphQLSchema.build(from: Source(Self.sdl)), resolvers: resolvers)
        let result = try await OperationPlan(parse(Source(text)), on: schema)
            .execute(variables: variables, context: context)
        #expect(result.errors == [])
        return seen.value
    }

    @Test func `a resolver sees which fields are asked for, through fragments and conditions`() async throws {
        let text = """
            query ($count: Boolean!) { jobs { ...J totalCount @include(if: $count) } }
            fragment J on Jobs { nodes { t: title } nodes { resumes(first: 5) { score } } }
            """
        let without = try await look(text, variables: ["count": .boolean(false)]) { call in
            call.selection.fields.map(\.coordinate)
        }
        #expect(without == ["Jobs.nodes"])
        let with = try await look(text, variables: ["count": .boolean(true)]) { call in
            call.selection.contains("totalCount")
        }
        #expect(with == true)
        let nodes = try await look(text, variables: ["count": .boolean(true)]) { call in
            call.selection["nodes"].fields.map { "\($0.responseName)=\($0.name)" }
        }
        #expect(nodes == ["t=title", "resumes=resumes"])
    }

    @Test func `a resolver sees the arguments of what is asked for below it`() async throws {
        let first = try await look(
            "query ($n: Int) { jobs { nodes { resumes(first: $n) { score } } } }",
            variables: ["n": .int(5)]
        ) { call in
            try call.selection["nodes"]["resumes"].fields.first == nil
                ? nil : call.selection["nodes"].fields.first?.arguments().int("first")
        }
        #expect(first == 5)
    }

    @Test func `what is asked for on an abstract type is told for each object type`() async throws {
        let seen = try await look("{ thing { ... on Job { title } ... on Resume { score } } }") { call in
            call.selection.fields.map(\.coordinate)
        }
        #expect(seen == ["Job.title", "Resume.score"])
    }

    @Test func `a resolver knows its field, path, operation and context`() async throws {
        let seen = try await look("query Q { j: jobs { totalCount } }", context: "the context") { call in
            [
                call.coordinate, call.responseName, "\(call.path.steps)", call.operationName ?? "",
                try call.context(String.self), "\(try call.arguments.requiredInt("first"))",
            ]
        }
        #expect(seen == ["Query.jobs", "j", "\([ResponsePath.Step.field("j")])", "Q", "the context", "3"])
    }
}
