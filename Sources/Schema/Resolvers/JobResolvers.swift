internal import GraphQL

extension Resolvers {
    /// `Job`.
    mutating func addJob() {
        field("Job.id", on: StoredJob.self) { NodeID(.job, $0.id).description }
        field("Job.title", on: StoredJob.self) { $0.content.title }
        field("Job.company", on: StoredJob.self) { $0.content.company }
        field("Job.location", on: StoredJob.self) { $0.content.location }
        field("Job.description", on: StoredJob.self) { $0.content.description }
        field("Job.blind", on: StoredJob.self) { $0.content.isBlind }
        field("Job.status", on: StoredJob.self) { $0.status.rawValue }
        field("Job.requirements", on: StoredJob.self) { JobRequirementsView(requirements: $0.content.requirements) }
        field("Job.weights", on: StoredJob.self) { ScoringWeightsView(weights: $0.content.weights) }
        field("Job.revision", on: StoredJob.self) { $0.revision }
        field("Job.createdAt", on: StoredJob.self) { $0.createdAt.description }
        field("Job.lastUpdatedAt", on: StoredJob.self) { $0.lastUpdatedAt.description }

        field("Job.totalResumes", on: StoredJob.self) { $0.counters.total }
        field("Job.queuedResumes", on: StoredJob.self) { $0.counters.queued }
        field("Job.completedResumes", on: StoredJob.self) { $0.counters.completed }
        field("Job.failedResumes", on: StoredJob.self) { $0.counters.failed }
        field("Job.passedResumes", on: StoredJob.self) { $0.counters.passed }
        field("Job.rejectedResumes", on: StoredJob.self) { $0.counters.rejected }
        field("Job.scoreHistogram", on: StoredJob.self) { $0.counters.histogram }
        field("Job.skillCoverage", on: StoredJob.self) { $0.counters.skills }

        batch("Job.resumes", on: StoredJob.self) { jobs, call in try await Self.nothing(.resumes, below: jobs, call) }
        batch("Job.batches", on: StoredJob.self) { jobs, call in try await Self.nothing(.batches, below: jobs, call) }
    }

    /// An empty connection for each job that has nothing there; what is there cannot be shown yet, and says so.
    private static func nothing(
        _ what: JobUse,
        below jobs: [StoredJob],
        _ call: FieldCall
    ) async throws -> [Result<EmptyConnection, GraphQLError>] {
        // No cursor was ever given out: whatever is sent as one is refused.
        _ = try PageRequest(call, order: "-")
        let used = try await call.request().jobs.jobsInUse(jobs.map(\.id), by: what)
        return jobs.map { job in
            used.contains(job.id)
                ? .failure(.unavailable("The \(what) of a job are not served.")) : .success(EmptyConnection())
        }
    }
}
