internal import Synchronization

/// Wakes those in this process who wait for changes.
///
/// Signalling costs a lookup for each topic, and a step for each watch on it; nobody is waited for.
public final class ChangeHub: Sendable {
    private struct State {
        var watches: [ChangeTopic: [ObjectIdentifier: WeakWatch]] = [:]
        var isComplete = false
        var isClosed = false
    }

    private struct WeakWatch {
        weak var watch: ChangeWatch?
    }

    private let state = Mutex(State())
    /// For all who wait here.
    let clock = WaitClock()

    /// Makes one that nobody waits at, and that is told only of changes of this process.
    public init() {}

    /// Whether every change is told, also those of other processes.
    ///
    /// Where it is not, whoever waits must look again from time to time. Everyone is woken when that changes.
    public var isComplete: Bool { state.withLock { $0.isComplete } }

    /// How many watches there are.
    public var watchCount: Int {
        state.withLock { state in Set(state.watches.values.flatMap(\.keys)).count }
    }

    /// Says whether every change will be told from now on.
    public func setComplete(_ isComplete: Bool) {
        state.withLock { $0.isComplete = isComplete }
        signalAll()
    }

    /// Listens from now on.
    public func watch(_ topics: Set<ChangeTopic>) -> ChangeWatch {
        let watch = ChangeWatch(topics: topics, hub: self)
        let isClosed = state.withLock { state in
            for topic in topics {
                state.watches[topic, default: [:]][ObjectIdentifier(watch)] = WeakWatch(watch: watch)
            }
            return state.isClosed
        }
        if isClosed { watch.close() }
        return watch
    }

    /// Something of these changed.
    public func signal(_ topics: Set<ChangeTopic>) {
        let woken = state.withLock { state in
            topics.union([.anything]).flatMap { state.watches[$0]?.values.compactMap(\.watch) ?? [] }
        }
        for watch in woken { watch.signal() }
    }

    /// Something may have changed anywhere.
    public func signalAll() {
        for watch in all() { watch.signal() }
    }

    /// Ends every wait, now and from now on: the process is to stop.
    public func close() {
        state.withLock { $0.isClosed = true }
        for watch in all() { watch.close() }
    }

    private func all() -> [ChangeWatch] {
        state.withLock { state in state.watches.values.flatMap { $0.values.compactMap(\.watch) } }
    }

    func forget(_ watch: ObjectIdentifier, _ topics: Set<ChangeTopic>) {
        state.withLock { state in
            for topic in topics {
                state.watches[topic]?[watch] = nil
                if state.watches[topic]?.isEmpty == true { state.watches[topic] = nil }
            }
        }
    }
}
