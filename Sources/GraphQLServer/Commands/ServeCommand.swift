internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Pipeline
internal import Synchronization

/// `shortlist serve`: the API.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the GraphQL API, until SIGTERM or SIGINT.",
        discussion: "Each option is also a variable of the environment; an option comes first."
    )

    @Option(help: "How many resumes are processed at once; 0 leaves that to “shortlist work”. Default: one per core.")
    var workers = BatchRunner.cores

    @OptionGroup var listening: ListeningOptions
    @OptionGroup var options: DatabaseOptions

    func validate() throws {
        guard (0...1_024).contains(workers) else { throw ValidationError("--workers must be from 0 to 1024") }
    }

    func run() async throws {
        let log = try options.log()
        let (address, port) = try listening.address()
        let publicURL = try listening.publicURL()
        let screening = try screening(log)
        let database = try await Database.open(options, log: log)
        do {
            try await serve(database, screening, address, port, publicURL, log)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        log.write(.info, "stopped")
    }

    /// Without workers the model only serves previews and verifications: the server does without.
    private func screening(_ log: Log) throws -> Screening? {
        do {
            return try Screening.load(threads: max(1, workers))
        } catch let failure as CommandFailure where workers == 0 {
            log.write(.warning, "no previews, no verifications", ["reason": .string(failure.message)])
            return nil
        }
    }

    private func serve(
        _ database: Database,
        _ screening: Screening?,
        _ address: String,
        _ port: Int,
        _ publicURL: String?,
        _ log: Log
    ) async throws {
        let links = try SignedLinks(secrets: database.secrets)
        let server = try Server(database: database, links: links, rescorer: screening?.rescorer, log: log)
        var hostOptions = HTTPHost.Options()
        hostOptions.host = address
        hostOptions.port = port
        let host: HTTPHost
        do throws(HTTPHostError) {
            host = try HTTPHost(options: hostOptions) { server.route($0) }
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: Self.explain(error))
        }
        let shown = address.contains(":") ? "[\(address)]" : address
        let url = publicURL ?? "http://\(shown):\(host.port)"
        links.setBase(url)
        var work: BackgroundWork?
        if let screening, workers > 0 {
            work = BackgroundWork(database, processor: screening.processor, workers: workers, log: log)
        }
        let signals = StopSignals {
            log.write(.info, "draining")
            host.drain()
        }
        log.write(.info, "serving", ["url": .string(url), "port": .int(host.port), "workers": .int(workers)])
        await host.run()
        await work?.stop()
        signals.cancel()
    }

    private static func explain(_ error: HTTPHostError) -> String {
        guard case .cannotListen(let host, let port, let errno) = error else { return "\(error)" }
        let reason = unsafe String(cString: strerror(errno))
        return "HOST and PORT: cannot listen on \(host), port \(port): \(reason)"
    }
}

/// Hears SIGTERM and SIGINT; the second one ends the process at once.
///
/// `@unchecked Sendable`: sources of Dispatch may be used from any thread.
private final class StopSignals: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter stop: Called once, on a queue of its own.
    init(_ stop: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "signals")
        let isStopping = Once()
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard isStopping.begin() else { Foundation.exit(128 + number) }
                stop()
            }
            source.activate()
            return source
        }
    }

    func cancel() {
        for source in sources { source.cancel() }
    }
}

/// Something that happens once.
private final class Once: Sendable {
    private let hasBegun = Mutex(false)

    /// Whether this is the first call.
    func begin() -> Bool {
        hasBegun.withLock { hasBegun in
            defer { hasBegun = true }
            return !hasBegun
        }
    }
}
