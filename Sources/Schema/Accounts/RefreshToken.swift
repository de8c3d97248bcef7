/// A refresh token: which session, 256 bits that nobody can guess, and a mark that it was made here.
///
/// A token's successor follows from the token and a key of the server. So a client that sends one twice gets the same successor
/// twice, and nobody learns it from what is stored.
struct RefreshToken: Equatable {
    /// How long it works.
    static let lifetime = Duration.seconds(7 * 24 * 3600)
    /// A session ends at the latest after so long.
    static let sessionLifetime = Duration.seconds(90 * 24 * 3600)
    /// A client that sends a token twice at once, or again since no answer came, has so long for it.
    static let grace = Duration.seconds(10)
    private static let markBytes = 16

    let session: ObjectID
    private let secret: [UInt8]
    private let mark: [UInt8]

    /// The first of a session.
    init(of session: ObjectID, _ cryptography: any AccountCryptography) throws {
        try self.init(session, try cryptography.randomBytes(32), cryptography)
    }

    private init(_ session: ObjectID, _ secret: [UInt8], _ cryptography: any AccountCryptography) throws {
        self.session = session
        self.secret = secret
        mark = try Self.mark(session, secret, cryptography)
    }

    /// Reads one.
    ///
    /// - Parameters:
    ///   - text: As a client sent it; nil for what was not made here, which so ends nobody's session.
    ///   - cryptography: That it was made with.
    /// - Throws: What cryptography says went wrong.
    init?(_ text: String, _ cryptography: any AccountCryptography) throws {
        guard text.utf8.count < 128, let bytes = Base64URL.decode(text), bytes.count == 12 + 32 + Self.markBytes,
            let session = ObjectID(bytes: Array(bytes[..<12]))
        else { return nil }
        self.session = session
        secret = Array(bytes[12..<44])
        mark = Array(bytes[44...])
        guard cryptography.areEqual(mark, try Self.mark(session, secret, cryptography)) else { return nil }
    }

    /// As clients keep it.
    var text: String { Base64URL.encode(session.bytes + secret + mark) }

    /// What is stored of it.
    func digest(_ cryptography: any AccountCryptography) throws -> [UInt8] { try cryptography.digest(secret) }

    /// The token that takes its place.
    func successor(_ cryptography: any AccountCryptography) throws -> RefreshToken {
        let secret = try cryptography.authenticate(Array("successor ".utf8) + session.bytes + secret)
        return try RefreshToken(session, secret, cryptography)
    }

    private static func mark(
        _ session: ObjectID,
        _ secret: [UInt8],
        _ cryptography: any AccountCryptography
    ) throws -> [UInt8] {
        Array(try cryptography.authenticate(Array("mark ".utf8) + session.bytes + secret).prefix(markBytes))
    }
}
