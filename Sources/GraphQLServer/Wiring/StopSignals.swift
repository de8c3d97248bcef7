internal import Dispatch
internal import Foundation
internal import Pipeline
internal import Synchronization

/// Hears SIGTERM and SIGINT; a second one ends the process at once, and so does what has not ended half a minute later.
///
/// `@unchecked Sendable`: sources of Dispatch may be used from any thread.
final class StopSignals: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]
    private let end: DispatchWorkItem

    /// More than what is under way may take; what hangs beyond, such as on a MongoDB that stands still, loses nothing.
    private static let maxSeconds = 30

    /// Returns once every signal is heard: one that came before was ignored.
    ///
    /// - Parameters:
    ///   - log: Is told what hangs.
    ///   - stop: Called once, on a queue of its own.
    init(_ log: Log, _ stop: @escaping @Sendable () -> Void) async {
        let queue = DispatchQueue(label: "signals")
        let end = DispatchWorkItem {
            log.write(.error, "ended before all that was under way", ["seconds": .int(Self.maxSeconds)])
            // Not `exit`: what hangs may hold what it would tidy up.
            _exit(EXIT_FAILURE)
        }
        self.end = end
        let isStopping = Once()
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard isStopping.begin() else { Foundation.exit(128 + number) }
                queue.asyncAfter(deadline: .now() + .seconds(Self.maxSeconds), execute: end)
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

    /// Hears no more: all that was under way has ended.
    func cancel() {
        end.cancel()
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
