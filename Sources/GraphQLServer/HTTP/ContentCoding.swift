/// Sends answers packed to clients that ask for it.
///
/// What is packed together with a secret can be guessed by whoever chooses a part of it and sees the length. That takes a
/// page that makes a browser send the secret's owner's requests, and credentials that are not cookies rule it out.
///
/// - Source: RFC 9110, §8.4 and §12.5.3.
enum ContentCoding {
    /// Below, a packet is not filled either way.
    static let minBytes = 1 << 10
    private static let suffix = "-gzip\""

    /// The request as an endpoint should see it: conditions on packed answers become conditions on plain ones.
    static func plain(_ request: HTTPRequest) -> HTTPRequest {
        guard let condition = request.fields["If-None-Match"] else { return request }
        var rest = condition[...]
        var plain = ""
        while let place = place(of: suffix, in: rest) {
            plain += rest[..<place]
            plain += "\""
            rest = rest[rest.utf8.index(place, offsetBy: suffix.utf8.count)...]
        }
        guard !plain.isEmpty else { return request }
        var request = request
        request.fields["If-None-Match"] = plain + rest
        return request
    }

    /// The response as the client wants it.
    ///
    /// - Parameters:
    ///   - response: Streams, parts of files and what is packed already stay as they are.
    ///   - request: As the client sent it.
    /// - Returns: Packed only where that is smaller.
    static func coded(_ response: HTTPResponse, for request: HTTPRequest) -> HTTPResponse {
        var response = response
        if response.status == 304, let condition = request.fields["If-None-Match"],
            let tag = response.fields["ETag"].map(packedTag), place(of: tag, in: condition[...]) != nil
        {
            response.fields["ETag"] = tag
            response.fields.include("Accept-Encoding", in: "Vary")
            return response
        }
        guard request.method != "HEAD", isWorthIt(response), case .bytes(let bytes) = response.body else {
            return response
        }
        response.fields.include("Accept-Encoding", in: "Vary")
        guard prefersGzip(request.fields.values("Accept-Encoding")), let packed = Gzip.pack(bytes) else {
            return response
        }
        response.body = .bytes(packed)
        response.fields["Content-Encoding"] = "gzip"
        // A strong tag names bytes, and these are others.
        if let tag = response.fields["ETag"] { response.fields["ETag"] = packedTag(tag) }
        return response
    }

    /// Whether ``coded(_:for:)`` will try to pack the response.
    static func packs(_ response: HTTPResponse, for request: HTTPRequest) -> Bool {
        request.method != "HEAD" && isWorthIt(response) && prefersGzip(request.fields.values("Accept-Encoding"))
    }

    /// Whether a client would rather have `gzip` than the bytes as they are.
    ///
    /// - Parameter values: Of `Accept-Encoding`.
    /// - Returns: False without any: such a client may take everything, but has not asked for it.
    static func prefersGzip(_ values: [String]) -> Bool {
        if values.isEmpty { return false }
        var quality: [String: Double] = [:]
        for entry in values.flatMap({ $0.split(separator: ",") }) {
            let parts = entry.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let coding = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            quality[coding == "x-gzip" ? "gzip" : coding] = weight
        }
        let gzip = quality["gzip"] ?? quality["*"] ?? 0
        return gzip > 0 && gzip >= quality["identity"] ?? 0
    }

    private static func isWorthIt(_ response: HTTPResponse) -> Bool {
        guard response.status >= 200, ![204, 206, 304].contains(response.status),
            case .bytes(let bytes) = response.body, bytes.count >= minBytes,
            response.fields["Content-Encoding"] == nil,
            response.fields["Cache-Control"]?.contains("no-transform") != true,
            let field = response.fields["Content-Type"]
        else { return false }
        if field.hasPrefix("application/json") { return true }
        guard let type = MediaRange(Substring(field)) else { return false }
        return type.type == "text" || subtypes.contains(type.subtype) || type.subtype.hasSuffix("+json")
            || type.subtype.hasSuffix("+xml")
    }

    private static let subtypes: Set<String> = ["json", "javascript", "xml", "graphql", "wasm"]

    /// Where `part` begins in `text`, byte by byte: a search of characters takes as long as all the rest of a `304`.
    private static func place(of part: String, in text: Substring) -> String.Index? {
        guard let first = part.utf8.first else { return nil }
        var rest = text.utf8
        while let place = rest.firstIndex(of: first) {
            rest = rest[place...]
            if rest.starts(with: part.utf8) { return place }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func packedTag(_ tag: String) -> String {
        tag.hasPrefix("W/") ? tag : tag.dropLast() + suffix
    }
}
