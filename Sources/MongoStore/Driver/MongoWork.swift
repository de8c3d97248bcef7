/// What came of one piece of work on a thread of ``MongoWorkers``.
public struct MongoWork: Sendable {
    /// For a thread.
    public let waited: Duration
    /// On the thread, with all its commands.
    public let took: Duration
    /// What MongoDB or its driver said, where that ended the work.
    public let error: MongoError?
}
