import Synchronization

/// Lets those who ask at the same time share one question, whatever each of them asks for.
///
/// Thousands who ask for jobs cost a few round trips at a time. Only a read that has not begun is shared: one that is under way
/// may be older than what somebody was told since. One of those who share a read makes it, in its own task, and hands the
/// others what it found: no task is begun for it, and no thread switched to.
final class GatheredReads<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Somebody who asks while enough reads are under way; resumed once, by whoever took it out of the state.
    @safe private struct Asker {
        let keys: Set<Key>
        let continuation: UnsafeContinuation<Turn, any Error>
    }

    /// What becomes of one who asks.
    private enum Turn {
        /// Others have read it.
        case found([Key: Value])
        /// It reads, for these as well.
        case reads([Asker])
    }

    private struct State {
        /// How many reads are under way.
        var running = 0
        /// In the order of their coming.
        var waiting: [Asker] = []
    }

    private let read: @Sendable (Set<Key>) async throws -> [Key: Value]
    private let atOnce: Int
    private let state = Mutex(State())
    /// Of one read, give or take those of one asker.
    private static var maxKeys: Int { 500 }

    /// How many keys are to be asked for when a read has ended that is under way.
    var waitingCount: Int { state.withLock { $0.waiting.reduce(0) { $0 + $1.keys.count } } }

    /// - Parameters:
    ///   - atOnce: How many reads may be under way; who comes then is gathered. Two, so that one which takes long holds up
    ///     nobody.
    ///   - read: Reads what is there of the keys.
    init(atOnce: Int = 2, _ read: @escaping @Sendable (Set<Key>) async throws -> [Key: Value]) {
        self.atOnce = atOnce
        self.read = read
    }

    /// What a read finds that begins from now on.
    ///
    /// - Parameter keys: Of the asker; others' are read with them.
    /// - Returns: Those of `keys` that are there.
    /// - Throws: What the read throws, to all who share it; `CancellationError` to one whose task was cancelled, alone.
    func values(of keys: Set<Key>) async throws -> [Key: Value] {
        let turn = try await unsafe withUnsafeThrowingContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.running < atOnce else {
                    unsafe state.waiting.append(Asker(keys: keys, continuation: continuation))
                    return false
                }
                state.running += 1
                return true
            }
            if isFree { unsafe continuation.resume(returning: Turn.reads([])) }
        }
        // What others asked for may be theirs alone: a shared answer is never handed on as it is.
        switch turn {
        case .reads(let others) where others.isEmpty: return try await read(keys, and: [])
        case .reads(let others): return try await read(keys, and: others).filter { keys.contains($0.key) }
        case .found(let found): return found.filter { keys.contains($0.key) }
        }
    }

    private func read(_ keys: Set<Key>, and others: [Asker]) async throws -> [Key: Value] {
        do {
            let found = try await read(others.reduce(into: keys) { $0.formUnion($1.keys) })
            end()
            for other in others { unsafe other.continuation.resume(returning: .found(found)) }
            return found
        } catch  where Task.isCancelled {
            // This one's client has left, and nobody else's.
            end(leaving: others)
            throw error
        } catch {
            end()
            for other in others { unsafe other.continuation.resume(throwing: error) }
            throw error
        }
    }

    /// Ends a read; the first of those who wait makes the next.
    private func end(leaving askers: [Asker] = []) {
        let next: [Asker] = state.withLock { state in
            state.waiting.insert(contentsOf: askers, at: 0)
            var keys = 0
            let end = state.waiting.firstIndex { asker in
                keys += asker.keys.count
                return keys >= Self.maxKeys
            }
            let next = Array(state.waiting.prefix(end.map { $0 + 1 } ?? state.waiting.count))
            state.waiting.removeFirst(next.count)
            if next.isEmpty { state.running -= 1 }
            return next
        }
        if let first = next.first { unsafe first.continuation.resume(returning: .reads(Array(next.dropFirst()))) }
    }
}
