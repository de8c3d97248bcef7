internal import GraphQL

extension Resolvers {
    /// `Job.events`, `JobEvent` and `JobEventChange`.
    mutating func addEvents() {
        batch("Job.events", on: JobView.self) { jobs, call -> [Connection<JobEvent>] in
            let (context, recruiter) = try call.signedIn()
            let page = try PageRequest(call, order: EventQuery.order)
            let nodes = [call.selection["nodes"], call.selection["edges"]["node"]]
            let needsDetails = nodes.contains { $0.contains("changes") || $0.contains("salt") }
            let queries = jobs.map { EventQuery(job: $0.stored.id, page: page, needsDetails: needsDetails) }
            let pages = try await context.stores.events.events(queries, of: recruiter)
            return zip(queries, pages).map { query, page in Connection(page: page) { query.cursor(of: $0) } }
        }

        field("JobEvent.id", on: JobEvent.self) { NodeID(.event, $0.id) }
        field("JobEvent.number", on: JobEvent.self) { $0.number }
        field("JobEvent.at", on: JobEvent.self) { $0.at }
        field("JobEvent.actor", on: JobEvent.self) { $0.author.actor.rawValue }
        field("JobEvent.actorId", on: JobEvent.self) { event in
            event.author.recruiterID.map { NodeID(.recruiter, $0) }
        }
        field("JobEvent.action", on: JobEvent.self) { $0.action.rawValue }
        field("JobEvent.targetId", on: JobEvent.self) { $0.target }
        field("JobEvent.requestId", on: JobEvent.self) { $0.author.requestID }
        field("JobEvent.changes", on: JobEvent.self) { $0.details?.changes }
        field("JobEvent.salt", on: JobEvent.self) { $0.details?.salt }
        field("JobEvent.changesDigest", on: JobEvent.self) { $0.detailsDigest }
        field("JobEvent.previousDigest", on: JobEvent.self) { $0.previousDigest }
        field("JobEvent.digest", on: JobEvent.self) { $0.digest }

        field("JobEventChange.field", on: JobEventChange.self) { $0.field }
        field("JobEventChange.before", on: JobEventChange.self) { $0.before }
        field("JobEventChange.after", on: JobEventChange.self) { $0.after }
    }
}
