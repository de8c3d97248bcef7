import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Uploads that go to a cloud, from a frontend's request to the screened resume.
@Suite struct CloudinaryTests {
    private func send(_ content: String, _ target: [String: Any]) async throws -> Int {
        var request = URLRequest(url: try #require((target["url"] as? String).flatMap(URL.init)))
        request.httpMethod = target["method"] as? String
        request.setValue("multipart/form-data; boundary=frontier", forHTTPHeaderField: "Content-Type")
        var body = ""
        for field in target["fields"] as? [[String: String]] ?? [] {
            body += "--frontier\r\nContent-Disposition: form-data; name=\"\(field["name"] ?? "")\"\r\n\r\n"
            body += "\(field["value"] ?? "")\r\n"
        }
        body += "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\(content)\r\n"
        request.httpBody = Data((body + "--frontier--\r\n").utf8)
        let (_, response) = try await URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }

    private func targets(_ count: Int, _ frontend: Frontend, _ job: String) async throws -> [[String: Any]] {
        let file: [String: Any] = ["name": "a.txt", "mediaType": "text/plain", "byteCount": 300]
        return try await frontend.client.ask(
            """
            mutation($input: CreateUploadsInput!) {
              createUploads(input: $input) { uploads { method url fields { name value } fileUrl expiresAt } }
            }
            """,
            ["input": ["jobId": job, "files": Array(repeating: file, count: count)] as [String: Any]]
        ).value("createUploads.uploads")
    }

    @Test(.timeLimit(.minutes(3)), arguments: ["sha1", "sha256"])
    func `a browser uploads to the cloud by signed parameters, and the file is fetched from there`(
        algorithm: String
    ) async throws {
        let cloud = try await StandIn.start()
        let options = "upload_prefix=\(cloud.url)&delivery_prefix=\(cloud.url)&signature_algorithm=\(algorithm)"
        let server = try await RunningServer.start(with: [
            "CLOUDINARY_URL": "cloudinary://key:a%20secret@demo?\(options)", "FETCH_ALLOW": "127.0.0.1",
        ])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        var targets = try await targets(2, frontend, job)
        #expect(targets.allSatisfy { $0["method"] as? String == "POST" })
        #expect(targets[0]["url"] as? String == "\(cloud.url)/v1_1/demo/raw/upload")
        let files = targets.compactMap { $0["fileUrl"] as? String }
        #expect(Set(files).count == 2 && files.allSatisfy { $0.hasPrefix("\(cloud.url)/demo/raw/upload/shortlist/") })

        let text = try #require(String(data: Frontend.letters(1)[0].content, encoding: .utf8))
        #expect(try await send(text, targets[0]) == 200)
        // What was sent once stays as it is, and what was changed is not taken.
        #expect(try await send("somebody else's", targets[0]) == 200)
        var fields = try #require(targets[1]["fields"] as? [[String: String]])
        for place in fields.indices where fields[place]["name"] == "public_id" { fields[place]["value"] = "mine" }
        targets[1]["fields"] = fields
        #expect(try await send(text, targets[1]) == 401)

        let entries = [
            files[0], files[1], "\(cloud.url)/other/raw/upload/shortlist/1", "\(cloud.url)/demo/../other/x",
            "\(cloud.url)/demo/%2e%2e/other/x", "https://res.cloudinary.com/demo/x",
        ].map { ["url": $0, "name": "a.txt", "mediaType": "text/plain", "byteCount": 300] as [String: Any] }
        let registered = try await frontend.register(entries, in: job)
        #expect(
            registered.map(\.kind) == Array(repeating: "RegisteredResume", count: 2)
                + Array(repeating: "RejectedResume", count: 4)
        )
        let batch = try await frontend.follow(try await frontend.createBatch(job))
        // Of the second nothing was uploaded.
        #expect(batch.completed == 1 && batch.failed == 1)
        let answer = try await frontend.client.ask(
            "query($id: ID!) { resume(id: $id) { profile { name } file { url } } }",
            ["id": try #require(registered[0].id)]
        )
        #expect(try answer.value("resume.file.url") == files[0])
        #expect(!server.log.contains("a secret") && !server.log.contains("a%20secret"))
        try await server.expectConsistentCounters()
        withExtendedLifetime(cloud) {}
    }
}
