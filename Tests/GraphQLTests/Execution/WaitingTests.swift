import GraphQL
import Synchronization
import Testing

/// Resolvers that wait: side by side, one after the other, cancelled, too late.
@Suite struct WaitingTests {
    private static let sdl = """
        type Query { a: Int, b: Int, slow: Int, deaf: Int }
        type Mutation { add(n: Int!): Sum }
        type Sum { total: Int, later: Int }
        """

    struct Sum: ObjectValue {}

    /// Opens when it was reached as often as it waits for.
    final class Gate: Sendable {
        private struct State {
            var missing: Int
            var waiting: [CheckedContinuation<Void, Never>] = []
        }
        private let state: Mutex<State>

        init(_ count: Int) { state = Mutex(State(missing: count)) }

        func pass() async {
            await withCheckedContinuation { continuation in
                let opened = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    state.missing -= 1
                    state.waiting.append(continuation)
                    guard state.missing <= 0 else { return [] }
                    defer { state.waiting = [] }
                    return state.waiting
                }
                for continuation in opened { continuation.resume() }
            }
        }
    }

    private func schema(_ log: Library.Log = Library.Log(), gate: Gate = Gate(0)) throws -> ExecutableSchema {
        var resolvers = Resolvers()
        resolvers.root("Query.a") { _ in
            await gate.pass()
            return 1
        }
        resolvers.root("Query.b") { _ in
            await gate.pass()
            return 2
        }
        resolvers.root("Query.slow") { _ -> Int in
            log.add("called")
            // Nothing ever comes: only its cancellation ends the wait.
            let (events, source) = AsyncStream.makeStream(of: Void.self)
            for await _ in events {}
            source.finish()
            log.add("cancelled")
            await gate.pass()
            return 3
        }
        resolvers.root("Query.deaf") { _ -> Int in
            log.add("called")
            await gate.pass()
            return 4
        }
        resolvers.root("Mutation.add") { call -> Sum in
            log.add("add \(try call.arguments.requiredInt("n"))")
            return Sum()
        }
        resolvers.batch("Sum.total", on: Sum.self) { _, call in
            log.add("total of \(call.path.steps)")
            return [0]
        }
        resolvers.batch("Sum.later", on: Sum.self) { _, _ in [1] }
        return try ExecutableSchema(GraphQLSchema.build(from: Source(Self.sdl)), resolvers: resolvers)
    }

    /// Executes with a deadline that leaves just enough time for a resolver to be called, however busy the machine is.
    private func executeTooLate(_ plan: OperationPlan, _ log: Library.Log) async -> ExecutionResult {
        var patience = Duration.milliseconds(10)
        while true {
            let result = await plan.execute(deadline: .now + patience)
            if log.all.contains("called") { return result }
            patience *= 2
        }
    }

    @Test func `sibling fields of a query wait side by side`() async throws {
        // Neither gets through unless both have been called.
        let plan = try OperationPlan(parse(Source("{ b a }")), on: schema(gate: Gate(2)))
        #expect(String(decoding: await plan.execute().json, as: UTF8.self) == #"{"data":{"b":2,"a":1}}"#)
    }

    @Test func `fields of a mutation run one after the other, each with all below it`() async throws {
        let log = Library.Log()
        let text = "mutation { x: add(n: 1) { total later } y: add(n: 2) { total } }"
        let plan = try OperationPlan(parse(Source(text)), on: schema(log))
        let result = await plan.execute()
        #expect(
            String(decoding: result.json, as: UTF8.self)
                == #"{"data":{"x":{"total":0,"later":1},"y":{"total":0}}}"#
        )
        let total = [ResponsePath.Step.field("x"), .field("total")]
        let other = [ResponsePath.Step.field("y"), .field("total")]
        #expect(log.all == ["add 1", "total of \(total)", "add 2", "total of \(other)"])
    }

    @Test func `at the deadline a resolver is cancelled and the request ends`() async throws {
        let log = Library.Log()
        let gate = Gate(2)
        let plan = try OperationPlan(parse(Source("{ slow }")), on: schema(log, gate: gate))
        let result = await executeTooLate(plan, log)
        #expect(
            String(decoding: result.json, as: UTF8.self)
                == #"{"errors":[{"message":"The operation took too long.","extensions":{"code":"TIMED_OUT"}}],"data":null}"#
        )
        await gate.pass()
        #expect(log.all == ["called", "cancelled"])
    }

    @Test func `a resolver that ignores its cancellation does not hold up the answer`() async throws {
        let log = Library.Log()
        let gate = Gate(2)
        let plan = try OperationPlan(parse(Source("{ deaf }")), on: schema(log, gate: gate))
        let result = await executeTooLate(plan, log)
        #expect(result.errors.map(\.code) == ["TIMED_OUT"])
        await gate.pass()
    }

    @Test func `past the deadline nothing is called`() async throws {
        let log = Library.Log()
        let plan = try OperationPlan(parse(Source("mutation { add(n: 1) { later } }")), on: schema(log))
        let result = await plan.execute(deadline: .now - .seconds(1))
        #expect(result.errors.map(\.code) == ["TIMED_OUT"])
        #expect(log.all.isEmpty)
    }

    @Test func `cancelling the task cancels its resolvers`() async throws {
        let log = Library.Log()
        let gate = Gate(1)
        let plan = try OperationPlan(parse(Source("{ slow }")), on: schema(log, gate: gate))
        let task = Task { await plan.execute(deadline: .now + .seconds(3600)) }
        task.cancel()
        #expect(await task.value.errors.map(\.code) == ["CANCELLED"])
    }

    @Test func `an answer in time is not touched by its deadline`() async throws {
        let plan = try OperationPlan(parse(Source("{ a }")), on: schema())
        let result = await plan.execute(deadline: .now + .seconds(3600))
        #expect(String(decoding: result.json, as: UTF8.self) == #"{"data":{"a":1}}"#)
    }
}
