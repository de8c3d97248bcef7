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
        /// Pushed piece by piece by `write`, which is called again after each pause that it returns. `byteCount` where it is
        /// known.
        case stream(byteCount: Int?, write: @Sendable (HTTPBodyWriter) async throws -> HTTPPause?)
        /// There is no response yet: `respond` gives it after the pause, or another pause.
        case later(HTTPPause, respond: @Sendable () async -> HTTPResponse)
    }

    var status: Int
    var fields: HTTPFields
    var body: Body

    init(status: Int, fields: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// No response yet: `respond` gives it after `pause`.
    static func later(_ pause: HTTPPause, respond: @escaping @Sendable () async -> HTTPResponse) -> HTTPResponse {
        HTTPResponse(status: 0, body: .later(pause, respond: respond))
    }

    /// A short answer in plain text.
    static func text(_ status: Int, _ text: String, fields: HTTPFields = [:]) -> HTTPResponse {
        var response = HTTPResponse(status: status, fields: fields, body: .bytes(Array((text + "\n").utf8)))
        response.fields["Content-Type"] = "text/plain; charset=utf-8"
        return response
    }
}

/// A time in which nothing is done for a request.
///
/// No task is kept meanwhile, as the stack of one that is deep in its work weighs more than everything else that thousands
/// who wait take.
struct HTTPPause: Sendable {
    /// Calls `end` once when the pause is over, on any thread and maybe at once.
    let wait: @Sendable (_ end: @escaping @Sendable () -> Void) -> Void
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
