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
        for secret in Self.markers + [try #require(client.token)] {
            #expect(!server.log.localizedCaseInsensitiveContains(secret), "\(secret) is in the log")
        }
    }
}
