import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Accounts over HTTP, with mail as files.
@Suite struct AccountTests {
    private static let password = "correct horse battery"

    @Test func `from sign-up to log-out`() async throws {
        let mail = try MailFolderReader()
        let server = try await RunningServer.start(with: ["MAIL_URL": mail.url, "MAIL_FROM": "Näme <hr@example.org>"])
        let anna = AccountClient(server)
        let signedUp = try await anna.signUp("Anna@Example.com", Self.password, name: "Anna Example")
        #expect(signedUp.errors.isEmpty)
        let waiting = try await anna.logIn("anna@example.com", Self.password)
        #expect(waiting.codes == ["CONFLICT"])
        let letter = try await mail.mail(to: "Anna@Example.com")
        #expect(letter.header("From").hasSuffix(" <hr@example.org>") && letter.header("From").hasPrefix("=?UTF-8?B?"))
        #expect(letter.header("Message-ID").hasSuffix("@example.org>") && letter.header("Date").hasSuffix(" +0000"))
        #expect(letter.data.contains("text/plain") && letter.data.contains("text/html"))
        #expect(!letter.data.contains("Anna Example"), "what a stranger typed is in the mail")
        let code = try letter.code()

        let verified = try await anna.verify("anna@example.com", code)
        let first = try verified.session("verifyEmail")
        #expect(try verified.value("verifyEmail.session.recruiter.name") == "Anna Example")
        #expect(try verified.value("verifyEmail.session.recruiter.emailVerified") == true)
        #expect(try await AccountClient.viewer(server, first.access) == "Anna@Example.com")
        let again = try await anna.verify("anna@example.com", code)
        #expect(again.codes == ["BAD_USER_INPUT"])

        let wrong = try await anna.logIn("anna@example.com", "a wrong password")
        let unknown = try await anna.logIn("nobody@example.com", "a wrong password")
        #expect(wrong.codes == ["UNAUTHENTICATED"] && wrong.shape == unknown.shape)
        let second = try await anna.logIn("ANNA@EXAMPLE.COM", Self.password).session("logIn")
        #expect(second.refresh != first.refresh)
        let renewed = try await anna.refresh(second.refresh).session("refreshSession")
        #expect(try await AccountClient.viewer(server, renewed.access) == "Anna@Example.com")
        // Sent twice by mistake: the same successor.
        #expect(try await anna.refresh(second.refresh).session("refreshSession").refresh == renewed.refresh)
        #expect(try await anna.logOut(renewed.refresh))
        #expect(try await anna.refresh(renewed.refresh).codes == ["UNAUTHENTICATED"])
        #expect(try await anna.refresh(first.refresh).errors.isEmpty)

        for secret in [code, Self.password, "nna@", first.access, first.refresh, "Anna Example"] {
            #expect(!server.log.contains(secret))
        }
    }

    @Test func `a code sets a new password, and ends every session`() async throws {
        let mail = try MailFolderReader()
        let server = try await RunningServer.start(with: ["MAIL_URL": mail.url])
        let anna = AccountClient(server)
        _ = try await anna.signUp("anna@example.com", Self.password)
        let code = try await mail.mail(to: "anna@example.com").code()
        let session = try await anna.verify("anna@example.com", code).session("verifyEmail")

        // Known or not, asked again or not: the same answer.
        let answers = [
            try await anna.requestReset("anna@example.com"), try await anna.requestReset("nobody@example.com"),
            try await anna.requestReset("anna@example.com"), try await anna.requestReset("nobody@example.com"),
        ]
        #expect(Set(answers.map(\.shape)).count == 1 && answers[0].errors.isEmpty)
        let first: String = try answers[0].value("requestPasswordReset.codeExpiresAt")
        #expect(try answers[2].value("requestPasswordReset.codeExpiresAt") == first)
        let resetCode = try await mail.mail(to: "anna@example.com", count: 2).code()
        let common = try await anna.reset("anna@example.com", resetCode, to: "password123")
        #expect(common.codes == ["BAD_USER_INPUT"])
        let fresh = try await anna.reset("anna@example.com", resetCode, to: "another password").session("resetPassword")
        #expect(try await anna.refresh(session.refresh).codes == ["UNAUTHENTICATED"])
        #expect(try await anna.refresh(fresh.refresh).errors.isEmpty)
        #expect(try await anna.logIn("anna@example.com", Self.password).codes == ["UNAUTHENTICATED"])
        #expect(try await anna.logIn("anna@example.com", "another password").errors.isEmpty)
        let note = try await mail.mail(to: "anna@example.com", count: 3)
        #expect(note.header("Subject") == "Your password at Shortlist was changed")
        #expect(!mail.mails.contains { $0.to == "nobody@example.com" })

        // Who signs up with the address of an account gets the answer of every sign-up, and its owner a note.
        let known = try await anna.signUp("anna@example.com", Self.password)
        let unknown = try await anna.signUp("ben@example.com", Self.password)
        #expect(known.shape == unknown.shape)
        let warning = try await mail.mail(to: "anna@example.com", count: 4)
        #expect(warning.header("Subject") == "You already have an account at Shortlist")
        #expect(try await anna.logIn("anna@example.com", "another password").errors.isEmpty)
    }

