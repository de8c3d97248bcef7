internal import Foundation
internal import GraphQL
internal import MongoStore
internal import Pipeline
internal import Schema

/// The HTTP API: which path is answered by what.
///
/// A class, since every request that waits holds it several times.
final class Server: Sendable {
    let endpoint: GraphQLEndpoint
    let files: FileEndpoint
    let pages = Pages(installedIn: LocalFolder().explorer)
    let database: Database
    let rules: AnsweringRules
    let metrics: Metrics
    let log: Log

    /// - Parameters:
    ///   - database: Prepared.
    ///   - links: Their base is known before the first request is answered.
    ///   - rescorer: Nil where there is no model.
    ///   - accounts: Their rules.
    ///   - bounds: Of requests.
    ///   - rules: How the API answers.
    ///   - metrics: Shown at their path; counts operations.
    ///   - log: Is told each request.
    /// - Throws: What does not fit between the schema and its resolvers.
    init(
        database: Database,
        links: FilePlaces,
        rescorer: Rescorer?,
        accounts: Accounts,
        bounds: RequestBounds,
        rules: AnsweringRules,
        metrics: Metrics,
        log: Log
    ) throws {
        var options = ExecutionOptions()
        options.maxVariableErrors = 20
        // Suggestions tell the schema's names one by one.
        options.suggests = rules.allowsIntrospection
        options.onPhase = { metrics.graphql.passed($0, $1) }
        if let cost = bounds.cost { options.admit = { cost.refusal(of: $0, for: $1) } }
        options.executor = database.workers
        options.maskError = { error, path in ErrorMask.mask(error, at: path, log: log) }
        let executable = try ServedSchema.executable(options: options)
        var preparation = DocumentPreparer.Options()
        preparation.validation.allowsIntrospection = rules.allowsIntrospection
        preparation.validation.suggests = rules.allowsIntrospection
        preparation.onPhase = options.onPhase
        let room = WaitingRoom(limits: rules.waiting)
        let services = Services(
            stores: database.stores,
            links: links,
            rescorer: rescorer,
            accounts: accounts,
            limiter: bounds.limiter,
            resumesQuota: bounds.resumesQuota
        )
        endpoint = GraphQLEndpoint(
            preparer: DocumentPreparer(
                schema: executable.schema,
                options: preparation,
                sha256: { Digest.sha256($0) }
            ),
            executable: executable,
            options: GraphQLEndpoint.Options(statusProfile: rules.statusProfile),
            uploads: UploadIntake(store: database.files),
            observe: { metrics.graphql.finished($0, $1, after: $2) },
            waiting: Waiting(
                changes: database.changes,
                room: room,
                validators: try AnswerValidators(secrets: database.secrets, program: Self.program)
            ),
            hop: { await database.workers.hop() },
            context: { request in
                let now = Timestamp.now
                let claims = Self.claims(of: request, tokens: database.tokens, at: now, log: log)
                var context = RequestContext(recruiterID: claims?.recruiter, services: services, now: now)
                context.signedInUntil = claims?.expiresAt
                context.client = bounds.proxies.client(of: request)
                return context
            }
        )
        files = FileEndpoint(files: database.files, links: links.own)
        self.database = database
        self.rules = rules
        self.metrics = metrics
        self.log = log
        metrics.graphql.watch(endpoint.preparer)
        metrics.graphql.watch(room)
        if !pages.hasExplorer { log.write(.notice, "the explorer is not installed: run Scripts/install-explorer") }
    }

