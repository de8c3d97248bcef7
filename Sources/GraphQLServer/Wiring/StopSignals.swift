internal import Dispatch
internal import Foundation
internal import Synchronization

/// Hears SIGTERM and SIGINT; the second one ends the process at once.
///
/// `@unchecked Sendable`: sources of Dispatch may be used from any thread.
final class StopSignals: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]

    /// Returns once every signal is heard: one that came before was ignored.
    ///
    /// - Parameter stop: Called once, on a queue of its own.
    init(_ stop: @escaping @Sendable () -> Void) async {
        let queue = DispatchQueue(label: "signals")
        let isStopping = Once()
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard isStopping.begin() else { Foundation.exit(128 + number) }
                stop()
            }
            return source
        }
        for source in sources {
            await withCheckedContinuation { isHeard in
                source.setRegistrationHandler { isHeard.resume() }
                source.activate()
            }
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
