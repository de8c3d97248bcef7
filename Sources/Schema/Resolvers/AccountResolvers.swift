internal import GraphQL

/// What `signUp` and `resendVerification` answer.
struct SignUpPayload: ObjectValue {
    let codeExpiresAt: Timestamp
}

/// What `requestPasswordReset` answers.
struct RequestPasswordResetPayload: ObjectValue {
    let codeExpiresAt: Timestamp
}

/// What every mutation answers that signs in.
struct SessionPayload: ObjectValue {
    let session: Session
}

/// What `logOut` answers.
struct LogOutPayload: ObjectValue {
    let loggedOut: Bool
}

extension Resolvers {
    /// Mutations of accounts, and their payloads.
    mutating func addAccounts() {
        root("Mutation.signUp") { call -> SignUpPayload in
            let (accounts, context, input) = try call.accounts()
            return SignUpPayload(
                codeExpiresAt: try await accounts.signUp(
                    try Self.email(input),
                    password: try input.requiredString("password"),
                    name: try input.requiredString("name"),
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.verifyEmail") { call -> SessionPayload in
            let (accounts, context, input) = try call.accounts()
            return SessionPayload(
                session: try await accounts.verifyEmail(
                    try Self.email(input),
                    code: try input.requiredString("code"),
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.resendVerification") { call -> SignUpPayload in
            let (accounts, context, input) = try call.accounts()
            return SignUpPayload(
                codeExpiresAt: try await accounts.resendVerification(
                    try Self.email(input),
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.requestPasswordReset") { call -> RequestPasswordResetPayload in
            let (accounts, context, input) = try call.accounts()
            return RequestPasswordResetPayload(
                codeExpiresAt: try await accounts.requestPasswordReset(
                    try Self.email(input),
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.resetPassword") { call -> SessionPayload in
            let (accounts, context, input) = try call.accounts()
            return SessionPayload(
                session: try await accounts.resetPassword(
                    try Self.email(input),
                    code: try input.requiredString("code"),
                    newPassword: try input.requiredString("newPassword"),
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.logIn") { call -> SessionPayload in
            let (accounts, context, input) = try call.accounts()
            return SessionPayload(
                session: try await accounts.logIn(
                    try Self.email(input),
                    password: try input.requiredString("password"),
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.refreshSession") { call -> SessionPayload in
            let (accounts, context, input) = try call.accounts()
            return SessionPayload(
                session: try await accounts.refresh(
                    try input.requiredString("refreshToken"),
                    recruiters: context.stores.recruiters,
                    from: context.client,
                    at: context.now
                )
            )
        }
        root("Mutation.logOut") { call -> LogOutPayload in
            let (accounts, context, input) = try call.accounts()
            return LogOutPayload(
                loggedOut: try await accounts.logOut(
                    try input.requiredString("refreshToken"),
                    everywhere: try input.boolean("everywhere") ?? false,
                    from: context.client,
                    at: context.now
                )
            )
        }
        addAccountPayloads()
    }

    private mutating func addAccountPayloads() {
        field("SignUpPayload.codeExpiresAt", on: SignUpPayload.self) { $0.codeExpiresAt }
        field("RequestPasswordResetPayload.codeExpiresAt", on: RequestPasswordResetPayload.self) {
            $0.codeExpiresAt.description
        }
        field("SessionPayload.session", on: SessionPayload.self) { $0.session }
        field("LogOutPayload.loggedOut", on: LogOutPayload.self) { $0.loggedOut }
        field("Session.accessToken", on: Session.self) { $0.accessToken }
        field("Session.accessTokenExpiresAt", on: Session.self) { $0.accessTokenExpiresAt }
        field("Session.refreshToken", on: Session.self) { $0.refreshToken }
        field("Session.refreshTokenExpiresAt", on: Session.self) { $0.refreshTokenExpiresAt }
        field("Session.recruiter", on: Session.self) { $0.recruiter }
    }

    /// The scalar has seen to it that it is one.
    private static func email(_ input: ArgumentValues) throws -> EmailAddress {
        guard let email = EmailAddress(try input.requiredString("email")) else {
            throw GraphQLError.badInput("This is no e-mail address.", field: "input.email")
        }
        return email
    }
}

extension FieldCall {
    /// The rules of accounts, and the input of the mutation.
    ///
    /// - Throws: `UNAVAILABLE` where this server has none.
    fileprivate func accounts() throws -> (Accounts, RequestContext, ArgumentValues) {
        let context = try request()
        guard let accounts = context.accounts else { throw GraphQLError.unavailable("\(coordinate) is not served.") }
        return (accounts, context, try arguments.requiredObject("input"))
    }
}
