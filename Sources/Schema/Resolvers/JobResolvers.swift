internal import GraphQL

extension Resolvers {
    /// `Job`.
    mutating func addJob() {
        field("Job.id", on: JobView.self) { NodeID(.job, $0.stored.id) }
        field("Job.title", on: JobView.self) { $0.stored.content.title }
        field("Job.company", on: JobView.self) { $0.stored.content.company }
        field("Job.location", on: JobView.self) { $0.stored.content.location }
        field("Job.description", on: JobView.self) { $0.stored.content.description }
        field("Job.blind", on: JobView.self) { $0.stored.content.isBlind }
        field("Job.status", on: JobView.self) { $0.stored.status.rawValue }
        field("Job.requirements", on: JobView.self) {
            JobRequirementsView(requirements: $0.stored.content.requirements)
        }
        field("Job.weights", on: JobView.self) { ScoringWeightsView(weights: $0.stored.content.weights) }
        field("Job.retentionDays", on: JobView.self) { $0.stored.content.retentionDays }
        field("Job.revision", on: JobView.self) { $0.stored.revision }
        field("Job.createdAt", on: JobView.self) { $0.stored.createdAt }
        field("Job.lastUpdatedAt", on: JobView.self) { $0.stored.lastUpdatedAt }

        field("Job.totalResumes", on: JobView.self) { $0.stored.counters.total }
        field("Job.queuedResumes", on: JobView.self) { $0.stored.counters.queued }
        field("Job.completedResumes", on: JobView.self) { $0.stored.counters.completed }
        field("Job.failedResumes", on: JobView.self) { $0.stored.counters.failed }
        field("Job.passedResumes", on: JobView.self) { $0.stored.counters.passed }
        field("Job.rejectedResumes", on: JobView.self) { $0.stored.counters.rejected }
        field("Job.scoreHistogram", on: JobView.self) { $0.stored.counters.histogram }
        field("Job.skillCoverage", on: JobView.self) { $0.stored.skillCoverage }

        batch("Job.resumes", on: JobView.self) { jobs, call -> [Connection<ResumeView>] in
            let (context, recruiter) = try call.signedIn()
            let queries = try jobs.map { try ResumeQuery(call, of: $0.stored) }
            var pages = try await context.stores.resumes.resumes(queries, of: recruiter)
            return zip(pages.indices, zip(jobs, queries)).map { place, source in
                let (job, query) = source
                // Taken out, so that nobody else holds it.
                let page = exchange(&pages[place], with: Page(rows: []))
                return Connection(page: page.map { ResumeView(resume: $0, job: job) }) { query.cursor(of: $0.resume) }
            }
        }
        batch("Job.batches", on: JobView.self) { jobs, call -> [Connection<StoredBatch>] in
            let (context, recruiter) = try call.signedIn()
            let page = try PageRequest(call, order: BatchQuery.order)
            let queries = jobs.map { BatchQuery(job: $0.stored.id, page: page) }
            let pages = try await context.stores.batches.batches(queries, of: recruiter)
            return zip(queries, pages).map { query, page in Connection(page: page) { query.cursor(of: $0) } }
        }
    }
}
