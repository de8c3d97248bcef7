import Foundation
import Testing

@testable import GraphQLServer

@Suite struct PagesTests {
    static let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

    /// A folder as the installer leaves it, gone with the test.
    final class Installation {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pages-\(UUID().uuidString)").path

        init(without missing: String? = nil) throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in [
                "graphiql.min.css", "graphiql.min.js", "react.production.min.js", "react-dom.production.min.js",
                "other.js",
            ] where name != missing {
                try "/* \(name) */".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var pages: Pages { Pages(installedIn: folder) }
    }

    private func ask(_ pages: Pages, _ method: String, _ target: String, _ fields: HTTPFields) async -> HTTPResponse? {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let request = HTTPRequest(
            method: method,
            path: parts[0],
            query: parts.count > 1 ? parts[1] : nil,
            fields: fields,
            remoteAddress: "127.0.0.1",
            id: "r1"
        )
        switch pages.route(request) {
        case .answer(let response): return response
        case .collect(_, let respond): return await respond(request, [])
        case .stream, nil: return nil
        }
    }

    private func text(_ response: HTTPResponse?) throws -> String {
        guard case .bytes(let bytes) = try #require(response).body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The paths of the files that a page names.
    private func paths(_ html: String) -> [String] {
        html.matches(of: /"(explorer\/[^"]+)"/).map { "/\($0.1)" }
    }

    @Test(
        arguments: [
            ("GET", "/graphql", true), ("GET", "/graphql?query=", true), ("GET", "/graphql?theme=dark", true),
            ("GET", "/graphql?query=%7Ba%7D", false), ("GET", "/graphql?documentId=a", false),
            ("GET", "/graphql?extensions=%7B%7D", false), ("POST", "/graphql", false), ("HEAD", "/graphql", false),
            ("GET", "/", true), ("HEAD", "/", true), ("POST", "/", false), ("GET", "/schema.graphql", false),
        ]
    )
    func `a browser is shown a page where it does not ask for a result`(
        method: String,
        target: String,
        isPage: Bool
    ) async throws {
        let answer = await ask(try Installation().pages, method, target, ["Accept": Self.browser])
        #expect(answer?.fields["Content-Type"] == (isPage ? "text/html; charset=utf-8" : nil))
        #expect(answer?.fields["Vary"] == (isPage ? "Accept" : nil))
    }

    @Test(arguments: ["/graphql", "/"]) func `a program is shown none`(path: String) async throws {
        let pages = try Installation().pages
        #expect(await ask(pages, "GET", path, [:]) == nil)
        #expect(await ask(pages, "GET", path, ["Accept": "*/*"]) == nil)
        #expect(await ask(pages, "GET", path, ["Accept": "application/json, text/plain, */*"]) == nil)
    }

    @Test(arguments: ["/graphql", "/"])
    func `every file that a page names is served, for good`(path: String) async throws {
        let pages = try Installation().pages
        let named = paths(try text(await ask(pages, "GET", path, ["Accept": Self.browser])))
        #expect(named.count >= 2)
        for path in named {
            let file = try #require(await ask(pages, "GET", path, [:]), "\(path)")
            #expect(file.status == 200)
            #expect(file.fields["Cache-Control"] == "public, max-age=31536000, immutable")
            #expect(file.fields["X-Content-Type-Options"] == "nosniff")
        }
    }

    @Test func `another content has another path`() async throws {
        let installation = try Installation()
        func script() async throws -> String? {
            paths(try text(await ask(installation.pages, "GET", "/graphql", ["Accept": Self.browser])))
                .first { $0.hasSuffix("/graphiql.min.js") }
        }
        let before = try #require(try await script())
        try "newer".write(toFile: installation.folder + "/graphiql.min.js", atomically: true, encoding: .utf8)
        let after = try #require(try await script())
        #expect(before != after)
        #expect(await ask(installation.pages, "GET", before, [:]) == nil)
        #expect(try text(await ask(installation.pages, "GET", after, [:])) == "newer")
    }

    @Test(
        arguments: [
            "/explorer/", "/explorer/graphiql.min.js", "/explorer/0/../../schema.graphql", "/explorer/%2e%2e/other.js",
            "/explorer//etc/passwd", "/explorer/other.js",
        ]
    )
    func `nothing but the table is served`(path: String) async throws {
        #expect(await ask(try Installation().pages, "GET", path, ["Accept": Self.browser]) == nil)
    }

    @Test func `files are not written to`() async throws {
        let pages = try Installation().pages
        let page = try text(await ask(pages, "GET", "/graphql", ["Accept": Self.browser]))
        let path = try #require(paths(page).first)
        let answer = try #require(await ask(pages, "POST", path, [:]))
        #expect(answer.status == 405 && answer.fields["Allow"] == "GET, HEAD")
    }

    @Test func `what the client has is not sent again`() async throws {
        let pages = try Installation().pages
        let page = try #require(await ask(pages, "GET", "/graphql", ["Accept": Self.browser]))
        let tag = try #require(page.fields["ETag"])
        #expect(page.fields["Cache-Control"] == "no-cache")
        for (known, status) in [(tag, 304), ("W/\(tag)", 304), ("\"a\", \(tag)", 304), ("*", 304), ("\"a\"", 200)] {
            let again = await ask(pages, "GET", "/graphql", ["Accept": Self.browser, "If-None-Match": known])
            #expect(again?.status == status && again?.fields["ETag"] == tag, "\(known)")
        }
    }

    @Test func `pages run no script but their own, and stand in no frame`() async throws {
        let pages = try Installation().pages
        for path in ["/graphql", "/"] {
            let page = try #require(await ask(pages, "GET", path, ["Accept": Self.browser]))
            let policy = try #require(page.fields["Content-Security-Policy"])
            for rule in ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
                #expect(policy.contains(rule))
            }
            #expect(!policy.contains("unsafe") && policy.contains("script-src 'self'") == (path == "/graphql"))
            #expect(try !text(page).contains(/<script>|<style>| style=| on[a-z]+=/))
        }
    }

    @Test(arguments: ["graphiql.min.js", "graphiql.min.css", "react.production.min.js"])
    func `where the explorer is not installed the page says how to mend it`(missing: String) async throws {
        let pages = try Installation(without: missing).pages
        #expect(!pages.hasExplorer)
        let page = try text(await ask(pages, "GET", "/graphql", ["Accept": Self.browser]))
        #expect(page.contains("Scripts/install-explorer") && !page.contains("<script"))
        for path in paths(page) { #expect(await ask(pages, "GET", path, [:])?.status == 200) }
    }
}
