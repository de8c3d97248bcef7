/// What a client sent, up to its body.
struct HTTPRequest: Sendable {
    /// Upper case, as methods have case.
    let method: String
    /// As sent, such as `/graphql`: percent-encoded, without query.
    let path: String
    /// As sent, after the first `?`; nil where there is none.
    let query: String?
    var fields: HTTPFields
    /// Of the peer: the client, or the reverse proxy before it.
    let remoteAddress: String
    /// Unique in this process; logs and answers carry it.
    let id: String
    /// Who waits for the answer; nil where nothing is known of the connection.
    var client: HTTPClient?
}

/// What the server sends back.
struct HTTPResponse: Sendable {
    /// What follows the fields.
    enum Body: Sendable {
        case bytes([UInt8])
        /// Pushed piece by piece by `write` until it returns. `byteCount` where it is known.
        case stream(byteCount: Int?, write: @Sendable (HTTPBodyWriter) async throws -> Void)
    }

    var status: Int
    var fields: HTTPFields
    var body: Body

    init(status: Int, fields: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A short answer in plain text.
    static func text(_ status: Int, _ text: String, fields: HTTPFields = [:]) -> HTTPResponse {
        var response = HTTPResponse(status: status, fields: fields, body: .bytes(Array((text + "\n").utf8)))
        response.fields["Content-Type"] = "text/plain; charset=utf-8"
        return response
    }
}

/// What to do with a request whose headers are there.
enum HTTPRoute: Sendable {
    /// Read the body up to so many bytes, then ask `respond`.
    case collect(maxBytes: Int, respond: @Sendable (HTTPRequest, [UInt8]) async -> HTTPResponse)
    /// Ask `respond` at once; it reads the body as it comes, up to so many bytes.
    case stream(maxBytes: Int, respond: @Sendable (HTTPRequest, HTTPBodyReader) async -> HTTPResponse)
    /// Answer without reading the body.
    case answer(HTTPResponse)
}
