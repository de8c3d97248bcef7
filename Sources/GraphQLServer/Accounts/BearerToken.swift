internal import Glibc

/// Finds the access token in a request.
enum BearerToken {
    /// The credentials of the scheme `Bearer`; nil where there are none, or several fields contradict each other.
    ///
    /// - Source: RFC 6750, §2.1.
    static func find(in fields: HTTPFields) -> String? {
        guard fields.count("Authorization") == 1, let value = fields["Authorization"] else { return nil }
        // What most clients send.
        if let token = unsafe value.utf8.withContiguousStorageIfAvailable({ unsafe plainToken($0) }), let token {
            return token
        }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }

    /// What follows `Bearer` and one space; nil for another form.
    private static func plainToken(_ value: UnsafeBufferPointer<UInt8>) -> String? {
        let scheme: StaticString = "Bearer "
        let length = scheme.utf8CodeUnitCount
        guard value.count > length, let start = value.baseAddress, unsafe memcmp(start, scheme.utf8Start, length) == 0,
            unsafe memchr(start + length, 0x20, value.count - length) == nil
        else { return nil }
        return unsafe String(decoding: UnsafeBufferPointer(rebasing: value[length...]), as: UTF8.self)
    }
}
