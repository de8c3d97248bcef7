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
        var count: UInt32 = 0
        let done = unsafe HMAC(EVP_sha256(), key, Int32(clamping: key.count), message, message.count, &code, &count)
        guard unsafe done != nil, count == code.count else { throw Failure(call: "HMAC") }
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

    /// A digest under one of OpenSSL's names, such as `sha1`: only for whoever prescribes it.
    ///
    /// - Returns: In lower-case hexadecimal.
    static func hexadecimalDigest(_ message: [UInt8], algorithm: String) throws(Failure) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count = 0
        guard unsafe EVP_Q_digest(nil, algorithm, nil, message, message.count, &digest, &count) == 1 else {
            throw Failure(call: "EVP_Q_digest")
        }
        return digest.prefix(count).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count < 2 ? "0\(digits)" : digits
        }.joined()
    }

    /// Bytes that nobody can guess.
    static func randomBytes(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe RAND_bytes(&bytes, Int32(clamping: count)) == 1 else { throw Failure(call: "RAND_bytes") }
        return bytes
    }
}
