/// Which pages of other origins may use the API from a browser.
///
/// Credentials are tokens in `Authorization`, which a page has to know; there are no cookies. So nothing is allowed with
/// credentials of the browser's own, and `*` gives away nothing.
///
/// - Source: Fetch Standard, §3.3 CORS protocol; RFC 6454, §6.1 for the text of an origin.
struct CORS: Sendable, Equatable {
    /// Origins as browsers write them.
    enum Origins: Sendable, Equatable {
        case none
        case any
        /// As ``CORS/origin(_:)`` gives them.
        case listed(Set<String>)
    }

    let origins: Origins

    /// The answer to a browser that asks before it sends a request; nil for every other request.
    func preflight(_ request: HTTPRequest) -> HTTPResponse? {
        guard request.method == "OPTIONS", request.fields["Access-Control-Request-Method"] != nil,
            allowedOrigin(of: request) != nil
        else { return nil }
        return HTTPResponse(
            status: 204,
            fields: [
                "Access-Control-Allow-Methods": "GET, POST, PUT",
                "Access-Control-Allow-Headers": Self.requestFields,
                // Chromium remembers no longer than two hours.
                "Access-Control-Max-Age": "7200",
            ]
        )
    }

    /// Says whether the page that sent a request may read its answer.
    func add(to response: inout HTTPResponse, for request: HTTPRequest) {
        guard covers(request.path) else { return }
        if case .listed = origins { response.fields.include("Origin", in: "Vary") }
        guard let origin = allowedOrigin(of: request) else { return }
        response.fields["Access-Control-Allow-Origin"] = origin
        if response.fields["Access-Control-Max-Age"] == nil {
            response.fields["Access-Control-Expose-Headers"] = "ETag, X-Request-Id, Retry-After, Preference-Applied"
        }
    }

    private static let requestFields = [
        "Authorization", "Content-Type", "If-None-Match", "Prefer", "GraphQL-Preflight", "Apollo-Require-Preflight",
        "X-Apollo-Operation-Name", "Last-Event-ID",
    ].joined(separator: ", ")

    /// Paths that pages ask for data; the rest is for people.
    private func covers(_ path: String) -> Bool { path == "/graphql" || path.hasPrefix("/files/") }

    /// The value of `Access-Control-Allow-Origin`; nil where there must be none.
    private func allowedOrigin(of request: HTTPRequest) -> String? {
        guard covers(request.path), let origin = request.fields["Origin"] else { return nil }
        switch origins {
        case .none: return nil
        case .any: return "*"
        case .listed(let listed): return listed.contains(origin) ? origin : nil
        }
    }

    /// An origin as browsers write it: in lower case, without the scheme's own port; nil for what is none.
    static func origin(_ text: String) -> String? {
        let text = text.lowercased()
        guard let scheme = ["http", "https"].first(where: { text.hasPrefix($0 + "://") }) else { return nil }
        let authority = text.dropFirst(scheme.count + 3)
        let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
        let end = hostEnd ?? authority.firstIndex(of: ":") ?? authority.endIndex
        let (host, port) = (authority[..<end], authority[end...])
        let allowed = "abcdefghijklmnopqrstuvwxyz0123456789" + (hostEnd == nil ? ".-" : ":.[]")
        guard !host.isEmpty, host.allSatisfy({ allowed.contains($0) }) else { return nil }
        if port.isEmpty { return "\(scheme)://\(host)" }
        guard let number = Int(port.dropFirst()), (1...65_535).contains(number), port == ":\(number)" else {
            return nil
        }
        return "\(scheme)://\(host)" + (number == (scheme == "http" ? 80 : 443) ? "" : port)
    }
}
