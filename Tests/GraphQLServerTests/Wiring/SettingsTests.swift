import ArgumentParser
import Testing

@testable import GraphQLServer

@Suite struct SettingsTests {
    private func listening(_ arguments: [String] = []) throws -> ListeningOptions {
        try ListeningOptions.parse(arguments)
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
        ("MONGODB_URI", "http://x"), ("TOKEN_SECRETS", "a,,b"), ("TOKEN_SECRETS", ","),
    ])
    func `a wrong value is refused by its name`(variable: String, value: String) throws {
        let settings = Settings(environment: [variable: value])
        let failure = #expect(throws: CommandFailure.self) {
            _ = try listening().address(settings)
            _ = try listening().publicURL(settings)
            _ = try database().log(settings)
            _ = try database().databaseURI(settings)
            _ = try database().secrets(settings)
        }
        #expect(failure?.message.hasPrefix(variable) == true && failure?.message.contains("\n") == false)
        #expect(failure?.status == ExitStatus.usage)
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
