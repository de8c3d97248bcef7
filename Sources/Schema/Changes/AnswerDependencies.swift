internal import Synchronization

/// Takes down which states of jobs and batches an answer was made from.
///
/// As long as these are unchanged, so is the answer, since whatever lies below a job changes its version. A resolver whose value
/// hangs on anything else says so, and then nothing is known of the answer as a whole.
public final class AnswerDependencies: Sendable {
    private struct State {
        var versions: [ChangeTopic: Int64] = [:]
        var isSpoiled = false
    }

    private let state = Mutex(State())

    /// Stands for the version of what is not there.
    public static let absent: Int64 = -1

    /// Makes one without any.
    public init() {}

    /// The states that the answer was made from; nil where it hangs on something else, too.
    public var versions: [ChangeTopic: Int64]? {
        state.withLock { $0.isSpoiled || $0.versions.isEmpty ? nil : $0.versions }
    }

    /// The answer was made from this state, or from a later one.
    func add(_ topic: ChangeTopic, _ version: Int64) {
        state.withLock { state in
            // Read twice: what changed in between may be in the answer already, or not.
            state.versions[topic] = min(version, state.versions[topic] ?? version)
        }
    }

    /// The answer hangs on something that has no version.
    func spoil() { state.withLock { $0.isSpoiled = true } }
}

extension AnswerDependencies {
    /// Adds the jobs that were asked for; those that are not among `found` are not there.
    func add(jobs asked: some Sequence<ObjectID>, found: some Sequence<StoredJob>) {
        for id in asked { add(.job(id), Self.absent(unless: found.first { $0.id == id }?.version)) }
    }

    /// Adds the batches that were asked for; those that are not among `found` are not there.
    func add(batches asked: some Sequence<ObjectID>, found: some Sequence<StoredBatch>) {
        for id in asked { add(.batch(id), Self.absent(unless: found.first { $0.id == id }?.version)) }
    }

    private static func absent(unless version: Int64?) -> Int64 { version ?? absent }
}
