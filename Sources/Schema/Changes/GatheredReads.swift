/// Lets those who ask at the same time share one question, whatever each of them asks for.
///
/// Thousands who ask whether something is new cost one round trip at a time. Only a read that has not begun is shared: one
/// that is under way may be older than what somebody was told since.
public actor GatheredReads<Key: Hashable & Sendable, Value: Sendable> {
    private let read: @Sendable (Set<Key>) async throws -> [Key: Value]
    private var running: Task<[Key: Value], any Error>?
    /// To be asked for when that has ended.
    private var gathered: Set<Key> = []
    private var next: Task<[Key: Value], any Error>?

    /// How many keys are to be asked for when the read has ended that is under way.
    var waitingCount: Int { gathered.count }

    /// - Parameter read: Reads what is there of the keys.
    public init(_ read: @escaping @Sendable (Set<Key>) async throws -> [Key: Value]) {
        self.read = read
    }

    /// What a read finds that begins from now on.
    ///
    /// - Parameter keys: Of the asker; others' are read with them.
    /// - Returns: Those of `keys` that are there.
    /// - Throws: What the read throws, to all who share it.
    public func values(of keys: Set<Key>) async throws -> [Key: Value] {
        let task: Task<[Key: Value], any Error>
        if let running {
            gathered.formUnion(keys)
            task =
                next
                ?? Task {
                    _ = await running.result
                    return try await self.readGathered()
                }
            next = task
        } else {
            task = Task { try await self.finish(keys) }
            running = task
        }
        let found = try await task.value
        return found.count == keys.count ? found : found.filter { keys.contains($0.key) }
    }

    private func readGathered() async throws -> [Key: Value] {
        let keys = gathered
        (gathered, running, next) = ([], next, nil)
        return try await finish(keys)
    }

    private func finish(_ keys: Set<Key>) async throws -> [Key: Value] {
        defer { if next == nil { running = nil } }
        return try await read(keys)
    }
}