    @Test func `a token sent many times at once gives one successor`() async throws {
        let mail = try MailFolderReader()
        let server = try await RunningServer.start(with: ["MAIL_URL": mail.url])
        let anna = AccountClient(server)
        _ = try await anna.signUp("anna@example.com", Self.password)
        let code = try await mail.mail(to: "anna@example.com").code()
        let session = try await anna.verify("anna@example.com", code).session("verifyEmail")
        let url = server.url
        let successors = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    let client = GraphQLClient(url: url, token: nil)
                    return try await client.ask(
                        "mutation($i: RefreshSessionInput!) { refreshSession(input: $i) { session { refreshToken } } }",
                        ["i": ["refreshToken": session.refresh]]
                    ).value("refreshSession.session.refreshToken")
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(successors.count == 1)
        #expect(try await anna.refresh(successors.first ?? "").errors.isEmpty)
        // The first is older than the last by now: two have used it.
        #expect(try await anna.refresh(session.refresh).codes == ["UNAUTHENTICATED"])
        #expect(try await anna.logOut(successors.first ?? "") == false)
    }

    @Test func `new secrets sign nobody out`() async throws {
        let mail = try MailFolderReader()
        var settings = try RunningServer.ownDatabase()
        settings["MAIL_URL"] = mail.url
        settings["TOKEN_SECRETS"] = "the first secret"
        var server: RunningServer? = try await RunningServer.start(settings)
        let old = AccountClient(try #require(server))
        _ = try await old.signUp("anna@example.com", Self.password)
        let code = try await mail.mail(to: "anna@example.com").code()
        let session = try await old.verify("anna@example.com", code).session("verifyEmail")
        server = nil

        settings["TOKEN_SECRETS"] = "the second secret,the first secret"
        let rotated = try await RunningServer.start(settings)
        #expect(try await AccountClient.viewer(rotated, session.access) == "anna@example.com")
        let renewed = try await AccountClient(rotated).refresh(session.refresh).session("refreshSession")

        settings["TOKEN_SECRETS"] = "the second secret"
        let forgotten = try await RunningServer.start(settings)
        #expect(try await AccountClient.viewer(forgotten, session.access) == nil)
        #expect(try await AccountClient.viewer(forgotten, renewed.access) == "anna@example.com")
        #expect(try await AccountClient(forgotten).refresh(renewed.refresh).errors.isEmpty)
    }

    @Test func `an address that would change a mail's headers is none`() async throws {
        let server = try await RunningServer.start()
        for address in [
            "anna@example.com\r\nBcc: x@example.com", "anna@example.com>\r\nRCPT TO:<x@example.com",
            "<anna@example.com>",
            "anna@example.com,x@example.com", "\"a b\"@example.com", "anna@example.com ", "@example.com",
        ] {
            let answer = try await AccountClient(server).signUp(address, Self.password)
            #expect(answer.codes == ["BAD_USER_INPUT"])
        }
    }

    @Test func `guessing is bounded over all servers, and the answer says how long`() async throws {
        let settings = try RunningServer.ownDatabase()
        let servers = [try await RunningServer.start(settings), try await RunningServer.start(settings)]
        // Not only until its URL was read.
        defer { withExtendedLifetime(servers) {} }
        var refusals = 0
        for round in 0..<14 {
            let answer = try await AccountClient(servers[round % 2]).logIn("anna@example.com", "guess \(round)")
            refusals += answer.codes == ["RATE_LIMITED"] ? 1 : 0
        }
        #expect(refusals == 4 || refusals == 3, "a token may have come back meanwhile: \(refusals)")
        var request = URLRequest(url: servers[0].url.appendingPathComponent("graphql"))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        let input = #"{email: \"anna@example.com\", password: \"x\"}"#
        let query = "mutation { logIn(input: \(input)) { session { accessToken } } }"
        request.httpBody = Data(#"{"query": "\#(query)"}"#.utf8)
        for _ in 0..<2 {
            let (body, response) = try await URLSession.shared.data(for: request)
            let text = String(decoding: body, as: UTF8.self)
            // Once more a token may be there.
            guard text.contains("RATE_LIMITED") else { continue }
            let seconds = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Retry-After")
            #expect((1...20).contains(Int(seconds ?? "") ?? 0), "\(seconds ?? "none") \(text)")
            #expect(text.contains("\"retryAfterMs\":"))
            return
        }
        Issue.record("never refused")
    }

    @Test func `limits are switched off for load tests on this machine alone`() async throws {
        let outcome = try await Program.run(
            ["serve", "--port", "0", "--host", "0.0.0.0"],
            environment: ["RATE_LIMITS": "off", "MONGODB_URI": "mongodb://127.0.0.1:1/x"]
        )
        #expect(outcome.status == 2 && outcome.complaint.contains("RATE_LIMITS: “off” is allowed only where HOST"))
        let server = try await RunningServer.start(with: ["RATE_LIMITS": "off"])
        for _ in 0..<15 {
            #expect(try await AccountClient(server).logIn("a@example.com", "guess").codes == ["UNAUTHENTICATED"])
        }
    }

    @Test func `wrong settings stop the start, and show no password`() async throws {
        let outcome = try await Program.run(
            ["serve", "--port", "0"],
            environment: [
                "MAIL_URL": "smtp://user:geheim@/", "MAIL_FROM": "no address", "RESUMES_QUOTA": "-1",
                "TRUSTED_PROXIES": "10.0.0.0/33", "MONGODB_URI": "mongodb://127.0.0.1:1/x",
            ]
        )
        #expect(outcome.status == 2)
        for name in ["MAIL_URL", "MAIL_FROM", "RESUMES_QUOTA", "TRUSTED_PROXIES"] {
            #expect(outcome.complaint.contains(name), "\(outcome.complaint)")
        }
        #expect(!outcome.complaint.contains("geheim"))
    }

    @Test func `a month's quota is shown, and holds`() async throws {
        let server = try await RunningServer.start(with: ["RESUMES_QUOTA": "5"])
        let frontend = try await Frontend(server)
        let usage = "{ viewer { usage { periodStart resumesProcessed resumesQuota analyses analysesQuota } } }"
        let before = try await frontend.client.ask(usage)
        #expect(try before.value("viewer.usage.resumesProcessed") == 0)
        #expect(try before.value("viewer.usage.resumesQuota") == 5)
        #expect(try before.value("viewer.usage.periodStart", as: String.self).hasSuffix("-01T00:00:00.000Z"))
        let job = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(4), to: job)
        _ = try await frontend.follow(try await frontend.createBatch(job, key: "first"))
        #expect(try await frontend.client.ask(usage).value("viewer.usage.resumesProcessed") == 4)
        let more = try await frontend.createJob()
        _ = try await frontend.upload(Frontend.letters(6), to: more)
        let create = "mutation($i: CreateBatchInput!) { createBatch(input: $i) { batch { total } replayed } }"
        let refused = try await frontend.client.ask(create, ["i": ["jobId": more]])
        #expect(refused.codes == ["QUOTA_EXCEEDED"])
        // What was begun is answered again, and what is free stays free.
        let replayed = try await frontend.client.ask(create, ["i": ["jobId": job, "idempotencyKey": "first"]])
        #expect(try replayed.value("createBatch.replayed") == true)
        let stale = try await frontend.client.ask(
            create,
            ["i": ["jobId": job, "target": ["selection": "STALE"]] as [String: Any]]
        )
        #expect(stale.errors.isEmpty)
    }
}
