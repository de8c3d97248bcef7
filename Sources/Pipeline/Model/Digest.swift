internal import COpenSSL

/// SHA-256, FIPS 180-4.
@safe public struct Digest: ~Copyable {
    private let context: OpaquePointer?

    /// Starts an empty digest.
    public init() {
        unsafe context = EVP_MD_CTX_new()
        // Only memory that cannot be had makes these fail; the digest of nothing then matches nothing.
        _ = unsafe EVP_DigestInit_ex(context, Self.algorithm, nil)
    }

    /// Looked up once: OpenSSL would do it each time.
    nonisolated(unsafe) private static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public func update(_ bytes: some Collection<UInt8>) {
        let contiguous: Void? = bytes.withContiguousStorageIfAvailable {
            _ = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
        }
        if contiguous == nil { update(Array(bytes)) }
    }

    /// Adds a string's UTF-8 and a NUL, so that no two lists of strings give the same bytes.
    public func update(field: String) {
        update(Array(field.utf8) + [0])
    }

    /// Ends the digest.
    ///
    /// - Returns: 32 bytes.
    public consuming func bytes() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        _ = unsafe EVP_DigestFinal_ex(context, &bytes, &count)
        return Array(bytes.prefix(Int(count)))
    }

    /// Ends the digest.
    ///
    /// - Returns: 64 lower-case hexadecimal digits.
    public consuming func hexadecimal() -> String {
        let bytes = bytes()
        return unsafe String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            var place = 0
            for byte in bytes {
                for value in [byte >> 4, byte & 15] {
                    unsafe text[place] = value < 10 ? 0x30 + value : 0x57 + value
                    place += 1
                }
            }
            return place
        }
    }

    /// The digest of `bytes`.
    public static func sha256(_ bytes: some Collection<UInt8>) -> String {
        let digest = Digest()
        digest.update(bytes)
        return digest.hexadecimal()
    }
}
