import Foundation
import Testing

/// Files at the edge of what is accepted, given to the built program.
@Suite struct FileLimitTests {
    /// A PDF with so many pages, each with a few words of its own; objects are not compressed.
    private func pdf(pages: Int) -> Data {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count \(pages) /Kids [\((0..<pages).map { "\(4 + 2 * $0) 0 R" }.joined(separator: " "))] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for page in 1...pages {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(objects.count + 2) 0 R "
                    + "/Resources << /Font << /F 3 0 R >> >> >>"
            )
            let text =
                "BT /F 10 Tf 50 750 Td (Cooked for the guests of the inn, as page \(page) of this long tale tells) Tj ET"
            objects.append("<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream")
        }
        var file = "%PDF-1.4\n"
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        var length = file.utf8.count
        for (index, object) in objects.enumerated() {
            let digits = String(length)
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
            let whole = "\(index + 1) 0 obj\n\(object)\nendobj\n"
            length += whole.utf8.count
            file += whole
        }
        file += table + "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(length)\n%%EOF\n"
        return Data(file.utf8)
    }

    private func error(_ row: [String: Any]?) -> [String: Any]? { row?["error"] as? [String: Any] }

    @Test func `a PDF of 500 pages is read, one of 501 is refused with the limit`() async throws {
        let workspace = try Workspace()
        let files = [
            try workspace.file("long.pdf", pdf(pages: 500)), try workspace.file("longer.pdf", pdf(pages: 501)),
        ]
        let outcome = try await Program.run(["extract", "--format", "json"] + files)
        let rows = try outcome.rows()
        #expect(outcome.status == 1)
        #expect(rows.count == 2)
        #expect(error(rows.first) == nil, "\(outcome.complaint)")
        #expect((rows.first?["text"] as? String)?.hasPrefix("Cooked for the guests of the inn, as page 1 ") == true)
        let refusal = error(rows.last)
        #expect(refusal?["code"] as? String == "FILE_TOO_LARGE")
        #expect((refusal?["message"] as? String)?.contains("500") == true)
    }

    @Test func `a file without permission is unreachable, and the message says what to do`() async throws {
        let workspace = try Workspace()
        var path = try workspace.file("secret.txt", "Jane Doe")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        // Root reads any file on disk; in a container, the memory of the first process is closed to it as well.
        if FileHandle(forReadingAtPath: path) != nil { path = "/proc/1/mem" }
        guard FileHandle(forReadingAtPath: path) == nil else {
            // Root with every capability: nothing is closed to it, and there is nothing to test.
            return
        }
        let outcome = try await Program.run(["extract", "--format", "json", path])
        let refusal = error(try outcome.rows().first)
        #expect(outcome.status == 1)
        #expect(refusal?["code"] as? String == "FILE_UNREACHABLE")
        #expect((refusal?["message"] as? String)?.contains("right to read") == true)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["dangling.pdf", "loop.pdf", "pipe.pdf"])
    func `what only looks like a file is unreachable and is not waited for`(name: String) async throws {
        let workspace = try Workspace()
        let path = workspace.url.appendingPathComponent(name).path
        switch name {
        case "dangling.pdf": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "absent.pdf")
        case "loop.pdf": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: name)
        default:
            let made = unsafe path.withCString { unsafe mkfifo($0, 0o600) }
            #expect(made == 0)
        }
        let outcome = try await Program.run(["extract", "--format", "json", path])
        #expect(outcome.status == 1)
        #expect(error(try outcome.rows().first)?["code"] as? String == "FILE_UNREACHABLE")
    }
}
