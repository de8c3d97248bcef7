import Foundation
import Testing

/// Mail by SMTP over a real socket.
@Suite struct MailTests {
    private static let password = "correct horse battery"

    /// A certificate for this machine and its key, made by openssl.
    private func certificate(_ workspace: Workspace) async throws -> [String] {
        let paths = ["certificate.pem", "key.pem"].map { workspace.url.appendingPathComponent($0).path }
        let outcome = try await Program.run(
            "/usr/bin/env",
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-out", paths[0], "-keyout", paths[1],
            ]
        )
        #expect(outcome.status == 0, "\(outcome.complaint)")
        return paths
    }

    @Test(arguments: [false, true])
    func `mail is encrypted where the server offers it, and sent to whoever logs in`(isImplicit: Bool) async throws {
        let workspace = try Workspace()
        let pems = try await certificate(workspace)
        let sink = try await MailSink.start(
            ["--tls"] + pems + ["--user", "shortlist", "s3cret/word"] + (isImplicit ? ["--implicit"] : [])
        )
        let scheme = isImplicit ? "smtps" : "smtp"
        let server = try await RunningServer.start(with: [
            "MAIL_URL": "\(scheme)://shortlist:s3cret%2Fword@127.0.0.1:\(sink.port)", "SSL_CERT_FILE": pems[0],
        ])
        let anna = AccountClient(server)
        #expect(try await anna.signUp("anna@example.com", Self.password).errors.isEmpty)
        let mail = try await sink.mail(to: "anna@example.com")
        #expect(mail.isEncrypted && mail.user == "shortlist")
        #expect(mail.header("From") == "shortlist@localhost")
        #expect(try await anna.verify("anna@example.com", try mail.code()).errors.isEmpty)
        #expect(!server.log.contains("s3cret") && !server.log.contains("anna@"))
    }

    @Test func `the doctor logs in where mail goes, and says why it cannot`() async throws {
        let workspace = try Workspace()
        let pems = try await certificate(workspace)
        let sink = try await MailSink.start(["--tls"] + pems + ["--user", "shortlist", "s3cret"])
        func doctor(_ url: String, _ more: [String: String] = [:]) async throws -> Program.Outcome {
            let settings = try RunningServer.ownDatabase().merging(["MAIL_URL": url]) { $1 }
            return try await Program.run(["doctor"], environment: settings.merging(more) { $1 })
        }
        let address = "127.0.0.1:\(sink.port)"
        let fine = try await doctor("smtp://shortlist:s3cret@\(address)", ["SSL_CERT_FILE": pems[0]])
        #expect(fine.status == 0 && fine.output.contains("ok       Mail: smtp://\(address) answers, and lets us in\n"))
        for (url, certificates) in [
            // Another password, a stranger's certificate, nobody there, no folder.
            ("smtp://shortlist:other1@\(address)", pems[0]), ("smtp://shortlist:s3cret@\(address)", nil),
            ("smtp://127.0.0.1:1", pems[0]), ("file:///dev/null/mail", nil), ("gopher://127.0.0.1", nil),
        ] as [(String, String?)] {
            let outcome = try await doctor(url, certificates.map { ["SSL_CERT_FILE": $0] } ?? [:])
            #expect(outcome.status == 3 && outcome.output.contains("missing  Mail: "), "\(url): \(outcome.output)")
            #expect(!outcome.output.contains("s3cret") && !outcome.output.contains("other1"))
        }
        let folder = workspace.url.appendingPathComponent("mail")
        let written = try await doctor("file://\(folder.path)")
        #expect(
            written.status == 0 && written.output.contains("ok       Mail: messages become files in \(folder.path)\n")
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty && sink.mails.isEmpty)
    }

    @Test func `a certificate that nobody vouches for gets no mail`() async throws {
        let workspace = try Workspace()
        let sink = try await MailSink.start(["--tls"] + (try await certificate(workspace)))
        let server = try await RunningServer.start(with: ["MAIL_URL": "smtp://127.0.0.1:\(sink.port)"])
        #expect(try await AccountClient(server).signUp("anna@example.com", Self.password).errors.isEmpty)
        #expect(try await server.logged("a mail waits"))
        #expect(sink.mails.isEmpty)
    }

    @Test func `a mail server that is down delays a mail and loses none`() async throws {
        let first = try await MailSink.start()
        let port = first.port
        var settings = try RunningServer.ownDatabase()
        settings["MAIL_URL"] = "smtp://127.0.0.1:\(port)"
        first.stop()
        var server: RunningServer? = try await RunningServer.start(settings)
        let addresses = (0..<4).map { "person\($0)@example.com" }
        for address in addresses {
            #expect(try await AccountClient(try #require(server)).signUp(address, Self.password).errors.isEmpty)
        }
        #expect(try await server?.logged("a mail waits") ?? false)
        // What waits outlives the server that took it.
        server = nil
        let restarted = try await RunningServer.start(settings)
        let second = try await MailSink.start(["--port", "\(port)", "--refuse", addresses[3]])
        for address in addresses.prefix(3) {
            let code = try await second.mail(to: address, seconds: 90).code()
            #expect(try await AccountClient(restarted).verify(address, code).errors.isEmpty)
        }
        #expect(try await restarted.logged("a mail was refused"))
        #expect(second.mails.count == 3, "a mail came twice")
        for address in addresses { #expect(!restarted.log.contains(address)) }
    }
}
