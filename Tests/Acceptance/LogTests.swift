import Foundation
import Testing

/// What the log must not have, however much it tells.
@Suite struct LogTests {
    private static let markers = ["Zanzibarova", "zanzi@example.net", "quetzalcode", "kumquatfile", "tamarindnote"]

    @Test func `nothing of resumes, questions or tokens is in the log`() async throws {
        let server = try await RunningServer.start(with: ["LOG_LEVEL": "trace"])
        let frontend = try await Frontend(server)
        let client = frontend.client
        let job = try await frontend.createJob([
            "title": "quetzalcode", "description": "quetzalcode and tamarindnote",
        ])
        let text = """
            Zora Zanzibarova
            zanzi@example.net

            Experience
            Engineer at quetzalcode, 2015 - 2021
            """
        let files = [
            Frontend.File(name: "kumquatfile.txt", content: Data(text.utf8)),
            // Ends with an error.
            Frontend.File(name: "kumquatfile.pdf", content: Data("%PDF-1.4 Zanzibarova".utf8)),
        ]
        let registered = try await frontend.upload(files, to: job)
        _ = try await frontend.follow(try await frontend.createBatch(job))
        let resume = try #require(registered[0].id)
        let decision = "mutation($i: DecideResumeInput!) { decideResume(input: $i) { resume { id } } }"
        let decided = try await client.ask(
            decision,
            ["i": ["id": resume, "outcome": "HOLD", "note": "tamarindnote"]]
        )
        #expect(decided.errors.isEmpty)
        // Found, refused, not parsed, not signed in.
        let fields = "nodes { profile { name emails } file { name url } }"
        let search = "resumes(filter: {search: \"Zanzibarova\"}) { \(fields) }"
        let found = try await client.ask("query($id: ID!) { job(id: $id) { \(search) } }", ["id": job])
        #expect(try found.value("job.resumes.nodes.0.profile.name", as: String.self).contains("Zanzibarova"))
        let link = try found.value("job.resumes.nodes.0.file.url", as: String.self)
        #expect(try await HTTP.get(link).status == 200)
        #expect(try await HTTP.get(link + "x").status == 404)
        #expect(try await server.logged("/files/…"))
        let wrong = [
            "{ quetzalcode }", "{ job(id: \"quetzalcode\") { id }", "{ jobs(after: \"tamarindnote\") { totalCount } }",
        ]
        for query in wrong {
            #expect(try await client.ask(query).errors.isEmpty == false)
        }
        let stranger = GraphQLClient(url: server.url, token: "quetzalcode.tamarindnote.kumquatfile")
        #expect(try await stranger.ask("{ jobs { totalCount } }").codes == ["UNAUTHENTICATED"])
        // The last line is there: all before it are.
        #expect(try await server.logged("refused a token"))
        let token = try #require(link.split(separator: "/").last.map(String.init))
        for secret in Self.markers + [try #require(client.token), token] {
            #expect(!server.log.localizedCaseInsensitiveContains(secret), "\(secret) is in the log")
        }
    }

    /// Whatever becomes of the log: a full disk, a reader that went.
    @Test(arguments: [
        "exec \"$0\" serve --port \"$1\" 2> /dev/full", "exec \"$0\" serve --port \"$1\" 2> >(exec true)",
    ])
    func `a server whose log cannot be written serves on`(command: String) async throws {
        let port = try await RunningDatabase.freePort()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", command, Program.path, "\(port)"]
        process.environment = ProcessInfo.processInfo.environment.merging(try RunningServer.ownDatabase()) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.start()
        defer { process.terminate() }
        let client = GraphQLClient(url: try #require(URL(string: "http://127.0.0.1:\(port)")), token: nil)
        let deadline = Date().addingTimeInterval(60)
        while (try? await client.ask("{ __typename }")) == nil {
            try #require(process.isRunning && Date() < deadline, "it does not serve")
        }
        for _ in 0..<20 { #expect(try await client.ask("{ __typename }").errors.isEmpty) }
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    }
}
