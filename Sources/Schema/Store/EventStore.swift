/// Where it is read who did what with a job.
///
/// There is no way to write: an event comes into being with the change that it tells of, inside the other stores, or not at all.
public protocol EventStore: Sendable {
    /// A part of the events of each job, newest first, in the order of the queries.
    ///
    /// What is someone else's is not there.
    func events(_ queries: [EventQuery], of recruiter: ObjectID) async throws -> [Page<JobEvent>]
}

/// Which events of a job.
public struct EventQuery: Sendable, Equatable {
    /// Tells cursors of this order from others.
    static let order: Character = "e"

    /// The job.
    public var job: ObjectID
    /// Which part.
    public var page: PageRequest
    /// Whether ``JobEvent/details`` are read.
    public var needsDetails: Bool

    /// Each parameter is the property of its name.
    public init(job: ObjectID, page: PageRequest = PageRequest(), needsDetails: Bool = true) {
        self.job = job
        self.page = page
        self.needsDetails = needsDetails
    }

    /// Where an event stands.
    public func cursor(of event: JobEvent) -> PageCursor {
        PageCursor(order: Self.order, key: .number(Int64(event.number)), id: event.id)
    }
}
