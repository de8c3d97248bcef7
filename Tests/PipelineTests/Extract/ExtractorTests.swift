import Foundation
import Testing

@testable import Pipeline

@Suite struct ExtractorTests {
    @Test(arguments: [
        ("exit 0", PipelineError.Code.fileDamaged), ("echo '{'", .fileDamaged), ("kill -SEGV $$", .fileDamaged),
        ("kill -KILL $$", .fileTooLarge), ("kill -XCPU $$", .timedOut), ("exit 70", .internal),
        ("while true; do sleep 100; done", .timedOut), ("yes", .fileTooLarge),
        ("(sleep 100 & sleep 100) | cat", .timedOut),
    ])
    func `whatever becomes of the child, there is an error with the right code`(
        script: String,
        expected: PipelineError.Code
    ) async throws {
        try await withFile("Jo Doe") { path in
            var limits = ExtractionLimits()
            // Short only where the deadline itself is looked at: elsewhere a busy machine must not reach it first.
            limits.wallSeconds = script.contains("sleep") ? 2 : 300
            limits.maxAnswerBytes = 1 << 16
            let extractor = Extractor(limits: limits, childCommand: ["/bin/sh", "-c", script, "sh"])
            guard case .failure(let error) = await extractor.extract(path: path) else {
                Issue.record("no error")
                return
            }
            #expect(error.code == expected)
            #expect(error.stage == .extract)
            #expect(!error.message.contains("/"))
        }
    }

    @Test func `the child's answer is handed on, and its folder is gone afterwards`() async throws {
        try await withFile("Jo Doe", name: "-rf.md") { path in
            let document = ExtractedDocument(
                mediaType: "text/plain",
                text: "x",
                lines: [TextLine(text: "x", offset: 0)]
            )
            let answer = try JSONEncoder().encode(ExtractorChild.Answer(.success(document)))
            let place = path + ".place"
            let script =
                "pwd > '\(place)'; test \"$1\" = \"$PWD/resume.md\" && cat \"$1\" >/dev/null && echo '\(String(decoding: answer, as: UTF8.self))'"
            let result = await Extractor(childCommand: ["/bin/sh", "-c", script, "sh"]).extract(path: path)
            #expect(result == .success(document))
            let folder = try String(contentsOfFile: place, encoding: .utf8).trimmingCharacters(in: .newlines)
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files to somebody else"))
    func `where we are root each file is read by a user of its own, whom folder and copy belong to`() async throws {
        try await withFile("Jo Doe") { path in
            let place = path + ".place"
            let script = "echo $SHORTLIST_EXTRACTION_USER $(stat -c '%u %a' . \"$1\") >> '\(place)'"
            for _ in 0..<2 {
                _ = await Extractor(childCommand: ["/bin/sh", "-c", script, "sh"]).extract(path: path)
            }
            let lines = try String(contentsOfFile: place, encoding: .utf8).split(separator: "\n")
            let users = lines.compactMap { $0.split(separator: " ").first }
            #expect(Set(users).count == 2 && !users.contains("0"), "\(lines)")
            for (line, user) in zip(lines, users) { #expect(line == "\(user) \(user) 700 \(user) 600") }
        }
    }

    @Test func `missing files, folders and pipes are unreachable and say why`() async throws {
        let extractor = Extractor(childCommand: ["/bin/false"])
        try await withFile("x") { path in
            let pipe = path + ".pipe"
            #expect(unsafe mkfifo(pipe, 0o600) == 0)
            for (place, word) in [(path + ".missing", "no such file"), ("/tmp", "folder"), (pipe, "ordinary")] {
                guard case .failure(let error) = await extractor.extract(path: place) else {
                    Issue.record("no error")
                    return
                }
                #expect(error.code == .fileUnreachable)
                #expect(error.message.contains(word))
            }
        }
    }

    @Test func `empty and oversized files start no child`() async throws {
        var limits = ExtractionLimits()
        limits.maxFileBytes = 4
        let extractor = Extractor(limits: limits, childCommand: ["/does/not/exist"])
        for (contents, code) in [("", PipelineError.Code.fileDamaged), ("12345", .fileTooLarge)] {
            try await withFile(contents) { path in
                guard case .failure(let error) = await extractor.extract(path: path) else {
                    Issue.record("no error")
                    return
                }
                #expect(error.code == code)
            }
        }
    }

    @Test func `a child that cannot be started is our fault, not the file's`() async throws {
        try await withFile("x") { path in
            guard case .failure(let error) = await Extractor(childCommand: ["/does/not/exist"]).extract(path: path)
            else {
                Issue.record("no error")
                return
            }
            #expect(error.code == .internal)
            #expect(error.retryable)
        }
    }

    @Test(arguments: [(" \n\t\n", "blank.txt"), ("%%%% ---- 12", "signs.txt"), ("<p></p>", "empty.html")])
    func `a file without a letter holds no text`(contents: String, name: String) async throws {
        try await withFile(contents, name: name) { path in
            guard case .failure(let error) = await DocumentReader(scratchFolder: "/tmp").read(path: path) else {
                Issue.record("no error")
                return
            }
            #expect(error.code == .noText)
        }
    }

    @Test func `a file is read by its contents, whatever its name says`() async throws {
        try await withFile(#"{\rtf1 Jo Doe}"#, name: "resume.docx") { path in
            let result = await DocumentReader(scratchFolder: "/tmp").read(path: path)
            #expect((try? result.get())?.mediaType == "application/rtf")
        }
    }

    /// Runs `body` with the path of a file in a folder of its own.
    private func withFile(
        _ contents: String,
        name: String = "resume.txt",
        _ body: (String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "extractor-tests-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        try Data(contents.utf8).write(to: file)
        try await body(file.path)
    }
}
