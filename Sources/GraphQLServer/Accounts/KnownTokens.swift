internal import Synchronization

/// Remembers what tokens say whose signatures were verified: a client sends the same one with every request.
///
/// Nothing is remembered of a token that was refused. A signature that was right stays right as long as the process knows the
/// secret; when the token expires is looked at each time.
final class KnownTokens: Sendable {
    /// About a megabyte.
    private static let capacity = 2_000

    private let claims = Mutex<[String: AccessTokens.Claims]>([:])

    /// What `token` says.
    ///
    /// - Parameters:
    ///   - token: Whole, as the client sent it.
    ///   - verify: Is asked where the token is not known.
    /// - Returns: What `verify` returned for this token, now or before.
    /// - Throws: What `verify` throws.
    func claims(
        of token: String,
        or verify: (String) throws -> AccessTokens.Claims
    ) rethrows -> AccessTokens.Claims {
        if let known = claims.withLock({ $0[token] }) { return known }
        let verified = try verify(token)
        claims.withLock { claims in
            // Those in use come back with their next request.
            if claims.count >= Self.capacity { claims.removeAll(keepingCapacity: true) }
            claims[token] = verified
        }
        return verified
    }
}
