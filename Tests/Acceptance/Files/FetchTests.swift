import Foundation
import Testing

/// Files that lie elsewhere, given to the built program.
@Suite struct FetchTests {
    private struct Outcome {
        let status: String
        let code: String?
        let isRetryable: Bool?
        let message: String
    }

    private func entry(_ url: String, _ name: String = "resume.txt", sha256: String? = nil) -> [String: Any] {
        var entry: [String: Any] = ["url": url, "name": name, "mediaType": "text/plain", "byteCount": 100]
        if let sha256 { entry["sha256"] = sha256 }
        return entry
    }

    private func resume(_ id: String, _ frontend: Frontend) async throws -> Outcome {
        let answer = try await frontend.client.ask(
            "query($id: ID!) { resume(id: $id) { status error { code message retryable stage } } }",
            ["id": id]
        )
        let row = try answer.value("resume", as: [String: Any].self)
        let error = row["error"] as? [String: Any]
        return Outcome(
            status: row["status"] as? String ?? "",
            code: error?["code"] as? String,
            isRetryable: error?["retryable"] as? Bool,
            message: error?["message"] as? String ?? ""
        )
    }

    /// Waits until a resume was tried once.
    private func attempted(_ id: String, _ frontend: Frontend) async throws -> Outcome {
        while true {
            let outcome = try await resume(id, frontend)
            if outcome.code != nil || outcome.status == "COMPLETED" { return outcome }
            try await Frontend.pause(milliseconds: 100)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `files elsewhere are fetched, screened, and shown under the URL that was registered`() async throws {
        let elsewhere = try await StandIn.start()
        // Whatever the environment says of proxies, nobody stands in between.
        let server = try await RunningServer.start(with: [
            "FETCH_ALLOW": "127.0.0.1", "http_proxy": "http://127.0.0.1:9", "all_proxy": "http://127.0.0.1:9",
        ])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let urls = ["/file/1?a=b", "/to?/file/2", "/flaky"].map { elsewhere.url + $0 }
        let registered = try await frontend.register(urls.map { entry($0) }, in: job)
        #expect(registered.map(\.kind) == ["RegisteredResume", "RegisteredResume", "RegisteredResume"])
        // By URL it is known at once, in this request and in another.
        let again = try await frontend.register([entry(urls[0]), entry(urls[1])], in: job)
        #expect(again.map(\.kind) == ["DuplicateResume", "DuplicateResume"])
        #expect(again.map(\.id) == Array(registered.map(\.id).prefix(2)))
        #expect(try await elsewhere.requests().isEmpty, "registering fetches nothing")

        let batch = try await frontend.follow(try await frontend.createBatch(job))
        #expect(batch.completed == 3 && batch.failed == 0)
        let answer = try await frontend.client.ask(
            "query($id: ID!) { resume(id: $id) { status profile { name } file { url sha256 byteCount mediaType } } }",
            ["id": try #require(registered[0].id)]
        )
        #expect(try answer.value("resume.file.url") == urls[0])
        #expect(try answer.value("resume.file.mediaType") == "text/plain")
        let sha256: String = try answer.value("resume.file.sha256")
        #expect(sha256.utf8.count == 64)
        #expect(try answer.value("resume.file.byteCount", as: Int.self) > 150)

        // Nothing of who asks goes along, and what one answer set comes back in none.
        let fields = try await elsewhere.requests().compactMap { $0["fields"] as? [String: String] }
        #expect(fields.allSatisfy { Set($0.keys) == ["host", "user-agent", "accept"] }, "\(fields)")

        // Whoever knows the content is told at once.
        let known = try await frontend.register([entry(elsewhere.url + "/file/9", sha256: sha256)], in: job)
        #expect(known[0].kind == "DuplicateResume" && known[0].id == registered[0].id)
        try await server.expectConsistentCounters()
        withExtendedLifetime(elsewhere) {}
    }

    @Test(.timeLimit(.minutes(3)))
    func `what is no file, or too much of one, ends in its code`() async throws {
        let elsewhere = try await StandIn.start()
        let server = try await RunningServer.start(with: ["FETCH_ALLOW": "127.0.0.1"])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let expected: [(path: String, code: String, isRetryable: Bool)] = [
            ("/status/404", "FILE_UNREACHABLE", false), ("/status/403", "FILE_UNREACHABLE", false),
            ("/status/500", "FILE_UNREACHABLE", true), ("/status/429", "FILE_UNREACHABLE", true),
            ("/large", "FILE_TOO_LARGE", false), ("/endless", "FILE_TOO_LARGE", false),
            ("/empty", "FILE_DAMAGED", false), ("/head", "FILE_UNREACHABLE", false), ("/cut", "FILE_UNREACHABLE", true),
            ("/loop", "FILE_UNREACHABLE", false), ("/to?http://169.254.169.254/latest", "FILE_UNREACHABLE", false),
            ("/to?http://[::1]:1/", "FILE_UNREACHABLE", false), ("/to?http://localhost:1/", "FILE_UNREACHABLE", false),
            ("/to?file:///etc/passwd", "FILE_UNREACHABLE", false),
            ("/to?gopher://127.0.0.1", "FILE_UNREACHABLE", false),
            ("/to?http://user:secret@127.0.0.1/", "FILE_UNREACHABLE", false),
        ]
        var entries = expected.map { entry(elsewhere.url + $0.path) }
        entries.append(entry(elsewhere.encryptedURL + "/file/1"))
        let registered = try await frontend.register(entries, in: job)
        _ = try await frontend.createBatch(job)
        for (place, expectation) in zip(registered, expected) {
            let outcome = try await attempted(try #require(place.id), frontend)
            #expect(outcome.code == expectation.code, "\(expectation.path): \(outcome)")
            #expect(outcome.isRetryable == expectation.isRetryable, "\(expectation.path): \(outcome)")
            #expect(!outcome.message.contains("/latest") && !outcome.message.contains("passwd"))
        }
        let untrusted = try await attempted(try #require(registered.last?.id), frontend)
        #expect(untrusted.code == "FILE_UNREACHABLE" && untrusted.message.contains("certificate"), "\(untrusted)")
        #expect(try await elsewhere.count("/file/1") == 0)
        // Nothing was read of what a server says beside its refusal, and nothing of a URL is in the log.
        #expect(!server.log.contains("169.254.169.254") && !server.log.contains("secret"))
        try await server.expectConsistentCounters()
        withExtendedLifetime(elsewhere) {}
    }

    @Test(.timeLimit(.minutes(3)))
    func `a content that the job has already is told apart once it was fetched`() async throws {
        let elsewhere = try await StandIn.start()
        let server = try await RunningServer.start(with: ["FETCH_ALLOW": "127.0.0.1"])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let wrong = String(repeating: "0", count: 64)
        let registered = try await frontend.register(
            [
                entry(elsewhere.url + "/same"), entry(elsewhere.url + "/to?/same"),
                entry(elsewhere.url + "/file/other", sha256: wrong),
            ],
            in: job
        )
        let batch = try await frontend.follow(try await frontend.createBatch(job))
        #expect(batch.completed == 1 && batch.failed == 2)
        var codes: [String?] = []
        for place in registered {
            let outcome = try await resume(try #require(place.id), frontend)
            codes.append(outcome.code)
            #expect(outcome.isRetryable != true)
        }
        #expect(codes.last == "FILE_DAMAGED" && codes.prefix(2).compactMap { $0 } == ["DUPLICATE_FILE"], "\(codes)")
        try await server.expectConsistentCounters()
        withExtendedLifetime(elsewhere) {}
    }

    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            (
                "",
                [
                    "https://elsewhere.example/a.pdf", "http://res.cloudinary.com/demo/raw/upload/a.pdf",
                    "http://127.0.0.1:1/a.pdf", "http://169.254.169.254/latest/meta-data", "http://[::1]/a",
                    "http://2130706433/a", "ftp://res.cloudinary.com/a", "file:/etc/passwd",
                    "https://user:pass@res.cloudinary.com/a",
                ]
            ),
            (
                "files.example:444,other.example,10.0.0.0/8",
                [
                    "https://res.cloudinary.com/a", "https://sub.files.example/a", "https://files.example/a",
                    "http://files.example:444/a", "http://other.example/a", "http://11.0.0.1/a",
                ]
            ),
        ]
    )
    func `a URL that is not allowed is refused when it is registered`(allowed: String, urls: [String]) async throws {
        let server = try await RunningServer.start(with: ["FETCH_ALLOW": allowed])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let own = "\(server.url.absoluteString)/files/000000000000000000000000"
        let registered = try await frontend.register((urls + [own]).map { entry($0) }, in: job)
        #expect(registered.map(\.kind) == Array(repeating: "RejectedResume", count: urls.count + 1))
        try await server.expectConsistentCounters()
    }

    @Test(.timeLimit(.minutes(3)))
    func `a listed name that leads to this machine leads nowhere`() async throws {
        let elsewhere = try await StandIn.start()
        // The system's own name is one that resolves to the loopback address, or to a private one.
        let name = ProcessInfo.processInfo.hostName
        let server = try await RunningServer.start(with: ["FETCH_ALLOW": "http://\(name)"])
        let frontend = try await Frontend(server)
        let job = try await frontend.createJob()
        let url = elsewhere.url.replacingOccurrences(of: "127.0.0.1", with: name) + "/file/1"
        let registered = try await frontend.register([entry(url)], in: job)
        #expect(registered.map(\.kind) == ["RegisteredResume"])
        _ = try await frontend.createBatch(job)
        #expect(try await attempted(try #require(registered[0].id), frontend).code == "FILE_UNREACHABLE")
        #expect(try await elsewhere.requests().isEmpty)
        try await server.expectConsistentCounters()
        withExtendedLifetime(elsewhere) {}
    }

    @Test func `wrong settings stop the start and are named, without what is secret`() async throws {
        let outcome = try await Program.run(
            ["serve", "--port", "0"],
            environment: [
                "FETCH_ALLOW": "files.example,https://a/b,10.0.0.0/40", "CLOUDINARY_URL": "cloudinary://k:s3cret@",
            ]
        )
        #expect(outcome.status == 2)
        for part in ["FETCH_ALLOW: “https://a/b”", "FETCH_ALLOW: “10.0.0.0/40”", "CLOUDINARY_URL"] {
            #expect(outcome.complaint.contains(part), "\(outcome.complaint)")
        }
        #expect(!outcome.complaint.contains("s3cret"))
    }
}
