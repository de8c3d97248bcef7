/// Jobs made ready, the latest ones remembered: a batch prepares its job once.
public actor PreparedJobs {
    private static let maxCount = 64

    private let screener: Screener
    private var known: [String: Task<Screener.PreparedJob, any Error>] = [:]
    /// The oldest first.
    private var order: [String] = []

    /// Makes an empty one.
    public init(_ screener: Screener) { self.screener = screener }

    /// The job, made ready now or before.
    ///
    /// - Parameters:
    ///   - job: As it was given.
    ///   - key: Equal for equal jobs and revisions.
    /// - Returns: The same for all who ask with one key.
    /// - Throws: What the embedder throws.
    public func prepared(_ job: Job, key: String) async throws -> Screener.PreparedJob {
        if let task = known[key] { return try await task.value }
        // A task of its own: whoever asked first may be cancelled while others wait.
        let task = Task { [screener] in try await screener.prepare(job) }
        known[key] = task
        order.append(key)
        if order.count > Self.maxCount { known[order.removeFirst()] = nil }
        do {
            return try await task.value
        } catch {
            known[key] = nil
            order.removeAll { $0 == key }
            throw error
        }
    }
}
