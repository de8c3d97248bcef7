internal import GraphQL
internal import MongoStore
internal import Pipeline
internal import Schema

/// The HTTP API: which path is answered by what.
struct Server: Sendable {
    let endpoint: GraphQLEndpoint
    let pages = Pages(installedIn: LocalFolder().explorer)
    let database: Database
    let log: Log

    /// - Throws: What does not fit between the schema and its resolvers.
    init(database: Database, log: Log) throws {
        var options = ExecutionOptions()
        options.maxVariableErrors = 20
        options.maskError = { error, path in ErrorMask.mask(error, at: path, log: log) }
        let executable = try ServedSchema.executable(options: options)
        endpoint = GraphQLEndpoint(
            preparer: DocumentPreparer(schema: executable.schema, sha256: { Digest.sha256($0) }),
            executable: executable,
            options: GraphQLEndpoint.Options(),
            context: { request in
                let now = Timestamp.now
                return RequestContext(
                    recruiterID: Self.recruiter(of: request, tokens: database.tokens, at: now, log: log),
                    recruiters: database.recruiters,
                    jobs: database.jobs,
                    now: now
                )
            }
        )
        self.database = database
        self.log = log
        if !pages.hasExplorer { log.write(.notice, "the explorer is not installed: run Scripts/install-explorer") }
    }

    /// What to do with a request; each is logged when it is answered.
    func route(_ request: HTTPRequest) -> HTTPRoute {
        let start = ContinuousClock.now
        switch endpoints(request) {
        case .answer(let response):
            write(request, response, since: start)
            return .answer(response)
        case .collect(let maxBytes, let respond):
            return .collect(maxBytes: maxBytes) { request, body in
                let response = await CurrentRequest.$id.withValue(request.id) { await respond(request, body) }
                write(request, response, since: start)
                return response
            }
        case .stream(let maxBytes, let respond):
            return .stream(maxBytes: maxBytes) { request, body in
                let response = await CurrentRequest.$id.withValue(request.id) { await respond(request, body) }
                write(request, response, since: start)
                return response
            }
        }
    }

    private func endpoints(_ request: HTTPRequest) -> HTTPRoute {
        if let page = pages.route(request) { return page }
        if request.path == "/graphql" { return endpoint.route(request) }
        guard ["/", "/schema.graphql", "/healthz", "/readyz"].contains(request.path) else {
            return .answer(.text(404, "There is nothing here."))
        }
        guard request.method == "GET" || request.method == "HEAD" else {
            return .answer(.text(405, "Only GET is answered here.", fields: ["Allow": "GET, HEAD"]))
        }
        switch request.path {
        case "/": return .answer(Self.signpost)
        case "/healthz": return .answer(.text(200, "ok", fields: ["Cache-Control": "no-store"]))
        case "/schema.graphql":
            return .answer(
                HTTPResponse(
                    status: 200,
                    fields: ["Content-Type": "application/graphql; charset=utf-8"],
                    body: .bytes(ServedSchema.sdl)
                )
            )
        default: return .collect(maxBytes: 0) { _, _ in await readiness() }
        }
    }

    /// Collections and indexes are there since the start; the database may have gone since.
    private func readiness() async -> HTTPResponse {
        do {
            try await database.workers.ping()
            return .text(200, "ready", fields: ["Cache-Control": "no-store"])
        } catch {
            log.write(.warning, "not ready", ["request": .string(CurrentRequest.id), "error": .string("\(error)")])
            return .text(503, "The database cannot be reached.", fields: ["Cache-Control": "no-store"])
        }
    }

    private static let signpost: HTTPResponse = {
        var response = HTTPResponse.text(
            200,
            """
            Shortlist

            /graphql         GraphQL over HTTP: POST, or GET with ?query=; in a browser, the explorer
            /schema.graphql  the schema
            /healthz         alive
            /readyz          able to answer
            """
        )
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["Vary"] = "Accept"
        return response
    }()

    /// Nil for nobody, and for a token that signs nobody in: what needs a sign-in then says so itself.
    private static func recruiter(
        of request: HTTPRequest,
        tokens: AccessTokens,
        at now: Timestamp,
        log: Log
    ) -> ObjectID? {
        guard let token = BearerToken.find(in: request.fields) else { return nil }
        do {
            return try tokens.recruiter(signedInBy: token, at: now)
        } catch {
            log.write(.debug, "refused a token", ["request": .string(request.id), "reason": .string("\(error)")])
            return nil
        }
    }

    private func write(_ request: HTTPRequest, _ response: HTTPResponse, since start: ContinuousClock.Instant) {
        let elapsed = (ContinuousClock.now - start).components
        let microseconds = Int(elapsed.seconds) * 1_000_000 + Int(elapsed.attoseconds / 1_000_000_000_000)
        log.write(
            .info,
            "request",
            [
                "request": .string(request.id), "method": .string(request.method), "path": .string(request.path),
                "status": .int(response.status), "us": .int(microseconds), "from": .string(request.remoteAddress),
            ]
        )
    }
}

/// What clients see of errors that are not meant for them; the log sees all.
enum ErrorMask {
    /// - Parameters:
    ///   - error: As a resolver threw it.
    ///   - path: Where in the data.
    ///   - log: Is told the error with the request's identifier.
    /// - Returns: `UNAVAILABLE` where the database is gone, else `INTERNAL`; both with the request's identifier.
    static func mask(_ error: any Error, at path: ResponsePath, log: Log) -> GraphQLError {
        let place = path.steps.map { step in
            switch step {
            case .field(let name): name
            case .index(let index): String(index)
            }
        }
        log.write(
            .error,
            "resolver failed",
            [
                "request": .string(CurrentRequest.id), "path": .string(place.joined(separator: ".")),
                "error": .string("\(error)"),
            ]
        )
        let isAway = (error as? MongoError)?.isUnreachable ?? false
        return GraphQLError(
            isAway ? "The database cannot be reached. Try again." : "Internal error.",
            extensions: [
                "code": .string(isAway ? "UNAVAILABLE" : "INTERNAL"), "requestId": .string(CurrentRequest.id),
            ]
        )
    }
}
