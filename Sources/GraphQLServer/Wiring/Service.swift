internal import ArgumentParser
internal import Foundation
internal import MongoStore
internal import Pipeline

/// What a serving process is told.
struct ServiceOptions: ParsableArguments {
    @Option(
        help: """
            How many resumes are processed at once; 0 leaves that to “shortlist work”. Default: one per core, and one more.
            """
    )
    var workers = Screening.defaultWorkers

    @OptionGroup var model: ModelOptions
    @OptionGroup var listening: ListeningOptions
    @OptionGroup var answering: AnsweringOptions
    @OptionGroup var fetching: FetchingOptions
    @OptionGroup var mail: MailOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (0...1_024).contains(workers) else { throw ValidationError("--workers must be from 0 to 1024") }
    }
}

/// A whole server: the database, the API and, unless told otherwise, the pipeline.
struct Service: Sendable {
    /// Where it is reached, without a slash at the end.
    let url: String
    private let workers: Int
    let database: Database
    private let host: HTTPHost
    private let work: BackgroundWork?
    private let mail: Task<Void, Never>
    private let log: Log

    /// Opens the database, listens and begins to work; requests are answered by ``run()``.
    ///
    /// - Throws: ``CommandFailure`` that says what is wrong or missing.
    static func start(_ options: ServiceOptions) async throws -> Service {
        Log.outliveReader()
        let (log, (address, port), limits, publicURL, rules, sources, mail, values) = try Settings.all(
            { try options.database.log() },
            { try options.listening.address() },
            {
                // Where the address is wrong, that is said already.
                let host = (try? options.listening.address().host) ?? "127.0.0.1"
                return try options.limits.values(host: host)
            },
            { try options.listening.publicURL() },
            { try options.answering.rules() },
            { try options.fetching.values() },
            { try options.mail.values() },
            { try options.database.values() }
        )
        let screening = try screening(options, log)
        let metrics = Metrics()
        let database = try await Database.open(values, log: log, observe: metrics.mongo.finished)
        metrics.watch(database.workers)
        do {
            let links = try SignedLinks(secrets: database.secrets)
            // Whom this machine alone reaches stands behind a proxy: where that is not trusted to name its clients, it bounds them.
            let isLoopback = address == "::1" || address.hasPrefix("127.")
            var rules = rules
            if isLoopback, limits.proxies.ranges.isEmpty { rules.waiting.perAddress = 0 }
            if !limits.isLimited { rules.waiting.perRecruiter = 0 }
            let bounds = RequestBounds(limits, in: database)
            let service = try AccountService(database, mail: mail, limiter: bounds.limiter, log: log)
            let server = try Server(
                database: database,
                links: FilePlaces(own: links, cloud: sources.cloud, rules: sources.rules),
                rescorer: screening?.rescorer,
                accounts: service.accounts,
                bounds: bounds,
                rules: rules,
                metrics: metrics,
                log: log
            )
            var hostOptions = HTTPHost.Options()
            hostOptions.host = address
            hostOptions.port = port
            if isLoopback { hostOptions.maxConnectionsPerAddress = 0 }
            hostOptions.maxConnections = connections(hostOptions.maxConnections, log)
            let host = try listen(hostOptions, server)
            metrics.watch(host)
            let shown = address.contains(":") ? "[\(address)]" : address
            let url = publicURL ?? "http://\(shown):\(host.port)"
            links.setBase(url)
            database.changes.start()
            var work: BackgroundWork?
            if let screening, options.workers > 0 {
                work = BackgroundWork(
                    database,
                    processor: screening.processor,
                    fetcher: FetchingOptions.fetcher(sources.rules, workers: options.workers),
                    workers: options.workers,
                    metrics: metrics.pipeline,
                    log: log
                )
            }
            return Service(
                url: url,
                workers: options.workers,
                database: database,
                host: host,
                work: work,
                mail: service.sendMail(),
                log: log
            )
        } catch {
            await database.close()
            throw error
        }
    }

    /// Answers until SIGTERM, SIGINT or ``stop()``; then ends what is under way, and closes the database.
    func run() async {
        let signals = await StopSignals(log) { stop() }
        // Said only now: whoever reads it may send a signal at once.
        log.write(
            .info,
            "serving",
            ["url": .string(url), "port": .int(host.port), "workers": .int(workers)]
        )
        await host.run()
        mail.cancel()
        await work?.stop()
        await mail.value
        await database.close()
        // Heard to the end: a second signal stops what hangs.
        signals.cancel()
        log.write(.info, "stopped")
    }

    /// Accepts no more connections; ``run()`` then comes to its end.
    func stop() {
        log.write(.info, "draining")
        host.drain()
        work?.drain()
        // Whoever waits is answered with what there is.
        database.changes.close()
    }

    /// As many as there are files for, where those are fewer than wanted.
    private static func connections(_ wanted: Int, _ log: Log) -> Int {
        let limit = OpenFiles.raiseLimit()
        let possible = OpenFiles.connections(wanted, within: limit)
        if let limit, possible < wanted {
            log.write(
                .warning,
                "few open files are allowed; raise ulimit -Hn, or LimitNOFILE of the service",
                [
                    "allowed": .int(limit), "connections": .int(possible),
                    "needed": .int(wanted + OpenFiles.reserve),
                ]
            )
        }
        return possible
    }

    /// Without workers the model only serves previews and verifications: the server does without.
    private static func screening(_ options: ServiceOptions, _ log: Log) throws -> Screening? {
        do {
            return try Screening.load(options.model, workers: options.workers)
        } catch let failure as CommandFailure where options.workers == 0 {
            log.write(.warning, "no previews, no verifications", ["reason": .string(failure.message)])
            return nil
        }
    }

    /// Loops answer what they can on their own threads, each of which has a connection to MongoDB.
    private static func answering(_ workers: MongoWorkers) -> HTTPHost.Answering {
        HTTPHost.Answering(
            begin: { workers.begin(here: $0, $1) },
            run: { loop in workers.join(loop) },
            hasWork: { workers.hasKeptWork },
            work: { workers.doKeptWork() },
            relieve: { workers.relieveGuests() }
        )
    }

    private static func listen(_ options: HTTPHost.Options, _ server: Server) throws -> HTTPHost {
        do throws(HTTPHostError) {
            return try HTTPHost(
                options: options,
                finish: server.finish,
                observer: server.metrics.http,
                answering: answering(server.database.workers),
                route: { server.route($0) }
            )
        } catch {
            guard case .cannotListen(let host, let port, let errno) = error else { throw error }
            let reason = unsafe String(cString: strerror(errno))
            throw CommandFailure(
                status: ExitStatus.missing,
                message: "HOST and PORT: cannot listen on \(host), port \(port): \(reason)"
            )
        }
    }
}
