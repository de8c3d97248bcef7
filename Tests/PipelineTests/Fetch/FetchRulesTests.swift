import Fetch
import Pipeline
import Testing
import Transfer

@Suite struct FetchRulesTests {
    private func rules(_ list: String...) throws -> FetchRules {
        FetchRules(entries: try list.flatMap { try #require(FetchRules.Entry.read($0), "\($0)") })
    }

    @Test(arguments: [
        ("files.example.com", "https://files.example.com/a"), ("Files.Example.Com.", "https://FILES.example.com./a"),
        ("files.example.com", "https://files.example.com:8443/a"),
        ("files.example.com:8443", "https://files.example.com:8443/"),
        ("http://files.example.com", "http://files.example.com/a"),
        ("http://files.example.com", "https://files.example.com/"),
        ("10.1.0.0/16", "http://10.1.2.3/a"), ("10.1.2.3", "https://10.1.2.3/a"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080/a"),
        ("::1", "http://[::1]:9/a"), ("[::1]:9", "http://[::1]:9/a"), ("localhost", "http://localhost:9/a"),
        ("localhost", "http://127.0.0.1:9/a"), ("127.0.0.0/8", "http://2130706433/"),
    ])
    func `what is listed is allowed`(entry: String, url: String) throws {
        #expect(try rules(entry).refusal(of: url) == nil)
    }

    @Test(arguments: [
        ("files.example.com", "https://files.example.com.evil.example/"),
        ("files.example.com", "https://evil.example/"),
        ("files.example.com", "https://x.files.example.com/"), ("files.example.com", "http://files.example.com/"),
        ("files.example.com:8443", "https://files.example.com/"), ("10.1.0.0/16", "http://10.2.0.1/"),
        ("10.1.0.0/16", "http://10.1.0.1.example/"), ("127.0.0.1", "http://[::ffff:127.0.0.1]/"),
        ("127.0.0.1", "http://localhost/"), ("files.example.com", "https://files.example.com@evil.example/"),
        ("files.example.com", "https://evil.example#files.example.com"),
        ("files.example.com", "https:files.example.com"),
        ("files.example.com", "ftp://files.example.com/"), ("files.example.com", "files.example.com"),
    ])
    func `what is not listed is refused, for good`(entry: String, url: String) throws {
        let refusal = try #require(try rules(entry).refusal(of: url))
        #expect(refusal.code == .fileUnreachable && refusal.stage == .fetch && !refusal.retryable)
    }

    @Test(arguments: [
        "", "a b", "https://a.example/path", "user@a.example", "10.0.0.0/33", "a.example?x", "ftp://a", "*",
    ])
    func `an entry that is neither host nor block is no entry`(text: String) {
        #expect(FetchRules.Entry.read(text) == nil)
    }

    @Test func `only public addresses are spoken to, and those of listed blocks`() throws {
        let rules = try rules("files.example.com", "10.1.0.0/16")
        for (address, isPermitted) in [
            ("8.8.8.8", true), ("10.1.9.9", true), ("10.2.0.1", false), ("127.0.0.1", false),
            ("169.254.169.254", false), ("::ffff:10.1.9.9", false), ("::1", false),
        ] {
            #expect(rules.permits(try #require(IPAddress(address))) == isPermitted, "\(address)")
        }
    }

    @Test func `of a cloud only what lies under its root is allowed, whatever is listed`() throws {
        var rules = try rules("res.cloudinary.com")
        rules.roots = [try #require(WebAddress("https://res.cloudinary.com/demo/"))]
        #expect(rules.refusal(of: "https://res.cloudinary.com/demo/raw/upload/a") == nil)
        for path in [
            "/other/a", "/demo", "/demos/a", "/demo/../other/a", "/demo/%2E%2e/other/a", "/demo/..%2fother", "//demo/a",
        ] {
            #expect(rules.refusal(of: "https://res.cloudinary.com\(path)") != nil, "\(path)")
        }
    }
}
