import Foundation
import Testing

/// Files that attack whoever reads them, made by `make.py` and given to the built program.
@Suite struct HostileFileTests {
    private struct Expectation: Decodable {
        let codes: [String]
        let has: [String]
        let lacks: [String]
        let isAboutName: Bool
    }

    /// Given up by the clock alone, after which a server would try it again.
    private static let endless = "forms-by-the-billion.pdf"

    /// The files, and how each must end.
    private func corpus(in workspace: Workspace) async throws -> (folder: URL, expected: [String: Expectation]) {
        let folder = workspace.url.appendingPathComponent("files")
        let list = workspace.url.appendingPathComponent("expected.json")
        let script = Program.package.appendingPathComponent("Tests/Acceptance/Hostile/make.py")
        let outcome = try await Program.run("/usr/bin/env", ["python3", script.path, folder.path, list.path])
        #expect(outcome.status == 0, "\(outcome.complaint)")
        return (folder, try JSONDecoder().decode([String: Expectation].self, from: Data(contentsOf: list)))
    }

    /// A folder for temporary files that every user gets to.
    private func scratch(in workspace: Workspace) throws -> URL {
        let scratch = workspace.url.appendingPathComponent("scratch")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        return scratch
    }

    /// Names of the programs whose working folder is in `folder`, and of those that are no more than a name in the table of
    /// processes because nobody asked for their end.
    private func left(in folder: URL, of parent: Int32? = nil) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.compactMap { id in
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")
            let state = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
            // After the name in brackets: the state, and the parent.
            let fields = state.split(separator: ")").last?.split(separator: " ") ?? []
            let isDeadChild = fields.count > 1 && fields[0] == "Z" && Int32(fields[1]) == parent
            return place?.hasPrefix(folder.path) == true || isDeadChild ? state : nil
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `names like options, and a file of each kind, end in their codes and leave neither files nor processes`()
        async throws
    {
        let workspace = try Workspace()
        let scratch = try scratch(in: workspace)
        let (folder, expected) = try await corpus(in: workspace)
        // The server reads the others.
        let kinds = [
            "zip-bomb.docx", "entities.odt", "outside-entity.odt", "climbing-names.docx", "locked.docx", "cut.pdf",
            "pages-within-themselves.pdf", "outside-stream.pdf", "huge.png", "object.rtf", "active.html",
            Self.endless,
        ]
        let names = expected.keys.sorted().filter { expected[$0]?.isAboutName == true || kinds.contains($0) }
        let outcome = try await Program.run(
            ["extract", "--format", "json", "--"] + names.map { folder.appendingPathComponent($0).path },
            environment: ["TMPDIR": scratch.path]
        )
        let rows = try outcome.rows()
        #expect(rows.count == names.count && outcome.status == 1)
        for (name, row) in zip(names, rows) {
            let expectation = try #require(expected[name])
            let code = (row["error"] as? [String: Any])?["code"] as? String ?? "TEXT"
            #expect(expectation.codes.contains(code), "\(name) ended as \(code)")
            let whole = String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
            let text = row["text"] as? String ?? ""
            for part in expectation.has where code == "TEXT" { #expect(text.contains(part), "\(name) has no \(part)") }
            for part in expectation.lacks { #expect(!whole.contains(part), "\(name) has \(part)") }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/shortlist-was-here"))
        #expect(try left(in: scratch).isEmpty)
    }

    @Test(.timeLimit(.minutes(10)))
    func `each file ends in its code or in text: a server reads them all and goes on answering`() async throws {
        let workspace = try Workspace()
        let scratch = try scratch(in: workspace)
        let (folder, expected) = try await corpus(in: workspace)
        let server = try await RunningServer.start(with: ["TMPDIR": scratch.path])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let names = expected.filter { !$0.value.isAboutName && $0.key != Self.endless }.keys.sorted()
        let files = try names.map {
            Frontend.File(name: $0, content: try Data(contentsOf: folder.appendingPathComponent($0)))
        }
        var registered: [Frontend.Registered] = []
        for file in files { registered += try await frontend.upload([file], to: job) }
        let resumes = Dictionary(
            zip(registered, names).compactMap { $0.kind == "RegisteredResume" ? ($0.id ?? "", $1) : nil }
        ) { first, _ in first }
        let good = try await frontend.upload(Frontend.letters(1), to: job)
        let batch = try await frontend.createBatch(job)
        // It answers all the while, and to the end.
        let ended = try await frontend.follow(batch, seconds: 500)
        #expect(ended.completed + ended.failed == resumes.count + 1)
        for (id, name) in resumes {
            let answer = try await frontend.client.ask(
                "query($id: ID!) { resume(id: $id) { status error { code } } }",
                ["id": id]
            )
            let row = try answer.value("resume", as: [String: Any].self)
            let code = (row["error"] as? [String: Any])?["code"] as? String ?? "TEXT"
            #expect(expected[name]?.codes.contains(code) == true, "\(name) ended as \(code)")
        }
        let answer = try await frontend.client.ask(
            "query($id: ID!) { resume(id: $id) { status } }",
            ["id": try #require(good[0].id)]
        )
        #expect(try answer.value("resume.status") == "COMPLETED")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
        #expect(try left(in: scratch, of: server.processIdentifier).isEmpty)
        try await server.expectConsistentCounters()
    }
}
