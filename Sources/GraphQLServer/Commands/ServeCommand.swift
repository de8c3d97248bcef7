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

    @OptionGroup var listening: ListeningOptions
    @OptionGroup var answering: AnsweringOptions
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let (log, (address, port), publicURL, rules, values) = try Settings.all(
            { try options.log() },
            { try listening.address() },
            { try listening.publicURL() },
            { try answering.rules() },
            { try options.values() }
        )
        let database = try await Database.open(values, log: log)
        do {
            let server = try Server(database: database, rules: rules, log: log)
            try await serve(server, address, port, publicURL, log)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        log.write(.info, "stopped")
    }

    private func serve(
        _ server: Server,
        _ address: String,
        _ port: Int,
        _ publicURL: String?,
        _ log: Log
    ) async throws {
        var hostOptions = HTTPHost.Options()
        hostOptions.host = address
        hostOptions.port = port
        // Whom this machine alone reaches stands behind a proxy, and that bounds its own clients.
        if address == "::1" || address.hasPrefix("127.") { hostOptions.maxConnectionsPerAddress = 0 }
        let host: HTTPHost
        do throws(HTTPHostError) {
            host = try HTTPHost(options: hostOptions, finish: server.finish) { server.route($0) }
        } catch {
            throw CommandFailure(status: ExitStatus.missing, message: Self.explain(error))
        }
        let signals = StopSignals {
            log.write(.info, "draining")
            host.drain()
        }
        let shown = address.contains(":") ? "[\(address)]" : address
        log.write(
            .info,
            "serving",
            ["url": .string(publicURL ?? "http://\(shown):\(host.port)"), "port": .int(host.port)]
        )
        await host.run()
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
