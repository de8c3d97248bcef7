/// Finds the access token in a request.
enum BearerToken {
    /// The credentials of the scheme `Bearer`; nil where there are none, or several fields contradict each other.
    ///
    /// - Source: RFC 6750, §2.1.
    static func find(in fields: HTTPFields) -> String? {
        guard fields.count("Authorization") == 1, let value = fields["Authorization"] else { return nil }
        // What most clients send.
        if value.hasPrefix("Bearer "), !value.utf8.dropFirst(7).contains(UInt8(ascii: " ")), value.utf8.count > 7 {
            return String(value.utf8.dropFirst(7))
        }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}
