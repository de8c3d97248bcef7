internal import GraphQL
internal import Schema

/// Makes and checks access tokens: JSON Web Tokens signed by HMAC with SHA-256, and by nothing else.
///
/// The algorithm is not taken from the token: a token that names another is refused before its signature is looked at.
///
/// - Source: RFC 7515, RFC 7519, RFC 8725.
struct AccessTokens: Sendable {
    /// Why a token does not sign a request in.
    enum Refusal: Error, Equatable {
        case malformed
        case otherAlgorithm
        case wrongSignature
        case otherAudience
        case expired
        case notYetValid
    }

    /// How long a token lasts.
    static let lifetime = Duration.seconds(15 * 60)
    private static let audience = "shortlist"
    private static let maxBytes = 2048
    /// How far the clocks of servers may be apart: a token from so much later is taken.
    ///
    /// None is taken after it expired.
    private static let skewSeconds: Int64 = 30

    /// The first signs, all verify; never empty.
    private let secrets: [[UInt8]]
    private let known = KnownTokens()

    /// - Parameter secrets: The first signs, all verify; not empty.
    init(secrets: [[UInt8]]) {
        precondition(!secrets.isEmpty, "access tokens need a secret")
        self.secrets = secrets
    }

    /// A token for a recruiter.
    ///
    /// - Parameters:
    ///   - recruiter: Whom it signs in.
    ///   - session: The session that it belongs to; nil for one of an operator.
    ///   - now: When it begins to work.
    /// - Returns: The token, and when it stops working.
    /// - Throws: ``Cryptography/Failure``.
    func issue(
        to recruiter: ObjectID,
        session: ObjectID? = nil,
        at now: Timestamp
    ) throws -> (token: String, expiresAt: Timestamp) {
        let issued = now.milliseconds / 1000
        let expires = issued + Self.lifetime.components.seconds
        let sid = session.map { #","sid":"\#($0)""# } ?? ""
        let claims =
            #"{"sub":"\#(NodeID(.recruiter, recruiter))","aud":"\#(Self.audience)","iat":\#(issued),"nbf":\#(issued),"#
            + #""exp":\#(expires)\#(sid)}"#
        let signed =
            Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8)) + "." + Base64URL.encode(Array(claims.utf8))
        let code = try Cryptography.hmacSHA256(Array(signed.utf8), key: secrets[0])
        return (signed + "." + Base64URL.encode(code), Timestamp(milliseconds: expires * 1000))
    }

    /// Whom a token signs in, and until when.
    ///
    /// - Throws: ``Refusal``; ``Cryptography/Failure``.
    func claims(of token: String, at now: Timestamp) throws -> Claims {
        let claims = try known.claims(of: token, or: verified)
        let seconds = now.milliseconds / 1000
        guard seconds < claims.expires else { throw Refusal.expired }
        guard claims.begins <= seconds + Self.skewSeconds else { throw Refusal.notYetValid }
        return claims
    }

    /// What a token says, if it is ours; it may have expired.
    private func verified(_ token: String) throws -> Claims {
        guard token.utf8.count <= Self.maxBytes else { throw Refusal.malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let code = Base64URL.decode(parts[2]) else {
            throw Refusal.malformed
        }
        // `crit` names extensions that must be understood, and none is.
        guard header["alg"] == .string("HS256"), header["crit"] == nil else { throw Refusal.otherAlgorithm }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        var isSigned = false
        for secret in secrets where Cryptography.areEqual(try Cryptography.hmacSHA256(signed, key: secret), code) {
            isSigned = true
        }
        guard isSigned else { throw Refusal.wrongSignature }
        guard let claims = Self.object(parts[1]), case .string(let subject)? = claims["sub"],
            let id = NodeID(subject), id.kind == .recruiter, case .int(let expires)? = claims["exp"]
        else { throw Refusal.malformed }
        guard claims["aud"] == .string(Self.audience) else { throw Refusal.otherAudience }
        var begins = Int64.min
        for name in ["iat", "nbf"] {
            guard let claim = claims[name] else { continue }
            guard case .int(let second) = claim else { throw Refusal.malformed }
            begins = max(begins, Int64(second))
        }
        return Claims(recruiter: id.key, begins: begins, expires: Int64(expires))
    }

    /// What a token says.
    struct Claims: Sendable {
        let recruiter: ObjectID
        /// Seconds since 1970, UTC.
        let begins: Int64
        /// Seconds since 1970, UTC.
        let expires: Int64

        /// When the token stops working.
        var expiresAt: Timestamp { Timestamp(milliseconds: min(expires, .max / 1000) * 1000) }
    }

    private static func object(_ part: Substring) -> Value.Object? {
        guard let bytes = Base64URL.decode(part), case .object(let object)? = try? JSONParser().parse(bytes) else {
            return nil
        }
        return object
    }
}
