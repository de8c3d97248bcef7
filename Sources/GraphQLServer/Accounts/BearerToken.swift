/// Finds the access token in a request.
enum BearerToken {
    /// The credentials of the scheme `Bearer`; nil where there are none, or several fields contradict each other.
    ///
    /// - Source: RFC 6750, §2.1.
    static func find(in fields: HTTPFields) -> String? {
        let values = fields.values("Authorization")
        guard values.count == 1, let value = values.first else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }
}
