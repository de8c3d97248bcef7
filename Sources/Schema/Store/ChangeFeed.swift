/// What changes: a job with everything below it, or a batch.
public enum ChangeTopic: Hashable, Sendable {
    case job(ObjectID)
    case batch(ObjectID)
    /// Any of all recruiters.
    case anything
}

/// Tells when something changed, whoever changed it.
///
/// It tells no more than that: whoever waits reads again, and may find that nothing of interest to it is new.
public protocol ChangeFeed: Sendable {
    /// Listens from now on: what is read afterwards and then changes is told by the watch.
    func watch(_ topics: Set<ChangeTopic>) -> ChangeWatch

    /// The versions of jobs and batches, which grow with every change.
    ///
    /// - Parameters:
    ///   - topics: Jobs and batches.
    ///   - recruiter: Whose.
    /// - Returns: Those that are there.
    /// - Throws: What the store says went wrong.
    func versions(of topics: Set<ChangeTopic>, of recruiter: ObjectID) async throws -> [ChangeTopic: Int64]
}
