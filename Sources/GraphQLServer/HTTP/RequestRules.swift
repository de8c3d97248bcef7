/// What every request must keep to, whatever it asks for.
///
/// libmicrohttpd lets pass what makes two servers read one stream of bytes differently; that is refused here.
enum RequestRules {
    /// The answer to a request that breaks a rule; nil for one that keeps them.
    ///
    /// - Source: RFC 9112, §3.2 (Host) and §6 (length of a body); RFC 9110, §10.1.1 (Expect).
    static func refusal(of request: HTTPRequest, isHTTP11: Bool) -> HTTPResponse? {
        let hosts = request.fields.count("Host")
        if hosts > 1 || (isHTTP11 && hosts == 0) { return bad("One Host header is required.") }
        if request.fields.count("Content-Length") > 1 { return bad("Content-Length stands more than once.") }
        let length = request.fields["Content-Length"]
        if let length, length.isEmpty || !length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return bad("Content-Length is not a number.")
        }
        let encoding = request.fields["Transfer-Encoding"]
        if encoding != nil, length != nil { return bad("Content-Length and Transfer-Encoding exclude each other.") }
        if let encoding, request.fields.count("Transfer-Encoding") > 1 || encoding.lowercased() != "chunked" {
            return closing(501, "No Transfer-Encoding but chunked is known.")
        }
        if let expectation = request.fields["Expect"], expectation.lowercased() != "100-continue" {
            return closing(417, "No expectation but 100-continue is known.")
        }
        return nil
    }

    /// A body that its length announces as too large: answered before it is sent.
    static func tooLarge(_ maxBytes: Int) -> HTTPResponse {
        closing(413, "The body may have at most \(maxBytes) bytes.")
    }

    /// A body without announced length that became too large.
    static let rawTooLarge = "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

    private static func bad(_ text: String) -> HTTPResponse { closing(400, text) }

    /// The connection is closed, since what follows on it cannot be told apart from the body.
    private static func closing(_ status: Int, _ text: String) -> HTTPResponse {
        .text(status, text, fields: ["Connection": "close"])
    }
}
