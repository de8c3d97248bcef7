internal import Foundation

/// The pages for people: the explorer at `/graphql`, the signpost at `/`, and the files that they load.
///
/// All of them are read and composed once, when the server starts: a path is looked up in a table and never opened as a file.
struct Pages: Sendable {
    /// Whether GraphiQL was found; without it the explorer's page says how to get it.
    let hasExplorer: Bool
    private let explorer: StaticFile
    private let home: StaticFile
    /// By path.
    private let files: [String: StaticFile]

    /// - Parameter folder: Where `Scripts/install-explorer` puts GraphiQL.
    init(installedIn folder: String) {
        let installed = Self.installed(in: folder)
        hasExplorer = installed != nil
        let files = Self.own.merging(installed ?? [:]) { own, _ in own }
        explorer = Self.page(installed == nil ? PackageResources.missing_html : PackageResources.explorer_html, files)
        home = Self.page(PackageResources.home_html, files)
        self.files = Dictionary(uniqueKeysWithValues: files.map { ("/" + Self.path($0.key, $0.value), $0.value) })
    }

    /// What to do with what a browser asks for; nil for every other request.
    func route(_ request: HTTPRequest) -> HTTPRoute? {
        switch request.path {
        case "/graphql" where request.method == "GET" && Self.asksForExplorer(request):
            return Self.send(explorer, .revalidated, Self.explorerFields)
        case "/" where Self.methods.contains(request.method) && Self.asksForHome(request):
            return Self.send(home, .revalidated, Self.pageFields)
        case let path where path.hasPrefix("/explorer/"):
            guard let file = files[path] else { return nil }
            guard Self.methods.contains(request.method) else {
                return .answer(.text(405, "Only GET is answered here.", fields: ["Allow": "GET, HEAD"]))
            }
            return Self.send(file, .immutable, ["Cross-Origin-Resource-Policy": "same-origin"])
        default:
            return nil
        }
    }

    /// Not answered at once, which would close the connection: a page loads many files.
    private static func send(
        _ file: StaticFile,
        _ freshness: StaticFile.Freshness,
        _ fields: HTTPFields
    ) -> HTTPRoute {
        .collect(maxBytes: 0) { request, _ in file.response(to: request, freshness, fields: fields) }
    }

    private static let methods = ["GET", "HEAD"]

    // MARK: - Who wants a page

    private static let html: MediaRange.Name = ("text", "html")

    /// A GET that carries an operation is answered with its result, also in a browser.
    private static func asksForExplorer(_ request: HTTPRequest) -> Bool {
        let operations = ["query", "documentId", "extensions"]
        let carriesOperation = URLQuery.parse(request.query ?? "").contains {
            operations.contains($0.name) && !$0.value.isEmpty
        }
        let results = [
            ("application", "json"), ("application", "graphql-response+json"), ("text", "event-stream"),
            ("multipart", "mixed"),
        ]
        return !carriesOperation
            && MediaRange.prefers(html, over: results, accept: request.fields.values("Accept"))
    }

    private static func asksForHome(_ request: HTTPRequest) -> Bool {
        MediaRange.prefers(html, over: [("text", "plain")], accept: request.fields.values("Accept"))
    }

    // MARK: - What pages may do

    private static let closed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static let pageFields: HTTPFields = [
        "Content-Security-Policy": "\(closed); style-src 'self'; img-src 'self'",
        "Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "no-referrer", "Vary": "Accept",
    ]

    private static let explorerFields: HTTPFields = {
        var fields = pageFields
        fields["Content-Security-Policy"] = """
            \(closed); script-src 'self'; style-src 'self' '\(scrollLock)'; connect-src 'self'; \
            img-src 'self' data:; font-src 'self' data:
            """
        return fields
    }()

    /// Of the one inline style that GraphiQL needs: it keeps the page from scrolling below an open dialog.
    ///
    /// Its text is the same always, since our page has neither margins nor a scroll bar. A browser that refuses it names the
    /// digest that it wants.
    private static let scrollLock = "sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc="

    // MARK: - The table of files

    /// Those of the folder `web`, which are part of the program.
    private static let own: [String: StaticFile] = [
        "examples.graphql": StaticFile("application/graphql; charset=utf-8", PackageResources.examples_graphql),
        "explorer.css": StaticFile(css, PackageResources.explorer_css),
        "explorer.js": StaticFile(javaScript, PackageResources.explorer_js),
        "home.css": StaticFile(css, PackageResources.home_css),
        "icon.svg": StaticFile("image/svg+xml", PackageResources.icon_svg),
        "licenses.txt": StaticFile("text/plain; charset=utf-8", PackageResources.licenses_txt),
    ]

    private static let css = "text/css; charset=utf-8"
    private static let javaScript = "text/javascript; charset=utf-8"

    /// Nil where one of them is missing.
    private static func installed(in folder: String) -> [String: StaticFile]? {
        var files: [String: StaticFile] = [:]
        for (name, contentType) in [
            ("graphiql.min.css", css), ("graphiql.min.js", javaScript), ("react.production.min.js", javaScript),
            ("react-dom.production.min.js", javaScript),
        ] {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return nil }
            files[name] = StaticFile(contentType, Array(data))
        }
        return files
    }

    /// Another content has another path, so that clients may keep what they have for good.
    private static func path(_ name: String, _ file: StaticFile) -> String { "explorer/\(file.version)/\(name)" }

    /// A page that names its files by their paths; relative ones, so that a proxy may put the server below a folder.
    private static func page(_ html: [UInt8], _ files: [String: StaticFile]) -> StaticFile {
        let text = files.reduce(String(decoding: html, as: UTF8.self)) { text, entry in
            text.replacingOccurrences(of: "\"explorer/\(entry.key)\"", with: "\"\(path(entry.key, entry.value))\"")
        }
        return StaticFile("text/html; charset=utf-8", Array(text.utf8))
    }
}
