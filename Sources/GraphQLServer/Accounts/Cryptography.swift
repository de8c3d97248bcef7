internal import COpenSSL

/// What accounts need of OpenSSL.
enum Cryptography {
    /// What OpenSSL could not do; only for want of memory or of a source of randomness.
    struct Failure: Error {
        let call: String
    }

    /// HMAC with SHA-256.
    ///
    /// - Returns: 32 bytes.
    /// - Source: RFC 2104, FIPS 180-4.
    static func hmacSHA256(_ message: [UInt8], key: [UInt8]) throws(Failure) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var count = 0
        let done = unsafe EVP_Q_mac(
            nil,
            "HMAC",
            nil,
            "SHA256",
            nil,
            key,
            key.count,
            message,
            message.count,
            &code,
            code.count,
            &count
        )
        guard unsafe done != nil, count == code.count else { throw Failure(call: "EVP_Q_mac") }
        return code
    }

    /// SHA-256.
    ///
    /// - Returns: 32 bytes.
    /// - Source: FIPS 180-4.
    static func sha256(_ message: [UInt8]) throws(Failure) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var count = 0
        let done = unsafe EVP_Q_digest(nil, "SHA256", nil, message, message.count, &digest, &count)
        guard done == 1, count == digest.count else { throw Failure(call: "EVP_Q_digest") }
        return digest
    }

    /// Whether both are equal; takes as long where they differ early as where they differ late.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Bytes that nobody can guess.
    static func randomBytes(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe RAND_bytes(&bytes, Int32(clamping: count)) == 1 else { throw Failure(call: "RAND_bytes") }
        return bytes
    }
}
