internal import CCurl

/// A URL of HTTP as libcurl reads it, so that what is checked is what is fetched.
@safe public struct WebAddress: Sendable, Hashable {
    /// `http` or `https`.
    public let scheme: String
    /// In lower case, without a dot at the end; an address of version 6 without brackets.
    ///
    /// Numbers that stand for an
    /// address of version 4 in other notations are turned into the usual one.
    public let host: String
    /// As it is given, or that of the scheme.
    public let port: Int
    /// Begins with a slash; as it is given, but for `.` and `..`.
    public let path: String
    /// Without a fragment.
    public let text: String

    /// Reads a URL.
    ///
    /// - Returns: Nil for other schemes, for what names a user or a password, and for what is no URL.
    public init?(_ text: String) {
        guard let handle = unsafe curl_url() else { return nil }
        defer { unsafe curl_url_cleanup(handle) }
        guard unsafe curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
            let scheme = unsafe Self.part(CURLUPART_SCHEME, of: handle), scheme == "http" || scheme == "https",
            let host = unsafe Self.part(CURLUPART_HOST, of: handle), !host.isEmpty,
            let port = unsafe Self.part(CURLUPART_PORT, of: handle, UInt32(CURLU_DEFAULT_PORT)).flatMap(Int.init),
            let path = unsafe Self.part(CURLUPART_PATH, of: handle)
        else { return nil }
        _ = unsafe curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0)
        guard let whole = unsafe Self.part(CURLUPART_URL, of: handle) else { return nil }
        self.scheme = scheme
        self.host = Self.plain(host)
        self.port = port
        self.path = path
        self.text = whole
    }

    /// A host's name as names are compared.
    public static func plain(_ host: some StringProtocol) -> String {
        var host = host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return host.hasSuffix(".") ? String(host.dropLast()) : host
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