    /// Tells this build from others: the file of the program, as it was written.
    private static var program: String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "/proc/self/exe")
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let file = try? link.map { try FileManager.default.attributesOfItem(atPath: $0) } ?? attributes
        let written = (file?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(file?[.size] ?? 0) \(written)"
    }

    /// What to do with a request; each is logged when it is answered.
    func route(_ request: HTTPRequest) -> HTTPRoute {
        let start = ContinuousClock.now
        switch preflight(request) ?? endpoints(request) {
        case .answer(let response):
            write(request, response, since: start)
            return .answer(response)
        case .collect(let maxBytes, let respond):
            return .collect(maxBytes: maxBytes) { [self] request, body in
                // The loop's thread, on which this begins, has no time for more.
                if body.count > Self.maxBytesAtOnce { await database.workers.hop() }
                return await answer(request, since: start) { await respond($0, body) }
            }
        case .stream(let maxBytes, let respond):
            return .stream(maxBytes: maxBytes) { [self] request, body in
                await answer(request, since: start) { await respond($0, body) }
            }
        }
    }

    /// Completes the fields of every response, also of those by which the host refuses a request.
    func finish(_ response: inout HTTPResponse, _ request: HTTPRequest) {
        if request.path == "/graphql" { response.fields.fill("Cache-Control", "no-store") }
        rules.cors.add(to: &response, for: request)
    }

    private func answer(
        _ request: HTTPRequest,
        since start: ContinuousClock.Instant,
        _ respond: (HTTPRequest) async -> HTTPResponse
    ) async -> HTTPResponse {
        let made = await CurrentRequest.$id.withValue(request.id) { await respond(ContentCoding.plain(request)) }
        if case .later(let pause, let respond) = made.body {
            return .later(pause) { [self] in await answer(request, since: start) { _ in await respond() } }
        }
        // Packing is no work for the loop's thread.
        if ContentCoding.packs(made, for: request) { await database.workers.hop() }
        let response = ContentCoding.coded(made, for: request)
        write(request, response, since: start)
        return response
    }

    /// Longer bodies are read elsewhere.
    private static let maxBytesAtOnce = 16 << 10

    private func preflight(_ request: HTTPRequest) -> HTTPRoute? {
        // What is answered at once closes its connection, which the browser is about to use.
        rules.cors.preflight(request).map { response in .collect(maxBytes: 0) { _, _ in response } }
    }

    private func endpoints(_ request: HTTPRequest) -> HTTPRoute {
        if let page = pages.route(request) { return page }
        if request.path == "/graphql" { return endpoint.route(request) }
        if request.path.hasPrefix(FileEndpoint.path) { return files.route(request) }
        guard ["/", "/schema.graphql", "/healthz", "/readyz", Metrics.path].contains(request.path) else {
            return .answer(.text(404, "There is nothing here."))
        }
        guard request.method == "GET" || request.method == "HEAD" else {
            return .answer(.text(405, "Only GET is answered here.", fields: ["Allow": "GET, HEAD"]))
        }
        switch request.path {
        case "/": return .answer(Self.signpost)
        case "/healthz": return .answer(.text(200, "ok", fields: ["Cache-Control": "no-store"]))
        case "/schema.graphql":
            guard rules.allowsIntrospection else { return .answer(.text(404, "Introspection is off.")) }
            // Not answered at once, so that it may be packed.
            return .collect(maxBytes: 0) { _, _ in
                HTTPResponse(
                    status: 200,
                    fields: ["Content-Type": "application/graphql; charset=utf-8"],
                    body: .bytes(ServedSchema.sdl)
                )
            }
        case Metrics.path:
            // Not on the threads that ask MongoDB, which may stand still.
            return .collect(maxBytes: 0) { [metrics] _, _ in await metrics.response() }
        default: return .collect(maxBytes: 0) { [self] _, _ in await readiness() }
        }
    }

    /// Collections and indexes are there since the start; the database may have gone since.
    private func readiness() async -> HTTPResponse {
        let trouble = await value(before: .now + Self.maxPingTime, on: database.workers) { [database] in
            do {
                try await database.workers.ping()
                return ""
            } catch {
                return "\(error)"
            }
        }
        if trouble == "" { return .text(200, "ready", fields: ["Cache-Control": "no-store"]) }
        log.write(
            .warning,
            "not ready",
            ["request": .string(CurrentRequest.id), "error": .string(trouble ?? "no answer")]
        )
        return .text(503, "The database cannot be reached.", fields: ["Cache-Control": "no-store"])
    }

    /// Those who look whether a server is ready wait for seconds at most.
    private static let maxPingTime = Duration.seconds(5)

    private static let signpost = HTTPResponse.text(
        200,
        """
        Shortlist

        /graphql         GraphQL over HTTP: POST, or GET with ?query=; in a browser, the explorer
        /files/…         files, by signed links
        /schema.graphql  the schema
        /healthz         alive
        /readyz          able to answer
        /metrics         measurements, for Prometheus
        """,
        fields: ["Vary": "Accept"]
    )

    /// Nil for nobody, and for a token that signs nobody in: what needs a sign-in then says so itself.
    private static func claims(
        of request: HTTPRequest,
        tokens: AccessTokens,
        at now: Timestamp,
        log: Log
    ) -> AccessTokens.Claims? {
        guard let token = BearerToken.find(in: request.fields) else { return nil }
        do {
            return try tokens.claims(of: token, at: now)
        } catch {
            log.write(.debug, "refused a token", ["request": .string(request.id), "reason": .string("\(error)")])
            return nil
        }
    }

    private func write(_ request: HTTPRequest, _ response: HTTPResponse, since start: ContinuousClock.Instant) {
        let elapsed = (ContinuousClock.now - start).components
        // Whoever has a file's link has the file: it is none of the log's.
        let isLink = request.path.hasPrefix(FileEndpoint.path)
        let microseconds = Int(elapsed.seconds) * 1_000_000 + Int(elapsed.attoseconds / 1_000_000_000_000)
        log.write(
            .info,
            "request",
            [
                "request": .string(request.id), "method": .string(request.method),
                "path": .string(isLink ? FileEndpoint.path + "…" : request.path),
                "status": .int(response.status), "us": .int(microseconds), "from": .string(request.remoteAddress),
            ]
        )
    }
}

extension UploadIntake {
    /// Keeps files in `store` for those who are signed in, and lets resolvers find them in their ``RequestContext``.
    init(store: any FileStore) {
        self.init(
            store: store,
            admit: { count, context in
                guard let context = context as? RequestContext else { throw GraphQLError.unauthenticated }
                return try await context.admit(files: count)
            },
            add: { files, context in
                guard var context = context as? RequestContext else { return context }
                context.uploads = files
                return context
            }
        )
    }
}

/// What clients see of errors that are not meant for them; the log sees all.
enum ErrorMask {
    /// - Parameters:
    ///   - error: As a resolver threw it.
    ///   - path: Where in the data.
    ///   - log: Is told the error with the request's identifier.
    /// - Returns: `UNAVAILABLE` where the database is gone or busy, else `INTERNAL`; both with the request's identifier.
    static func mask(_ error: any Error, at path: ResponsePath, log: Log) -> GraphQLError {
        // The client left: nobody is told, and nothing is wrong.
        if error is CancellationError {
            return GraphQLError("The request was given up.", extensions: ["code": .string("UNAVAILABLE")])
        }
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
        let (message, code) =
            switch error as? MongoError {
            case let error? where error.isUnreachable: ("The database cannot be reached. Try again.", "UNAVAILABLE")
            case let error? where error.hasNoTransactions:
                ("The database of this server is no replica set, which this takes.", "UNAVAILABLE")
            case let error? where error.mayPass: ("The database is busy. Try again.", "UNAVAILABLE")
            default: ("Internal error.", "INTERNAL")
            }
        return GraphQLError(
            message,
            extensions: ["code": .string(code), "requestId": .string(CurrentRequest.id)]
        )
    }
}
