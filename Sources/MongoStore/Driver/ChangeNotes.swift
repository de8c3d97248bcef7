internal import Schema
internal import Synchronization

/// What one client has changed: told at once, or when the transaction that it is in has been committed.
///
/// Used by the thread alone that has the client.
final class ChangeNotes {
    private let bell: CommitBell
    /// Nil outside transactions.
    private var held: Set<ChangeTopic>?

    init(_ bell: CommitBell) { self.bell = bell }

    func add(_ topic: ChangeTopic) {
        if held == nil { bell.ring([topic]) } else { held?.insert(topic) }
    }

    func hold() { held = [] }
    func drop() { held = nil }

    func tellHeld() {
        if let held, !held.isEmpty { bell.ring(held) }
        held = nil
    }
}

/// Tells what this process has changed.
final class CommitBell: Sendable {
    private let listener = Mutex<(@Sendable (Set<ChangeTopic>) -> Void)?>(nil)

    func listen(_ listener: @escaping @Sendable (Set<ChangeTopic>) -> Void) {
        self.listener.withLock { $0 = listener }
    }

    func ring(_ topics: Set<ChangeTopic>) {
        listener.withLock { $0 }?(topics)
    }
}
