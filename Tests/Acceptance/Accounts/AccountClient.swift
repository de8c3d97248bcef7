import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What a frontend does with accounts.
struct AccountClient {
    let client: GraphQLClient

    init(_ server: RunningServer, token: String? = nil) { client = GraphQLClient(url: server.url, token: token) }

    /// What signs a client in.
    struct Session: Equatable {
        let access: String
        let refresh: String
    }

    private static let session = """
        session {
          accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt
          recruiter { id email name emailVerified }
        }
        """

    func signUp(_ email: String, _ password: String, name: String = "Anna") async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: SignUpInput!) { signUp(input: $i) { codeExpiresAt } }",
            ["i": ["email": email, "password": password, "name": name]]
        )
    }

    func verify(_ email: String, _ code: String) async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: VerifyEmailInput!) { verifyEmail(input: $i) { \(Self.session) } }",
            ["i": ["email": email, "code": code]]
        )
    }

    func logIn(_ email: String, _ password: String) async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: LogInInput!) { logIn(input: $i) { \(Self.session) } }",
            ["i": ["email": email, "password": password]]
        )
    }

    func refresh(_ token: String) async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: RefreshSessionInput!) { refreshSession(input: $i) { \(Self.session) } }",
            ["i": ["refreshToken": token]]
        )
    }

    func logOut(_ token: String, everywhere: Bool = false) async throws -> Bool {
        try await client.ask(
            "mutation($i: LogOutInput!) { logOut(input: $i) { loggedOut } }",
            ["i": ["refreshToken": token, "everywhere": everywhere] as [String: Any]]
        ).value("logOut.loggedOut")
    }

    func resend(_ email: String) async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: ResendVerificationInput!) { resendVerification(input: $i) { codeExpiresAt } }",
            ["i": ["email": email]]
        )
    }

    func requestReset(_ email: String) async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: RequestPasswordResetInput!) { requestPasswordReset(input: $i) { codeExpiresAt } }",
            ["i": ["email": email]]
        )
    }

    func reset(_ email: String, _ code: String, to password: String) async throws -> GraphQLClient.Answer {
        try await client.ask(
            "mutation($i: ResetPasswordInput!) { resetPassword(input: $i) { \(Self.session) } }",
            ["i": ["email": email, "code": code, "newPassword": password]]
        )
    }

    /// Whom an access token signs in.
    static func viewer(_ server: RunningServer, _ token: String) async throws -> String? {
        let answer = try await GraphQLClient(url: server.url, token: token).ask("{ viewer { email } }")
        return (answer.data?["viewer"] as? [String: Any])?["email"] as? String
    }
}

extension GraphQLClient.Answer {
    func session(_ mutation: String) throws -> AccountClient.Session {
        AccountClient.Session(
            access: try value("\(mutation).session.accessToken"),
            refresh: try value("\(mutation).session.refreshToken")
        )
    }

    /// Everything that a client sees but moments of time.
    var shape: String {
        var data = data
        for (key, value) in data ?? [:] {
            if var object = value as? [String: Any], object["codeExpiresAt"] != nil {
                object["codeExpiresAt"] = "some time"
                data?[key] = object
            }
        }
        let all: [String: Any] = ["data": data ?? [:], "errors": errors]
        let json = try? JSONSerialization.data(withJSONObject: all, options: [.sortedKeys])
        return String(decoding: json ?? Data(), as: UTF8.self)
    }
}
