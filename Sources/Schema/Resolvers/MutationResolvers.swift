internal import GraphQL

/// What a mutation of one job answers.
struct JobPayload: ObjectValue {
    let job: JobView
}

/// What `deleteJob` answers.
struct DeleteJobPayload: ObjectValue {
    let deletedID: NodeID
}

extension Resolvers {
    /// `Mutation`, as far as jobs go, and its payloads.
    mutating func addMutation() {
        field("JobPayload.job", on: JobPayload.self) { $0.job }
        field("DeleteJobPayload.deletedId", on: DeleteJobPayload.self) { $0.deletedID }

        root("Mutation.createJob") { call -> JobPayload in
            let (context, recruiter) = try call.signedIn()
            let content = try JobContent(creating: JobInput(call))
            let job = StoredJob(
                id: ObjectID(at: context.now),
                recruiterID: recruiter,
                content: content,
                createdAt: context.now
            )
            try await context.stores.jobs.insert(job)
            return JobPayload(job: JobView(job))
        }
        root("Mutation.updateJob") { call -> JobPayload in
            let (context, recruiter) = try call.signedIn()
            let input = try JobInput(call)
            let id = try call.key(.job, in: input.values)
            let expected = try input.values.int("expectedRevision")
            let change = try JobChange(input)
            let job = try await context.stores.jobs.update(id, of: recruiter, at: context.now) { job in
                if let expected, expected != job.revision {
                    throw GraphQLError.conflict("The job is at revision \(job.revision), not \(expected).")
                }
                change.apply(to: &job.content)
            }
            guard let job else { throw GraphQLError.notFound(.job) }
            return JobPayload(job: JobView(job))
        }
        root("Mutation.archiveJob") { call -> JobPayload in
            let (context, recruiter) = try call.signedIn()
            let input = try call.arguments.requiredObject("input")
            let id = try call.key(.job, in: input)
            let status: JobStatus = try input.boolean("archived") ?? true ? .archived : .open
            let job = try await context.stores.jobs.update(id, of: recruiter, at: context.now) { $0.status = status }
            guard let job else { throw GraphQLError.notFound(.job) }
            return JobPayload(job: JobView(job))
        }
        root("Mutation.deleteJob") { call -> DeleteJobPayload in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.job, in: try call.arguments.requiredObject("input"))
            guard try await context.stores.jobs.delete(id, of: recruiter, at: context.now) else {
                throw GraphQLError.notFound(.job)
            }
            return DeleteJobPayload(deletedID: NodeID(.job, id))
        }
    }
}
