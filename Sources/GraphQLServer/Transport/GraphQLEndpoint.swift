internal import GraphQL
internal import Schema

/// Answers GraphQL requests that come over HTTP.
///
/// A request carries its credentials in `Authorization`, never in a cookie: a page of another origin cannot make a browser
/// send them, and a GET runs no mutation.
///
/// A class, since each request holds it several times.
///
/// - Source: GraphQL over HTTP.
final class GraphQLEndpoint: Sendable {
    /// Limits and switches.
    struct Options: Sendable {
        var statusProfile = StatusProfile.compatible
        /// Of a JSON body.
        var maxBodyBytes = 1 << 20
        /// From the whole body to the answer.
        var timeout = Duration.seconds(30)
    }

    /// An answer that ends a request before its operation runs.
    struct Refusal: Error {
        let response: HTTPResponse
    }

    let preparer: DocumentPreparer
    let executable: ExecutableSchema
    let options: Options
    let uploads: UploadIntake?
    let observe: OperationObserver?
    let waiting: Waiting?
    private let hop: @Sendable () async -> Void
    private let context: @Sendable (HTTPRequest) async throws -> any Sendable

    /// - Parameters:
    ///   - preparer: Of documents.
    ///   - executable: Runs them.
    ///   - options: Limits and switches.
    ///   - uploads: Takes the files of multipart requests; nil where none are kept.
    ///   - observe: Is told what came of each operation.
    ///   - waiting: Lets requests wait; nil where none can.
    ///   - hop: Moves the calling task to a thread that has time: a request begins on one that has little.
    ///   - context: What resolvers find in ``FieldCall/context(_:)``; throws where the request's credentials are wrong.
    init(
        preparer: DocumentPreparer,
        executable: ExecutableSchema,
        options: Options,
        uploads: UploadIntake? = nil,
        observe: OperationObserver? = nil,
        waiting: Waiting? = nil,
        hop: @escaping @Sendable () async -> Void = {},
        context: @escaping @Sendable (HTTPRequest) async throws -> any Sendable
    ) {
        self.preparer = preparer
        self.executable = executable
        self.options = options
        self.uploads = uploads
        self.observe = observe
        self.waiting = waiting
        self.hop = hop
        self.context = context
    }

    /// What to do with a request to the endpoint's path.
    func route(_ request: HTTPRequest) -> HTTPRoute {
        switch request.method {
        case "POST" where Self.isMultipart(request):
            .stream(maxBytes: uploads?.limits.maxRequestBytes ?? options.maxBodyBytes) { [self] request, body in
                await respond(to: request) { try await body.next() }
            }
        case "GET", "POST":
            .collect(maxBytes: options.maxBodyBytes) { [self] in await respond(to: $0, $1) }
        case "OPTIONS":
            .answer(HTTPResponse(status: 204, fields: ["Allow": Self.methods]))
        default:
            .answer(.text(405, "GraphQL is asked by GET or POST.", fields: ["Allow": Self.methods]))
        }
    }

    private static let methods = "GET, POST, OPTIONS"

    /// Answers a whole request.
    func respond(to request: HTTPRequest, _ body: [UInt8]) async -> HTTPResponse {
        do throws(Refusal) {
            let form = try form(of: request)
            try Self.checkContentType(request)
            let parameters = try parameters(form) { () throws(GraphQLParameters.Malformed) in
                try request.method == "GET"
                    ? GraphQLParameters.read(query: request.query ?? "") : GraphQLParameters.read(json: body)
            }
            let plan = try await plan(parameters, form)
            let kind = plan.operation.operation
            if request.method == "GET", kind == .mutation || (kind == .subscription && waiting == nil) {
                observe?(plan.operation, .refused, .zero)
                return .text(405, "A GET changes nothing; send mutations by POST.", fields: ["Allow": "POST"])
            }
            let context = try await context(of: request, form)
            if let waiting, let context = context as? RequestContext {
                switch kind {
                case .subscription: return try await subscribe(request, plan, parameters, context, form, waiting)
                case .query where !form.isStream:
                    return try await answerUnlessHeld(request, plan, parameters.variables, context, form, waiting)
                case .query, .mutation: break
                }
            }
            return await run(plan, parameters.variables, context, form)
        } catch {
            observe?(nil, .refused, .zero)
            return error.response
        }
    }

    // MARK: - Steps of every request

    /// The form that the client likes best.
    func form(of request: HTTPRequest) throws(Refusal) -> ResponseMediaType {
        if let form = ResponseMediaType.preferred(request.fields.values("Accept")) { return form }
        throw Refusal(
            response: .text(
                406,
                "Answers are application/json, application/graphql-response+json, text/event-stream or"
                    + " multipart/mixed;subscriptionSpec=1.0.",
                fields: ["Vary": "Accept"]
            )
        )
    }

    /// The parameters, or the answer to what is none.
    func parameters(
        _ form: ResponseMediaType,
        _ read: () throws(GraphQLParameters.Malformed) -> OperationRequest
    ) throws(Refusal) -> OperationRequest {
        do throws(GraphQLParameters.Malformed) {
            return try read()
        } catch {
            let outcome: StatusProfile.Outcome = error.isNotJSON ? .unreadable : .malformedParameters
            throw refusal(Self.error(error.message, "BAD_USER_INPUT"), outcome, form)
        }
    }

