internal import CCrypt
internal import Foundation

/// Passwords by bcrypt, as the system's libcrypt has it.
///
/// - Source: libxcrypt's crypt(3) and crypt(5), `$2b$`.
enum Bcrypt {
    /// The logarithm of the number of rounds: about a quarter of a second of a core of today.
    static let cost: UInt = 12
    /// How many random bytes a salt is made of.
    static let saltBytes = 16
    /// What hashing reads of a password.
    static let maxBytes = 72

    /// What libcrypt refused; only for want of memory, or for a setting that is none.
    struct Failure: Error {
        let call: String
    }

    /// The hash of a password.
    ///
    /// - Parameters:
    ///   - password: At most 72 bytes, none of them NUL.
    ///   - salt: ``saltBytes`` that were never used before.
    /// - Returns: 60 characters: kind, cost, salt and hash.
    /// - Throws: ``Failure``.
    static func hash(_ password: [UInt8], salt: [UInt8]) throws(Failure) -> String {
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let count = Int32(clamping: setting.count)
        let made = unsafe salt.withUnsafeBytes { salt in
            unsafe crypt_gensalt_rn(
                "$2b$",
                cost,
                salt.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(clamping: salt.count),
                &setting,
                count
            ) != nil
        }
        guard made else { throw Failure(call: "crypt_gensalt_rn") }
        guard let hash = crypt(password, setting) else { throw Failure(call: "crypt_rn") }
        return hash
    }

    /// Whether a password has this hash.
    ///
    /// - Parameters:
    ///   - password: Any bytes; more than 72, or NUL among them, have no hash.
    ///   - hash: Nil for none: the answer is no, and takes as long as any other.
    /// - Returns: Whether it is the one.
    static func verify(_ password: [UInt8], against hash: String?) -> Bool {
        let isPossible = password.count <= maxBytes && !password.contains(0) && hash != nil
        let setting = (hash ?? nobody).utf8.map { CChar(bitPattern: $0) } + [0]
        guard let made = crypt(Array(password.prefix(maxBytes).filter { $0 != 0 }), setting) else { return false }
        return Cryptography.areEqual(Array(made.utf8), Array((hash ?? "").utf8)) && isPossible
    }

    /// A salt for what has no hash.
    private static let nobody = "$2b$12$......................"

    private static func crypt(_ password: [UInt8], _ setting: [CChar]) -> String? {
        let phrase = password.map { CChar(bitPattern: $0) } + [0]
        let size = MemoryLayout<crypt_data>.size
        let data = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<crypt_data>.alignment)
        unsafe data.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        defer {
            // It holds what was made of the password.
            unsafe explicit_bzero(data, size)
            unsafe data.deallocate()
        }
        guard let made = unsafe crypt_rn(phrase, setting, data, Int32(clamping: size)) else { return nil }
        return unsafe String(cString: made)
    }
}
