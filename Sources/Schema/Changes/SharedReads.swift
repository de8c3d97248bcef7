/// Lets those who ask for the same at the same time share one read.
///
/// A hundred who wait for one job are woken together. Only a read that has not begun is shared: one that is under way may be
/// older than the change that somebody was told of since.
actor SharedReads<Key: Hashable & Sendable, Value: Sendable> {
    private let read: @Sendable (Key) async throws -> Value
    /// Under way.
    private var running: [Key: Task<Value, any Error>] = [:]
    /// To begin when that has ended.
    private var next: [Key: Task<Value, any Error>] = [:]

    /// - Parameter read: What is shared.
    init(_ read: @escaping @Sendable (Key) async throws -> Value) {
        self.read = read
    }

    /// What a read gives that begins from now on.
    func value(of key: Key) async throws -> Value {
        if let shared = next[key] { return try await shared.value }
        let task: Task<Value, any Error>
        if let running = running[key] {
            task = Task {
                _ = await running.result
                self.begin(key)
                return try await self.finish(key)
            }
            next[key] = task
        } else {
            task = Task { try await self.finish(key) }
            running[key] = task
        }
        return try await task.value
    }

    private func begin(_ key: Key) {
        running[key] = next.removeValue(forKey: key)
    }

    private func finish(_ key: Key) async throws -> Value {
        defer { if next[key] == nil { running[key] = nil } }
        return try await read(key)
    }
}
