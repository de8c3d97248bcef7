import Synchronization
import Testing

@testable import GraphQL

@Suite struct EnginePhaseTests {
    @Test func `each phase is told once, in order, and what is remembered is not told again`() async throws {
        let told = Mutex<[EnginePhase]>([])
        let observe: PhaseObserver = { phase, took in
            told.withLock { $0.append(phase) }
            #expect(took >= .zero)
        }
        let schema = try GraphQLSchema.build(from: Source("type Query { name: String, slow: String }"))
        var resolvers = Resolvers()
        resolvers.field("Query.name", on: RootObject.self) { _ in "n" }
        resolvers.root("Query.slow") { _ in
            await Task.yield()
            return "s"
        }
        var options = ExecutionOptions()
        options.onPhase = observe
        let executable = try ExecutableSchema(schema, resolvers: resolvers, options: options)
        var preparation = DocumentPreparer.Options()
        preparation.onPhase = observe
        let preparer = DocumentPreparer(schema: schema, options: preparation, sha256: { _ in "" })

        func run(_ query: String) async -> [EnginePhase] {
            if let plan = try? preparer.prepare(OperationRequest(query: Array(query.utf8))).plan(on: executable) {
                _ = await plan.execute()
            }
            return told.withLock { phases in
                defer { phases = [] }
                return phases
            }
        }
        #expect(await run("{ name }") == [.parse, .validate, .plan, .execute, .write])
        #expect(await run("{ name }") == [.execute, .write])
        #expect(await run("{ name slow }") == [.parse, .validate, .plan, .execute, .write])
        #expect(await run("{ nothing }") == [.parse, .validate])
        #expect(await run("{") == [.parse])
        #expect(await run("{") == [])
    }
}
