internal import GraphQL

extension Resolvers {
    /// `Job`.
    mutating func addJob() {
        field("Job.id", on: StoredJob.self) { NodeID(.job, $0.id) }
        field("Job.title", on: StoredJob.self) { $0.content.title }
        field("Job.company", on: StoredJob.self) { $0.content.company }
        field("Job.location", on: StoredJob.self) { $0.content.location }
        field("Job.description", on: StoredJob.self) { $0.content.description }
        field("Job.blind", on: StoredJob.self) { $0.content.isBlind }
        field("Job.status", on: StoredJob.self) { $0.status.rawValue }
        field("Job.requirements", on: StoredJob.self) { JobRequirementsView(requirements: $0.content.requirements) }
        field("Job.weights", on: StoredJob.self) { ScoringWeightsView(weights: $0.content.weights) }
        field("Job.retentionDays", on: StoredJob.self) { $0.content.retentionDays }
        field("Job.revision", on: StoredJob.self) { $0.revision }
        field("Job.createdAt", on: StoredJob.self) { $0.createdAt }
        field("Job.lastUpdatedAt", on: StoredJob.self) { $0.lastUpdatedAt }

        field("Job.totalResumes", on: StoredJob.self) { $0.counters.total }
        field("Job.queuedResumes", on: StoredJob.self) { $0.counters.queued }
        field("Job.completedResumes", on: StoredJob.self) { $0.counters.completed }
        field("Job.failedResumes", on: StoredJob.self) { $0.counters.failed }
        field("Job.passedResumes", on: StoredJob.self) { $0.counters.passed }
        field("Job.rejectedResumes", on: StoredJob.self) { $0.counters.rejected }
        field("Job.scoreHistogram", on: StoredJob.self) { $0.counters.histogram }
        field("Job.skillCoverage", on: StoredJob.self) { $0.skillCoverage }

        batch("Job.resumes", on: StoredJob.self) { jobs, call -> [Connection<ResumeView>] in
            let (context, recruiter) = try call.signedIn()
            let queries = try jobs.map { try ResumeQuery(call, of: $0) }
            var pages = try await context.stores.resumes.resumes(queries, of: recruiter)
            return zip(pages.indices, zip(jobs, queries)).map { place, source in
                let (job, query) = (SharedJob(source.0), source.1)
                // Taken out, so that nobody else holds it.
                let page = exchange(&pages[place], with: Page(rows: []))
                return Connection(page: page.map { ResumeView(resume: $0, job: job) }) { query.cursor(of: $0.resume) }
            }
        }
        batch("Job.batches", on: StoredJob.self) { jobs, call -> [Connection<StoredBatch>] in
            let (context, recruiter) = try call.signedIn()
            let page = try PageRequest(call, order: BatchQuery.order)
            let queries = jobs.map { BatchQuery(job: $0.id, page: page) }
            let pages = try await context.stores.batches.batches(queries, of: recruiter)
            return zip(queries, pages).map { query, page in Connection(page: page) { query.cursor(of: $0) } }
        }
    }
}
