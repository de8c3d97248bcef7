public import GraphQL
internal import Pipeline

/// The errors of the contract, each with its `extensions.code`.
extension GraphQLError {
    /// A value that the schema lets pass and the rules do not.
    ///
    /// - Parameters:
    ///   - message: What is wrong, and what would be right.
    ///   - field: A path in the arguments, such as `input.requirements.minYearsExperience`.
    /// - Returns: `BAD_USER_INPUT`.
    static func badInput(_ message: String, field: String) -> GraphQLError {
        GraphQLError(message, extensions: ["code": .string("BAD_USER_INPUT"), "field": .string(field)])
    }

    /// The same for what does not exist and for what is someone else's.
    ///
    /// - Parameter kind: Such as `job`.
    /// - Returns: `NOT_FOUND`.
    static func notFound(_ kind: NodeID.Kind) -> GraphQLError {
        GraphQLError("There is no such \(kind.rawValue).", extensions: ["code": .string("NOT_FOUND")])
    }

    /// The object is no longer as the client saw it.
    static func conflict(_ message: String) -> GraphQLError {
        GraphQLError(message, extensions: ["code": .string("CONFLICT")])
    }

    /// What was done too often.
    ///
    /// - Parameters:
    ///   - message: What.
    ///   - retryAfter: When it may be done again.
    /// - Returns: `RATE_LIMITED`, with `retryAfterMs`, at least 1.
    static func rateLimited(_ message: String, retryAfter: Duration) -> GraphQLError {
        let milliseconds = max(1, Int((retryAfter / .milliseconds(1)).rounded(.up)))
        return GraphQLError(
            message,
            extensions: ["code": .string("RATE_LIMITED"), "retryAfterMs": .int(milliseconds)]
        )
    }

    /// The month's quota is used up, or would be.
    static func quotaExceeded(_ message: String) -> GraphQLError {
        GraphQLError(message, extensions: ["code": .string("QUOTA_EXCEEDED")])
    }

    /// What this server cannot answer.
    static func unavailable(_ message: String) -> GraphQLError {
        GraphQLError(message, extensions: ["code": .string("UNAVAILABLE")])
    }

    /// Nobody is signed in.
    public static let unauthenticated = GraphQLError(
        "Sign in: send a valid access token as \"Authorization: Bearer …\".",
        extensions: ["code": .string("UNAUTHENTICATED")]
    )

    /// A rule of jobs that was broken.
    static func broken(_ rule: JobError) -> GraphQLError {
        .badInput("\(rule.field.split(separator: ".").last ?? "") \(rule.message).", field: rule.field)
    }
}

extension RequestContext {
    /// Charges whoever is signed in for the files of a multipart request, before any of them is stored.
    ///
    /// - Returns: Whose they are.
    /// - Throws: `UNAUTHENTICATED`; `RATE_LIMITED`.
    public func admit(files count: Int) async throws -> ObjectID {
        guard let recruiterID else { throw GraphQLError.unauthenticated }
        if count > 0 { try await charge(RateLimits.filesByRecruiter, recruiterID, amount: count) }
        return recruiterID
    }

    fileprivate func charge(_ limit: RateLimit, _ recruiter: ObjectID, amount: Int) async throws {
        let charge = RateCharge(limit, of: recruiter.description, amount: amount)
        guard let wait = try await limiter?.take([charge], at: now) else { return }
        throw GraphQLError.rateLimited("This is done too often. Wait a while.", retryAfter: wait)
    }
}

extension FieldCall {
    /// What the request brought along.
    func request() throws -> RequestContext { try context(RequestContext.self) }

    /// What the request brought along, of a signed-in recruiter.
    ///
    /// - Throws: ``GraphQLError/unauthenticated``.
    func signedIn() throws -> (context: RequestContext, recruiter: ObjectID) {
        let context = try request()
        guard let recruiter = context.recruiterID else { throw GraphQLError.unauthenticated }
        return (context, recruiter)
    }

    /// Charges a recruiter for something that is bounded, where anything is.
    ///
    /// - Throws: `RATE_LIMITED`.
    func charge(_ limit: RateLimit, _ recruiter: ObjectID, amount: Int = 1, in context: RequestContext) async throws {
        try await context.charge(limit, recruiter, amount: amount)
    }

    /// The store's key in an identifier that a client gave.
    ///
    /// - Throws: `NOT_FOUND` for what is no identifier of this kind.
    func key(_ kind: NodeID.Kind, _ name: String = "id", in input: ArgumentValues) throws -> ObjectID {
        guard let id = NodeID(try input.requiredString(name)), id.kind == kind else {
            throw GraphQLError.notFound(kind)
        }
        return id.key
    }
}
