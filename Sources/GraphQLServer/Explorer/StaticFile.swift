internal import Pipeline

/// A file that is served as it was when the server started.
struct StaticFile: Sendable {
    /// How long a client may keep it.
    enum Freshness: String {
        /// Under this URL it never changes.
        case immutable = "public, max-age=31536000, immutable"
        /// It is asked for again each time, and sent only where it has changed.
        case revalidated = "no-cache"
    }

    let contentType: String
    let bytes: [UInt8]
    /// Tells the content from any other: 16 hexadecimal digits of its SHA-256.
    let version: String

    init(_ contentType: String, _ bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
        version = String(Digest.sha256(bytes).prefix(16))
    }

    private var entityTag: String { "\"\(version)\"" }

    /// The file, or 304 where the client has it already.
    ///
    /// The 304 has the file as its body too: like a `HEAD`, it is sent without, but with the length that belongs to it.
    ///
    /// - Source: RFC 9110, §13.1.2 (If-None-Match) and §15.4.5 (304).
    func response(to request: HTTPRequest, _ freshness: Freshness, fields: HTTPFields = [:]) -> HTTPResponse {
        var fields = fields
        fields["ETag"] = entityTag
        fields["Cache-Control"] = freshness.rawValue
        fields["X-Content-Type-Options"] = "nosniff"
        fields["Content-Type"] = contentType
        return HTTPResponse(status: isKnown(to: request) ? 304 : 200, fields: fields, body: .bytes(bytes))
    }

    private func isKnown(to request: HTTPRequest) -> Bool {
        request.fields.values("If-None-Match").flatMap { $0.split(separator: ",") }.contains { entry in
            let tag = entry.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
    }
}
