import ArgumentParser
import Testing

@testable import GraphQLServer

@Suite struct SettingsTests {
    private func listening(_ arguments: [String] = []) throws -> ListeningOptions {
        try ListeningOptions.parse(arguments)
    }
    private func answering(_ arguments: [String] = []) throws -> AnsweringOptions {
        try AnsweringOptions.parse(arguments)
    }
    private func database(_ arguments: [String] = []) throws -> DatabaseOptions { try DatabaseOptions.parse(arguments) }

    @Test func `flags come before variables, and variables before what stands in the contract`() throws {
        let settings = Settings(environment: ["HOST": "::1", "PORT": "9000", "PUBLIC_URL": "https://a.example/b/"])
        #expect(try listening().address(Settings(environment: [:])) == ("127.0.0.1", 8080))
        #expect(try listening().address(settings) == ("::1", 9000))
        #expect(try listening(["--port", "0", "--host", "localhost"]).address(settings) == ("127.0.0.1", 0))
        #expect(try listening().publicURL(settings) == "https://a.example/b")
        #expect(try listening().address(Settings(environment: ["PORT": ""])).port == 8080)
    }

    @Test(arguments: [
        ("PORT", "x"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "80.0"), ("PUBLIC_URL", "example.com"),
        ("PUBLIC_URL", "ftp://example.com"), ("PUBLIC_URL", "http://"), ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"),
        ("MONGODB_URI", "http://x"), ("TOKEN_SECRETS", "a,,b"), ("TOKEN_SECRETS", ","), ("INTROSPECTION", "no"),
        ("HTTP_STATUS_PROFILE", "new"), ("CORS_ORIGINS", "app.example.com"),
    ])
    func `a wrong value is refused by its name`(variable: String, value: String) throws {
        let settings = Settings(environment: [variable: value])
        let failure = #expect(throws: CommandFailure.self) {
            _ = try listening().address(settings)
            _ = try listening().publicURL(settings)
            _ = try database().log(settings)
            _ = try database().databaseURI(settings)
            _ = try database().secrets(settings)
            _ = try answering().rules(settings)
        }
        #expect(failure?.message.hasPrefix(variable) == true && failure?.message.contains("\n") == false)
        #expect(failure?.status == ExitStatus.usage)
    }

    @Test func `all mistakes are told at once, in their order`() throws {
        let settings = Settings(
            environment: [
                "PORT": "x", "LOG_LEVEL": "loud", "LOG_FORMAT": "xml", "CORS_ORIGINS": "*,https://a.example/x",
                "MONGODB_URI": "http://x", "TOKEN_SECRETS": ",", "INTROSPECTION": "no",
            ]
        )
        let failure = #expect(throws: CommandFailure.self) {
            _ = try Settings.all(
                { try database().log(settings) },
                { try listening().address(settings) },
                { try listening().publicURL(settings) },
                { try answering().rules(settings) },
                { try database().values(settings) }
            )
        }
        #expect(
            failure?.messages == [
                "LOG_LEVEL: “loud” is none of trace, debug, info, notice, warning, error, critical",
                "LOG_FORMAT: “xml” is neither text nor json", "PORT: “x” is no port from 0 to 65535",
                "CORS_ORIGINS: “*” must stand alone",
                "CORS_ORIGINS: “https://a.example/x” is no origin such as https://app.example.com",
                "INTROSPECTION: “no” is neither on nor off",
                "MONGODB_URI must begin with mongodb:// or mongodb+srv://", "TOKEN_SECRETS has an empty secret",
            ]
        )
        #expect(failure?.status == ExitStatus.usage)
    }

    @Test func `by default the API tells its schema, and tells pages of other origins nothing`() throws {
        let usual = try answering().rules(Settings(environment: [:]))
        #expect(usual.allowsIntrospection && usual.statusProfile == .compatible && usual.cors == CORS(origins: .none))
        let settings = Settings(
            environment: ["INTROSPECTION": "OFF", "HTTP_STATUS_PROFILE": "draft2026", "CORS_ORIGINS": "*"]
        )
        let changed = try answering().rules(settings)
        #expect(!changed.allowsIntrospection && changed.statusProfile == .draft2026)
        #expect(changed.cors == CORS(origins: .any))
        let flags = ["--introspection", "on", "--cors-origins", "https://B.example:443, http://localhost:5173"]
        let asked = try answering(flags).rules(settings)
        #expect(asked.allowsIntrospection)
        #expect(asked.cors == CORS(origins: .listed(["https://b.example", "http://localhost:5173"])))
    }

    @Test func `secrets and addresses of databases are not shown`() throws {
        for (variable, value) in [("TOKEN_SECRETS", "hidden,"), ("MONGODB_URI", "user:hidden@host")] {
            let settings = Settings(environment: [variable: value])
            let failure = #expect(throws: CommandFailure.self) {
                _ = try database().secrets(settings)
                _ = try database().databaseURI(settings)
            }
            #expect(failure?.message.contains("hidden") == false)
        }
    }

    @Test func `secrets are split at commas`() throws {
        let secrets = try database().secrets(Settings(environment: ["TOKEN_SECRETS": "new,old"]))
        #expect(secrets == [Array("new".utf8), Array("old".utf8)])
        #expect(try database().secrets(Settings(environment: [:])) == nil)
    }
}
