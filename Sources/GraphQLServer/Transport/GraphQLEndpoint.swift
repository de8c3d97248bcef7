internal import GraphQL

/// Answers GraphQL requests that come over HTTP.
///
/// A request carries its credentials in `Authorization`, never in a cookie: a page of another origin cannot make a browser
/// send them, and a GET runs no mutation.
///
/// - Source: GraphQL over HTTP.
struct GraphQLEndpoint: Sendable {
    /// Limits and switches.
    struct Options: Sendable {
        var statusProfile = StatusProfile.compatible
        /// Of a JSON body.
        var maxBodyBytes = 1 << 20
        /// From the whole body to the answer.
        var timeout = Duration.seconds(30)
    }

    let preparer: DocumentPreparer
    let executable: ExecutableSchema
    let options: Options
    /// What resolvers find in ``FieldCall/context(_:)``; throws where the request's credentials are wrong.
    let context: @Sendable (HTTPRequest) async throws -> any Sendable

    /// What to do with a request to the endpoint's path.
    func route(_ request: HTTPRequest) -> HTTPRoute {
        switch request.method {
        case "GET", "POST":
            .collect(maxBytes: options.maxBodyBytes) { await respond(to: $0, $1) }
        case "OPTIONS":
            .answer(HTTPResponse(status: 204, fields: ["Allow": Self.methods]))
        default:
            .answer(.text(405, "GraphQL is asked by GET or POST.", fields: ["Allow": Self.methods]))
        }
    }

    private static let methods = "GET, POST, OPTIONS"

    /// Answers a whole request.
    func respond(to request: HTTPRequest, _ body: [UInt8]) async -> HTTPResponse {
        guard let form = ResponseMediaType.preferred(request.fields.values("Accept")), !form.isStream else {
            return .text(
                406,
                "Answers are application/json or application/graphql-response+json.",
                fields: ["Vary": "Accept"]
            )
        }
        if let refusal = Self.refusalOfContentType(request) { return refusal }
        let parameters: OperationRequest
        do throws(GraphQLParameters.Malformed) {
            parameters =
                request.method == "GET"
                ? try GraphQLParameters.read(query: request.query ?? "") : try GraphQLParameters.read(json: body)
        } catch {
            let result = ExecutionResult(RequestErrors([Self.error(error.message, "BAD_USER_INPUT")]))
            return response(result, error.isNotJSON ? .notJSON : .malformedParameters, form)
        }
        return await respond(to: request, parameters, form)
    }

    private func respond(
        to request: HTTPRequest,
        _ parameters: OperationRequest,
        _ form: ResponseMediaType
    ) async -> HTTPResponse {
        let plan: OperationPlan
        do throws(RequestErrors) {
            plan = try preparer.prepare(parameters).plan(operationName: parameters.operationName, on: executable)
        } catch {
            let errors = error.errors.map { Self.coded($0, "GRAPHQL_VALIDATION_FAILED") }
            let isSyntax = errors.contains { $0.code == "GRAPHQL_PARSE_FAILED" }
            return response(
                ExecutionResult(RequestErrors(errors)),
                isSyntax ? .syntaxError : .requestError,
                form
            )
        }
        if request.method == "GET", plan.operation.operation != .query {
            return .text(405, "A GET runs queries only; send mutations by POST.", fields: ["Allow": "POST"])
        }
        let context: any Sendable
        do {
            context = try await self.context(request)
        } catch {
            let shown =
                (error as? GraphQLError) ?? Self.error("The request could not be authenticated.", "UNAUTHENTICATED")
            return response(ExecutionResult(RequestErrors([shown])), .requestError, form)
        }
        let result = await plan.execute(
            variables: parameters.variables,
            context: context,
            deadline: .now + options.timeout
        )
        if result.isRequestError {
            let errors = result.errors.map { Self.coded($0, "BAD_USER_INPUT") }
            return response(ExecutionResult(RequestErrors(errors)), .requestError, form)
        }
        return response(result, result.errors.isEmpty ? .complete : .partial, form)
    }

    private func response(
        _ result: ExecutionResult,
        _ outcome: StatusProfile.Outcome,
        _ form: ResponseMediaType
    ) -> HTTPResponse {
        let status = options.statusProfile.status(of: outcome, as: form)
        return HTTPResponse(
            status: status,
            fields: [
                "Content-Type": options.statusProfile.label(form, status: status).contentType,
                "Vary": "Accept",
            ],
            body: .bytes(result.json)
        )
    }

    // MARK: - Content types

    /// Only UTF-8 JSON, which no page of another origin can send without asking first.
    private static func refusalOfContentType(_ request: HTTPRequest) -> HTTPResponse? {
        let field = request.fields["Content-Type"]
        if request.method == "GET", field == nil { return nil }
        guard let field, let type = MediaRange(Substring(field)), (type.type, type.subtype) == ("application", "json")
        else {
            return .text(415, "The body must be application/json.", fields: ["Accept-Post": "application/json"])
        }
        let charset = type.parameters["charset"]?.lowercased() ?? "utf-8"
        guard charset == "utf-8" || charset == "utf8" else { return .text(415, "The body must be in UTF-8.") }
        guard request.fields["Content-Encoding"].map({ $0.lowercased() == "identity" }) ?? true else {
            return .text(415, "The body must not be compressed.")
        }
        return nil
    }

    private static func error(_ message: String, _ code: String) -> GraphQLError {
        GraphQLError(message, extensions: ["code": .string(code)])
    }

    private static func coded(_ error: GraphQLError, _ code: String) -> GraphQLError {
        guard error.code == nil else { return error }
        var error = error
        error.extensions["code"] = .string(code)
        return error
    }
}