    /// The plan of the operation, or the answer to a document that cannot be executed.
    func plan(_ parameters: OperationRequest, _ form: ResponseMediaType) async throws(Refusal) -> OperationPlan {
        do throws(RequestErrors) {
            let name = parameters.operationName
            let known = try preparer.remembered(parameters)
            // One that is named and not sent may be as long as any.
            let isLong = (parameters.query?.count ?? .max) > Self.maxDocumentBytesAtOnce
            if isLong, known?.hasPlan(operationName: name) != true { await hop() }
            let document = if let known { known } else { try preparer.prepare(parameters) }
            return try document.plan(operationName: name, on: executable)
        } catch {
            let errors = error.errors.map { Self.coded($0, "GRAPHQL_VALIDATION_FAILED") }
            let isSyntax = errors.contains { $0.code == "GRAPHQL_PARSE_FAILED" }
            throw Refusal(
                response: response(
                    ExecutionResult(RequestErrors(errors)),
                    isSyntax ? .syntaxError : .requestError,
                    form
                )
            )
        }
    }

    /// What resolvers find, or the answer to wrong credentials.
    func context(of request: HTTPRequest, _ form: ResponseMediaType) async throws(Refusal) -> any Sendable {
        do {
            return try await context(request)
        } catch {
            let shown =
                (error as? GraphQLError) ?? Self.error("The request could not be authenticated.", "UNAUTHENTICATED")
            throw refusal(shown, .requestError, form)
        }
    }

    /// Runs an operation until a deadline, or as long as one may take, and answers with what came of it.
    func run(
        _ plan: OperationPlan,
        _ variables: Value.Object,
        _ context: any Sendable,
        _ form: ResponseMediaType,
        before deadline: ContinuousClock.Instant? = nil
    ) async -> HTTPResponse {
        let start = ContinuousClock.now
        let deadline = deadline ?? start + options.timeout
        let expected = plan.expectedBytes
        if expected > Self.maxBytesAtOnce || expected == 0 && plan.asksForSchema { await hop() }
        let result = await plan.execute(variables: variables, context: context, deadline: deadline)
        if result.isRequestError {
            observe?(plan.operation, .refused, .now - start)
            let errors = result.errors.map { Self.coded($0, "BAD_USER_INPUT") }
            return response(ExecutionResult(RequestErrors(errors)), .requestError, form)
        }
        let response = response(result, result.errors.isEmpty ? .complete : .partial, form)
        observe?(plan.operation, result.errors.isEmpty ? .ok : .errors, .now - start)
        return response
    }

    /// A result in the client's form; where the client has to come again later, with the field that says so.
    func response(
        _ result: ExecutionResult,
        _ outcome: StatusProfile.Outcome,
        _ form: ResponseMediaType
    ) -> HTTPResponse {
        var response = response(result.json, outcome, form)
        if let milliseconds = Self.retryAfterMilliseconds(result) {
            response.fields["Retry-After"] = String((milliseconds + 999) / 1000)
        }
        return response
    }

    /// When to come again; nil where nothing was said of that.
    static func retryAfterMilliseconds(_ result: ExecutionResult) -> Int? {
        let error = result.errors.first { $0.code == "RATE_LIMITED" }
        return if case .int(let milliseconds)? = error?.extensions["retryAfterMs"] { milliseconds } else { nil }
    }

    /// The JSON of a result in the client's form: a stream then has this one result, whatever came of it.
    func response(
        _ json: [UInt8],
        _ outcome: StatusProfile.Outcome,
        _ form: ResponseMediaType
    ) -> HTTPResponse {
        if let framing = ResultFraming(form) {
            return HTTPResponse(status: 200, fields: Self.streamFields(form), body: .bytes(framing.whole(json)))
        }
        let status = options.statusProfile.status(of: outcome, as: form)
        return HTTPResponse(
            status: status,
            fields: [
                "Content-Type": options.statusProfile.label(form, status: status).contentType,
                "Vary": "Accept",
            ],
            body: .bytes(json)
        )
    }

    /// Longer documents are parsed elsewhere: these take less than a millisecond, whatever they hold.
    private static let maxDocumentBytesAtOnce = 1 << 10
    /// Longer answers are made elsewhere.
    private static let maxBytesAtOnce = 16 << 10

    // MARK: - Content types

    static func contentType(of request: HTTPRequest) -> MediaRange? {
        request.fields["Content-Type"].flatMap { MediaRange(Substring($0)) }
    }

    /// Only UTF-8 JSON, which no page of another origin can send without asking first.
    private static func checkContentType(_ request: HTTPRequest) throws(Refusal) {
        let field = request.fields["Content-Type"]
        if request.method == "GET", field == nil { return }
        // What most clients send.
        if field == "application/json", request.fields["Content-Encoding"] == nil { return }
        guard let type = contentType(of: request), (type.type, type.subtype) == ("application", "json") else {
            throw Refusal(
                response: .text(415, "The body must be application/json.", fields: ["Accept-Post": "application/json"])
            )
        }
        let charset = type.parameters["charset"]?.lowercased() ?? "utf-8"
        guard charset == "utf-8" || charset == "utf8" else {
            throw Refusal(response: .text(415, "The body must be in UTF-8."))
        }
        guard request.fields["Content-Encoding"].map({ $0.lowercased() == "identity" }) ?? true else {
            throw Refusal(response: .text(415, "The body must not be compressed."))
        }
    }

    // MARK: - Errors

    /// The answer to a request that is wrong in one thing.
    func refusal(_ error: GraphQLError, _ outcome: StatusProfile.Outcome, _ form: ResponseMediaType) -> Refusal {
        Refusal(response: response(ExecutionResult(RequestErrors([error])), outcome, form))
    }

    static func error(_ message: String, _ code: String) -> GraphQLError {
        GraphQLError(message, extensions: ["code": .string(code)])
    }

    static func coded(_ error: GraphQLError, _ code: String) -> GraphQLError {
        guard error.code == nil else { return error }
        var error = error
        error.extensions["code"] = .string(code)
        return error
    }
}
