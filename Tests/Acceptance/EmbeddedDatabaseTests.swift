import Foundation
import Testing

/// The server's program, where it is on the PATH or was installed.
private let mongod: String? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let installed = Program.package.appendingPathComponent(".local/mongodb/mongod").path
    return (path.split(separator: ":").map { "\($0)/mongod" } + [installed])
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}()

@Suite(.enabled(if: mongod != nil, "there is no mongod")) struct EmbeddedDatabaseTests {
    /// Settings of a server whose data lie in `workspace`.
    private func environment(_ workspace: Workspace) throws -> [String: String] {
        let folder = workspace.url.appendingPathComponent("mongodb")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("mongod").path,
            withDestinationPath: try #require(mongod)
        )
        try install(in: workspace)
        return ["MONGODB_URI": "", "SHORTLIST_HOME": workspace.url.path, "LOG_FORMAT": "json"]
    }

    /// Puts what set-up installed for the pipeline where the program looks for it.
    private func install(in workspace: Workspace) throws {
        for name in ["model", "skills"] {
            try FileManager.default.createSymbolicLink(
                at: workspace.url.appendingPathComponent(name),
                withDestinationURL: Program.package.appendingPathComponent(".local/\(name)")
            )
        }
    }

    @Test func `without a database a server brings its own, which keeps what it was given`() async throws {
        let workspace = try Workspace()
        let environment = try environment(workspace)
        let create = "mutation { createJob(input: {title: \"Cook\", description: \"d\"}) { job { id } } }"

        let first = try await RunningServer.start(environment)
        let client = GraphQLClient(url: first.url, token: try await first.token("anna@example.com"))
        let id: String = try await client.ask(create).value("createJob.job.id")
        kill(first.processIdentifier, SIGTERM)
        #expect(try await first.wait() == 0, "\(first.log)")

        // Another port, as if the first were taken by now: the replica set is told.
        let address = workspace.url.appendingPathComponent("db/address")
        try "0\n".write(to: address, atomically: true, encoding: .utf8)
        let second = try await RunningServer.start(environment)
        let again = GraphQLClient(url: second.url, token: try await second.token("anna@example.com"))
        #expect(try await again.ask("{ jobs { nodes { id } } }").value("jobs.nodes.0.id") == id)

        // Killed, it leaves its database behind, which the last of those that come after stops.
        kill(second.processIdentifier, SIGKILL)
        _ = try await second.wait()
        async let one = RunningServer.start(environment)
        async let other = RunningServer.start(environment)
        let (third, fourth) = try await (one, other)
        #expect(third.log.contains("using the embedded MongoDB"))
        kill(third.processIdentifier, SIGTERM)
        #expect(try await third.wait() == 0, "\(third.log)")
        let last = GraphQLClient(url: fourth.url, token: try await fourth.token("anna@example.com"))
        #expect(try await last.ask("{ jobs { totalCount } }").value("jobs.totalCount") == 1)
        kill(fourth.processIdentifier, SIGTERM)
        #expect(try await fourth.wait() == 0, "\(fourth.log)")
        let lock = try String(contentsOf: workspace.url.appendingPathComponent("db/data/mongod.lock"), encoding: .utf8)
        #expect(lock.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
    }

    @Test func `two servers that start at once share one database`() async throws {
        let workspace = try Workspace()
        let environment = try environment(workspace)
        async let one = RunningServer.start(environment)
        async let other = RunningServer.start(environment)
        for server in try await [one, other] {
            kill(server.processIdentifier, SIGTERM)
            #expect(try await server.wait() == 0)
        }
    }

    @Test func `a database of its own that dies is started again`() async throws {
        let workspace = try Workspace()
        let server = try await RunningServer.start(environment(workspace))
        let client = GraphQLClient(url: server.url, token: try await server.token("anna@example.com"))
        _ = try await client.ask("mutation { createJob(input: {title: \"Cook\", description: \"d\"}) { job { id } } }")
        let lock = workspace.url.appendingPathComponent("db/data/mongod.lock")
        let process = try #require(
            Int32(try String(contentsOf: lock, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines))
        )
        kill(process, SIGKILL)
        #expect(try await server.logged("the embedded MongoDB died"))
        #expect(try await server.logged("started the embedded MongoDB"))
        // The driver finds out by itself that it is there again.
        let deadline = Date().addingTimeInterval(30)
        var answer = try await client.ask("{ jobs { totalCount } }")
        while answer.codes == ["UNAVAILABLE"], Date() < deadline {
            answer = try await client.ask("{ jobs { totalCount } }")
        }
        #expect(try answer.value("jobs.totalCount") == 1)
        kill(server.processIdentifier, SIGTERM)
        #expect(try await server.wait() == 0)
    }

    @Test func `without a database and without its program the start says how to mend it`() async throws {
        let workspace = try Workspace()
        try install(in: workspace)
        let outcome = try await Program.run(
            ["serve"],
            environment: ["MONGODB_URI": "", "SHORTLIST_HOME": workspace.url.path, "PATH": workspace.url.path]
        )
        #expect(outcome.status == 3 && outcome.complaint.contains("Scripts/install-mongod"))
    }
}
