import Foundation
import Testing

@Suite struct CommandTests {
    private let job =
        #"{"title": "Cook", "description": "Cooks.", "requirements": {"requiredSkills": ["Menu planning"]}}"#
    private let resume = "Jane Doe\njane.doe@example.com\n\nExperience\nCook, Example Kitchen, 2019-01 - 2021-03\n"

    @Test(arguments: [
        ["frobnicate"], ["screen", "a.pdf"], ["extract"], ["extract", "--format", "yaml", "a.pdf"],
        ["embed", "--workers", "0"],
    ])
    func `a wrong call ends with 2 and says why`(arguments: [String]) async throws {
        let outcome = try await Program.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.complaint.isEmpty)
    }

    @Test func `help and version end with 0`() async throws {
        #expect(try await Program.run(["--help"]).status == 0)
        #expect(try await Program.run(["screen", "--help"]).output.contains("JOB.json"))
        #expect(try await Program.run(["--version"]).status == 0)
    }

    @Test(arguments: [
        (#"{"title": "Cook"}"#, "description"), ("not json", "JSON"),
        (
            #"{"title":"t","description":"d","requirements":{"minYearsExperience":9,"maxYearsExperience":2}}"#,
            "maxYearsExperience"
        ),
    ])
    func `a wrong job ends with 2 and names file and field`(json: String, named: String) async throws {
        let workspace = try Workspace()
        let path = try workspace.file("job.json", json)
        let outcome = try await Program.run(["screen", "--job", path, try workspace.file("a.txt", resume)])
        #expect(outcome.status == 2)
        #expect(outcome.complaint.contains(path) && outcome.complaint.contains(named))
        #expect(outcome.output.isEmpty)
    }

    @Test func `a missing model ends with 3 and says how to mend it`() async throws {
        let workspace = try Workspace()
        let outcome = try await Program.run(
            ["screen", "--job", try workspace.file("job.json", job), try workspace.file("a.txt", resume)],
            environment: ["MODEL_DIR": workspace.url.path + "/nowhere"]
        )
        #expect(outcome.status == 3)
        #expect(outcome.complaint.contains("install-model"))
        #expect(outcome.output.isEmpty)
    }

    @Test func `bad files are named, and the good one beside them is done`() async throws {
        let workspace = try Workspace()
        let good = try workspace.file("good.txt", resume)
        let bad = [
            workspace.url.path + "/absent.pdf", workspace.url.path, try workspace.file("empty.pdf", ""),
            try workspace.file("blank.txt", " \n\t\n"),
            try workspace.file("noise.pdf", Data((0..<5_000).map { UInt8($0 * 131 % 251) })),
            try workspace.file("header.pdf", "%PDF-1.7\n"),
        ]
        let outcome = try await Program.run(["extract", "--format", "json"] + bad + [good])
        #expect(outcome.status == 1)
        let rows = try outcome.rows()
        #expect(rows.map { $0["file"] as? String } == bad + [good])
        let codes = rows.dropLast().map { ($0["error"] as? [String: Any])?["code"] as? String }
        #expect(codes[0] == "FILE_UNREACHABLE")
        #expect(codes[1] == "FILE_UNREACHABLE")
        #expect(codes[3] == "NO_TEXT")
        for code in codes {
            #expect(["FILE_UNREACHABLE", "FILE_DAMAGED", "UNSUPPORTED_MEDIA_TYPE", "NO_TEXT"].contains(code))
        }
        #expect((rows.last?["text"] as? String)?.contains("Jane Doe") == true)
        for file in bad { #expect(outcome.complaint.contains(file)) }
    }

    @Test func `files are read by the reader beside the program, and without one by the program itself`() async throws {
        let workspace = try Workspace()
        let program = workspace.url.path + "/shortlist"
        try FileManager.default.copyItem(atPath: Program.path, toPath: program)
        let arguments = ["extract", "--format", "json", try workspace.file("a.txt", resume)]
        let alone = try await Program.run(program, arguments)
        #expect((try alone.rows().first?["text"] as? String)?.contains("Jane Doe") == true)
        // One that says that it could not begin.
        let reader = try workspace.file("shortlist-reader", "#!/bin/sh\nexit 70\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: reader)
        let beside = try await Program.run(program, arguments)
        let error = try #require(try beside.rows().first?["error"] as? [String: Any])
        #expect(error["code"] as? String == "INTERNAL")
    }

    @Test func `a file that may not be read is unreachable`() async throws {
        // Root reads everything; a socket-like path that nobody can read as a file serves for both.
        let outcome = try await Program.run(["extract", "--format", "json", "/dev/null"])
        let error = try #require(try outcome.rows().first?["error"] as? [String: Any])
        #expect(outcome.status == 1)
        #expect(error["code"] as? String == "FILE_UNREACHABLE")
    }

    @Test func `a file too large is refused with the limit`() async throws {
        let workspace = try Workspace()
        let path = try workspace.file("large.pdf", Data("%PDF-1.4\n".utf8))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: 50 << 20)
        try handle.close()
        let outcome = try await Program.run(["extract", "--format", "json", path])
        let error = try #require(try outcome.rows().first?["error"] as? [String: Any])
        #expect(error["code"] as? String == "FILE_TOO_LARGE")
    }

    @Test func `a name that looks like an option is a file all the same`() async throws {
        let workspace = try Workspace()
        _ = try workspace.file("-l.txt", resume)
        let outcome = try await Program.run(["extract", "--format", "json", "--", workspace.url.path + "/-l.txt"])
        #expect(outcome.status == 0)
    }

    @Test func `the table and the CSV show every file`() async throws {
        let workspace = try Workspace()
        let files = [
            try workspace.file("a.txt", resume), try workspace.file("=b.txt", resume), workspace.url.path + "/no.pdf",
        ]
        let job = try workspace.file("job.json", job)
        let table = try await Program.run(["screen", "--job", job] + files)
        #expect(table.status == 1)
        for name in ["a.txt", "=b.txt", "no.pdf", "FILE_UNREACHABLE"] { #expect(table.output.contains(name)) }
        let csv = try await Program.run(["screen", "--job", job, "--format", "csv"] + files)
        let lines = csv.output.split(separator: "\r\n")
        #expect(lines.count == 4)
        #expect(lines.first?.hasPrefix("finalRank,file,status") == true)
    }

    @Test func `embed writes one vector of length 1 a line`() async throws {
        let outcome = try await Program.run(["embed"], input: "a cook\n\nnot a cook\n")
        #expect(outcome.status == 0)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines {
            let vector = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Double])
            #expect(vector.count == 384)
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        }
    }

    @Test func `doctor finds everything that set-up installed`() async throws {
        let outcome = try await Program.run(["doctor"])
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test func `doctor says how to mend what is missing`() async throws {
        let outcome = try await Program.run(["doctor"], environment: ["MODEL_DIR": "/nonexistent"])
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("install-model"))
    }
}
