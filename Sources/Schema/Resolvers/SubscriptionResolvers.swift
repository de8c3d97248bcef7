internal import GraphQL

extension Resolvers {
    /// `Subscription`.
    mutating func addSubscription() {
        field("Subscription.batchProgress", on: SubscriptionEvent.self) { $0.batch }
        field("Subscription.jobChanged", on: SubscriptionEvent.self) { $0.job }
        field("Subscription.resumeChanged", on: SubscriptionEvent.self) { $0.resume }

        subscription("Subscription.batchProgress") { call -> SubscriptionEvents in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.batch, in: call.arguments)
            return try await SubscriptionEvents(.batchProgress, of: id, on: .batch(id), call) { seen in
                guard let batch = try await context.stores.batches.batches([id], of: recruiter).first else {
                    throw GraphQLError.notFound(.batch)
                }
                return try Self.reading(
                    SubscriptionEvent(subject: .batch(batch)),
                    version: batch.version,
                    isDone: batch.finishedAt != nil,
                    seen: seen
                )
            }
        }
        subscription("Subscription.jobChanged") { call -> SubscriptionEvents in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.job, in: call.arguments)
            return try await SubscriptionEvents(.jobChanged, of: id, on: .job(id), call) { seen in
                guard let job = try await context.stores.jobs.jobs([id], of: recruiter).first else {
                    throw GraphQLError.notFound(.job)
                }
                return try Self.reading(
                    SubscriptionEvent(subject: .job(JobView(job))),
                    version: job.version,
                    seen: seen
                )
            }
        }
        subscription("Subscription.resumeChanged") { call -> SubscriptionEvents in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.job, "jobId", in: call.arguments)
            // The event's value is one field below the subscription's.
            let parts = ResumeParts(call.selection)
            return try await SubscriptionEvents(.resumeChanged, of: id, on: .job(id), call) { seen in
                try await Self.reading(ofResumesIn: id, of: recruiter, parts, context.stores, seen: seen)
            }
        }
    }

    /// A state that is told from others by a version.
    private static func reading(
        _ event: SubscriptionEvent,
        version: Int64,
        isDone: Bool = false,
        seen: SubscriptionCursor.Position?
    ) throws -> SubscriptionReading {
        var isNewer = true
        if case .version(let seen)? = seen {
            // No client sees a state go backwards.
            guard version >= seen else {
                throw GraphQLError.unavailable("The database is behind what was shown before. Try again.")
            }
            isNewer = version > seen
        }
        return SubscriptionReading(event: event, position: .version(version), isNewer: isNewer, isDone: isDone)
    }

    /// The resume that changed next, or else the one that changed last.
    private static func reading(
        ofResumesIn id: ObjectID,
        of recruiter: ObjectID,
        _ parts: ResumeParts,
        _ stores: Stores,
        seen: SubscriptionCursor.Position?
    ) async throws -> SubscriptionReading {
        var query = ResumeQuery(job: id)
        query.order = .lastUpdatedAt
        query.parts = parts
        query.page.limit = 1
        query.page.needsPrevious = false
        if case .row(let time, let row)? = seen {
            query.page.after = PageCursor(order: query.order.rawValue, key: .time(time), id: row)
            if let page = try await stores.resumes.resumes([query], of: recruiter).first, let next = page.rows.first {
                return try await reading(next, of: recruiter, stores, isNewer: true, hasMore: page.hasNext == true)
            }
            query.page.after = nil
        }
        query.isReversed = true
        query.page.needsNext = false
        if let last = try await stores.resumes.resumes([query], of: recruiter).first?.rows.first {
            var reading = try await reading(last, of: recruiter, stores, isNewer: seen == nil, hasMore: false)
            // What changed since is for the next one to tell; and what was seen last may be gone.
            if let seen { reading.position = seen }
            return reading
        }
        guard try await !stores.jobs.jobs([id], of: recruiter).isEmpty else { throw GraphQLError.notFound(.job) }
        let position = seen ?? .row(changedAt: Timestamp(milliseconds: 0), id: .least)
        return SubscriptionReading(event: nil, position: position, isNewer: false)
    }

    private static func reading(
        _ resume: StoredResume,
        of recruiter: ObjectID,
        _ stores: Stores,
        isNewer: Bool,
        hasMore: Bool
    ) async throws -> SubscriptionReading {
        guard let job = try await stores.jobs.jobs([resume.jobID], of: recruiter).first else {
            throw GraphQLError.notFound(.job)
        }
        return SubscriptionReading(
            event: SubscriptionEvent(subject: .resume(ResumeView(resume: resume, job: JobView(job)))),
            position: .row(changedAt: resume.lastUpdatedAt, id: resume.id),
            isNewer: isNewer,
            hasMore: hasMore
        )
    }
}
