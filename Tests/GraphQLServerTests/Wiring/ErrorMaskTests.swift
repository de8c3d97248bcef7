import GraphQL
import Schema
import Testing

@testable import GraphQLServer
@testable import MongoStore

@Suite struct ErrorMaskTests {
    private struct Secret: Error, CustomStringConvertible {
        let description = "the password is hunter2"
    }

    /// The answer to `{ fails }`, where that throws `error`, in a request called `r1`.
    private func respond(_ error: any Error & Sendable) async throws -> String {
        var resolvers = Resolvers()
        resolvers.root("Query.fails") { _ -> String? in throw error }
        var options = ExecutionOptions()
        options.maskError = { ErrorMask.mask($0, at: $1, log: Log(level: .critical, format: .json)) }
        let executable = try ExecutableSchema(
            GraphQLSchema.build(from: Source("type Query { fails: String }")),
            resolvers: resolvers,
            options: options
        )
        let plan = try OperationPlan(parse(Source("{ fails }")), on: executable)
        return await CurrentRequest.$id.withValue("r1") {
            String(decoding: await plan.execute(deadline: .now + .seconds(20)).json, as: UTF8.self)
        }
    }

    @Test func `an unexpected error shows the request's identifier and nothing of itself`() async throws {
        let answer = try await respond(Secret())
        #expect(answer.contains(#""extensions":{"code":"INTERNAL","requestId":"r1"}"#), "\(answer)")
        #expect(!answer.contains("hunter2") && !answer.contains("Secret"))
    }

    @Test func `a database that is gone is told from a mistake`() async throws {
        let workers = try MongoWorkers(uri: "mongodb://127.0.0.1:1/none?serverSelectionTimeoutMS=50", threads: 1)
        let error = await #expect(throws: MongoError.self) {
            try await workers.withClient { _ = try $0.read(["ping": 1]) }
        }
        await workers.shutDown()
        let answer = try await respond(try #require(error))
        #expect(answer.contains(#""extensions":{"code":"UNAVAILABLE","requestId":"r1"}"#), "\(answer)")
        #expect(!answer.contains("127.0.0.1"))
    }

    @Test func `a database that stays busy is told from a mistake`() async throws {
        let error = MongoError(code: 24, message: "no lock on shortlist.jobs", isTransient: true)
        let answer = try await respond(error)
        #expect(answer.contains(#""extensions":{"code":"UNAVAILABLE","requestId":"r1"}"#), "\(answer)")
        #expect(!answer.contains("jobs"))
    }

    @Test(arguments: [
        (17, 50, true), (17, 11600, true), (17, 11602, true), (17, 10107, true), (17, 2, false), (1, 6, false),
    ])
    func `a database that is too slow for once, or changes its primary, is told from a mistake`(
        domain: UInt32,
        code: UInt32,
        mayPass: Bool
    ) async throws {
        let answer = try await respond(MongoError(domain: domain, code: code, message: "shortlist.jobs"))
        #expect(answer.contains(mayPass ? #""code":"UNAVAILABLE""# : #""code":"INTERNAL""#), "\(answer)")
        #expect(answer.contains(#""requestId":"r1""#) && !answer.contains("jobs"))
    }

    @Test func `who left is told that the request was given up, and to try again`() async throws {
        #expect(try await respond(CancellationError()).contains(#""extensions":{"code":"UNAVAILABLE"}"#))
    }

    @Test func `an error that is meant for clients is shown as it is`() async throws {
        let answer = try await respond(GraphQLError("Not so.", extensions: ["code": .string("CONFLICT")]))
        #expect(answer.contains(#""message":"Not so.""#) && answer.contains(#""extensions":{"code":"CONFLICT"}"#))
    }
}
