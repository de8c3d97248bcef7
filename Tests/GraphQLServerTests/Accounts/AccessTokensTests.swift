import Schema
import Testing

@testable import GraphQLServer

@Suite struct AccessTokensTests {
    private static let now = Timestamp(milliseconds: 1_795_425_302_123)
    private static let secret = Array("a secret of this test, long enough".utf8)
    private let tokens = AccessTokens(secrets: [secret])
    private let recruiter = ObjectID(at: now)

    /// A token with these parts, signed by the right secret.
    private func forged(_ header: String, _ claims: String) throws -> String {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8))
        return try signed + "." + Base64URL.encode(Cryptography.hmacSHA256(Array(signed.utf8), key: Self.secret))
    }

    private func claims(audience: String = "\"shortlist\"", expires: Int = 1_795_426_000) -> String {
        #"{"sub":"\#(NodeID(.recruiter, recruiter))","aud":\#(audience),"exp":\#(expires)}"#
    }

    private let header = #"{"alg":"HS256","typ":"JWT"}"#

    private func refusal(_ token: String) -> AccessTokens.Refusal? {
        do {
            _ = try tokens.claims(of: token, at: Self.now)
            return nil
        } catch {
            return error as? AccessTokens.Refusal
        }
    }

    @Test func `a token signs in whom it was issued to, for fifteen minutes`() throws {
        let (token, expiresAt) = try tokens.issue(to: recruiter, at: Self.now)
        #expect(expiresAt.description == "2026-11-23T09:30:02.000Z")
        #expect(try tokens.claims(of: token, at: Self.now).recruiter == recruiter)
        let last = expiresAt.advanced(by: .milliseconds(-1))
        #expect(try tokens.claims(of: token, at: last).recruiter == recruiter)
        #expect(throws: AccessTokens.Refusal.expired) { try tokens.claims(of: token, at: expiresAt) }
    }

    @Test func `the code is that of RFC 7515, appendix A.1`() throws {
        let key = try #require(
            Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
        )
        let signed =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        #expect(
            try Base64URL.encode(Cryptography.hmacSHA256(Array(signed.utf8), key: key))
                == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        )
    }

    @Test func `after a change of secrets the old ones verify and the new one signs`() throws {
        let old = try tokens.issue(to: recruiter, at: Self.now).token
        let both = AccessTokens(secrets: [Array("new".utf8), Self.secret])
        #expect(try both.claims(of: old, at: Self.now).recruiter == recruiter)
        let fresh = try both.issue(to: recruiter, at: Self.now).token
        #expect(refusal(fresh) == .wrongSignature)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#, #"{"alg":"hs256"}"#,
        #"{"typ":"JWT"}"#, #"{"alg":["HS256"]}"#, #"{"alg":"HS256","crit":["exp"],"exp":1}"#,
    ])
    func `another algorithm is refused, whoever signed`(header: String) throws {
        #expect(refusal(try forged(header, claims())) == .otherAlgorithm)
        let unsigned = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims().utf8)) + "."
        #expect(refusal(unsigned) == .otherAlgorithm)
    }

    @Test func `every changed character is noticed`() throws {
        let token = try tokens.issue(to: recruiter, at: Self.now).token
        for place in token.indices where token[place] != "A" {
            var changed = token
            changed.replaceSubrange(place...place, with: "A")
            #expect(refusal(changed) != nil)
        }
        #expect(refusal(token + "A") != nil && refusal(String(token.dropLast())) != nil)
    }

    @Test func `a token for another audience, or of the past, is refused`() throws {
        #expect(refusal(try forged(header, claims())) == nil)
        for audience in ["\"other\"", "null", "[\"shortlist\"]", "\"\""] {
            #expect(refusal(try forged(header, claims(audience: audience))) == .otherAudience)
        }
        #expect(refusal(try forged(header, claims(expires: 1_795_425_302))) == .expired)
    }

    @Test(arguments: ["iat", "nbf"])
    func `a token from the future is refused, but for the difference of two clocks`(claim: String) throws {
        func claims(_ value: String) -> String {
            #"{"sub":"\#(NodeID(.recruiter, recruiter))","aud":"shortlist","exp":1795426000,"\#(claim)":\#(value)}"#
        }
        #expect(refusal(try forged(header, claims("1795425332"))) == nil)
        #expect(refusal(try forged(header, claims("1795425333"))) == .notYetValid)
        #expect(refusal(try forged(header, claims("\"1795425302\""))) == .malformed)
        #expect(refusal(try forged(header, claims("1e300"))) == .malformed)
    }

    @Test(arguments: [
        "", ".", "..", "a.b.c", "....", "x", "eyJhbGciOiJIUzI1NiJ9..", "eyJhbGciOiJIUzI1NiJ9.e30",
        String(repeating: "A", count: 5_000), "eyJhbGciOiJIUzI1NiJ9 .e30.AA",
    ])
    func `what is no token is refused`(text: String) {
        #expect(refusal(text) != nil)
    }

    @Test(arguments: [
        #"{"aud":"shortlist","exp":1795426000}"#, #"{"sub":"job_0123456789abcdef01234567","aud":"shortlist","exp":1}"#,
        #"{"sub":"recruiter_0123456789abcdef01234567","aud":"shortlist"}"#,
        #"{"sub":"recruiter_0123456789abcdef01234567","aud":"shortlist","exp":"1795426000"}"#, "[]", "null", "",
    ])
    func `signed claims that lack what they need are refused`(claims: String) throws {
        #expect(refusal(try forged(header, claims)) == .malformed)
    }

    @Test(
        arguments: [
            (["Authorization": "Bearer abc"], "abc"), (["authorization": "bearer  abc"], "abc"),
            (["Authorization": "Basic abc"], nil), (["Authorization": "Bearer"], nil),
            (["Authorization": "Bearer "], nil),
            ([:], nil), (["Authorization": "Bearer a", "authorization": "Bearer b"], nil),
            (["Authorization": "abc"], nil),
        ] as [(HTTPFields, String?)]
    )
    func `the token is found in its field`(fields: HTTPFields, token: String?) {
        #expect(BearerToken.find(in: fields) == token)
    }
}
