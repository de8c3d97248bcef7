internal import COpenSSL

/// Seals small texts, so that only who has the server's secrets reads them: AES-256 in Galois/Counter Mode.
///
/// - Source: NIST SP 800-38D.
struct Sealer: Sendable {
    private static let nonceBytes = 12
    private static let tagBytes = 16
    /// The first seals, all open.
    private let keys: [[UInt8]]

    /// - Parameters:
    ///   - secrets: The first seals, all open; not empty.
    ///   - purpose: What is sealed for one is not opened for another.
    /// - Throws: ``Cryptography/Failure``.
    init(secrets: [[UInt8]], purpose: String) throws(Cryptography.Failure) {
        precondition(!secrets.isEmpty, "sealing needs a secret")
        keys = try secrets.map { secret throws(Cryptography.Failure) in
            try Cryptography.hmacSHA256(Array("shortlist seal \(purpose)".utf8), key: secret)
        }
    }

    /// - Parameters:
    ///   - text: What is sealed.
    ///   - place: Where it will stand: elsewhere it is not opened.
    /// - Returns: Nonce, tag and what nobody can read.
    /// - Throws: ``Cryptography/Failure``.
    func seal(_ text: [UInt8], at place: [UInt8]) throws(Cryptography.Failure) -> [UInt8] {
        let nonce = try Cryptography.randomBytes(Self.nonceBytes)
        var tag = [UInt8](repeating: 0, count: Self.tagBytes)
        let sealed = try Self.run(key: keys[0], nonce: nonce, text, at: place, tag: &tag, isSealing: true)
        guard let sealed else { throw Cryptography.Failure(call: "EVP_CipherFinal_ex") }
        return nonce + tag + sealed
    }

    /// Nil for what was not sealed here, for this place, with one of these secrets.
    func open(_ sealed: [UInt8], at place: [UInt8]) throws(Cryptography.Failure) -> [UInt8]? {
        guard sealed.count >= Self.nonceBytes + Self.tagBytes else { return nil }
        let nonce = Array(sealed[..<Self.nonceBytes])
        let text = Array(sealed[(Self.nonceBytes + Self.tagBytes)...])
        for key in keys {
            var tag = Array(sealed[Self.nonceBytes..<(Self.nonceBytes + Self.tagBytes)])
            if let opened = try Self.run(key: key, nonce: nonce, text, at: place, tag: &tag, isSealing: false) {
                return opened
            }
        }
        return nil
    }

    /// - Returns: Nil where the tag does not fit.
    private static func run(
        key: [UInt8],
        nonce: [UInt8],
        _ text: [UInt8],
        at place: [UInt8],
        tag: inout [UInt8],
        isSealing: Bool
    ) throws(Cryptography.Failure) -> [UInt8]? {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw Cryptography.Failure(call: "EVP_CIPHER_CTX_new") }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var count: Int32 = 0
        var output = [UInt8](repeating: 0, count: text.count + 16)
        let direction: Int32 = isSealing ? 1 : 0
        guard unsafe EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, direction) == 1,
            unsafe EVP_CipherUpdate(context, nil, &count, place, Int32(clamping: place.count)) == 1,
            unsafe EVP_CipherUpdate(context, &output, &count, text, Int32(clamping: text.count)) == 1
        else { throw Cryptography.Failure(call: "EVP_CipherUpdate") }
        let tagCount = Int32(clamping: tag.count)
        if !isSealing {
            guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tagCount, &tag) == 1 else {
                throw Cryptography.Failure(call: "EVP_CIPHER_CTX_ctrl")
            }
        }
        var rest = [UInt8](repeating: 0, count: 16)
        var restCount: Int32 = 0
        guard unsafe EVP_CipherFinal_ex(context, &rest, &restCount) == 1 else { return nil }
        if isSealing {
            guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tagCount, &tag) == 1 else {
                throw Cryptography.Failure(call: "EVP_CIPHER_CTX_ctrl")
            }
        }
        return Array(output.prefix(Int(count)))
    }
}
