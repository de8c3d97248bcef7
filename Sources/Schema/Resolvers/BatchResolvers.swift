internal import GraphQL

/// What `createBatch` answers.
struct CreateBatchPayload: ObjectValue {
    let batch: StoredBatch
    let isReplayed: Bool
}

/// What `cancelBatch` answers.
struct BatchPayload: ObjectValue {
    let batch: StoredBatch
}

extension Resolvers {
    /// `Batch`, its mutations and their payloads.
    mutating func addBatches() {
        field("Batch.id", on: StoredBatch.self) { NodeID(.batch, $0.id) }
        field("Batch.status", on: StoredBatch.self) { $0.status.rawValue }
        field("Batch.total", on: StoredBatch.self) { $0.total }
        field("Batch.completed", on: StoredBatch.self) { $0.completed }
        field("Batch.failed", on: StoredBatch.self) { $0.failed }
        field("Batch.cancelled", on: StoredBatch.self) { $0.cancelled }
        field("Batch.progress", on: StoredBatch.self) { $0.progress }
        field("Batch.createdAt", on: StoredBatch.self) { $0.createdAt }
        field("Batch.lastUpdatedAt", on: StoredBatch.self) { $0.lastUpdatedAt }
        field("Batch.finishedAt", on: StoredBatch.self) { $0.finishedAt }
        batch("Batch.job", on: StoredBatch.self) { batches, call -> [Result<JobView, GraphQLError>] in
            let jobs = try await Self.jobs(batches.map(\.jobID), parts: JobParts(call.selection), call)
            return batches.map { batch in jobs[batch.jobID].map { .success(JobView($0)) } ?? .failure(.notFound(.job)) }
        }

        root("Mutation.createBatch") { call -> CreateBatchPayload in
            let (context, recruiter) = try call.signedIn()
            let input = try call.arguments.requiredObject("input")
            let request = BatchRequest(
                job: try call.key(.job, "jobId", in: input),
                target: try BatchTarget(input.requiredObject("target")),
                idempotencyKey: try Self.idempotencyKey(input),
                quota: context.resumesQuota
            )
            try await call.charge(RateLimits.batchesByRecruiter, recruiter, in: context)
            switch try await context.stores.batches.create(request, of: recruiter, at: context.now) {
            case .made(let batch, let isReplayed): return CreateBatchPayload(batch: batch, isReplayed: isReplayed)
            case .noJob: throw GraphQLError.notFound(.job)
            case .noResumes(let ids):
                let names = ids.prefix(5).map { NodeID(.resume, $0).description }.joined(separator: ", ")
                throw GraphQLError(
                    "The job has no such resume: \(names)\(ids.count > 5 ? ", …" : "").",
                    extensions: ["code": .string("NOT_FOUND"), "field": .string("input.target.resumeIds")]
                )
            case .otherRequest:
                throw GraphQLError.conflict("The idempotency key was used for another batch: choose a new one.")
            case .overQuota(let asked, let left):
                throw GraphQLError.quotaExceeded(
                    "The batch has \(asked) resumes, and \(left) are left of this month's quota."
                )
            }
        }
        root("Mutation.cancelBatch") { call -> BatchPayload in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.batch, in: try call.arguments.requiredObject("input"))
            guard let batch = try await context.stores.batches.cancel(id, of: recruiter, at: context.now) else {
                throw GraphQLError.notFound(.batch)
            }
            return BatchPayload(batch: batch)
        }
        field("CreateBatchPayload.batch", on: CreateBatchPayload.self) { $0.batch }
        field("CreateBatchPayload.replayed", on: CreateBatchPayload.self) { $0.isReplayed }
        field("BatchPayload.batch", on: BatchPayload.self) { $0.batch }
    }

    private static func idempotencyKey(_ input: ArgumentValues) throws -> String? {
        guard let key = try input.string("idempotencyKey") else { return nil }
        guard (1...255).contains(key.utf8.count) else {
            throw GraphQLError.badInput("idempotencyKey must have 1 to 255 bytes.", field: "input.idempotencyKey")
        }
        return key
    }
}

extension BatchTarget {
    /// The most resumes that can be named one by one.
    private static let maxResumes = 10_000

    /// - Parameter target: Of `BatchTarget`, of which exactly one field is given.
    /// - Throws: ``GraphQLError`` with the code `BAD_USER_INPUT` or `NOT_FOUND`.
    fileprivate init(_ target: ArgumentValues) throws {
        if let ids = try target.list("resumeIds") {
            guard (1...Self.maxResumes).contains(ids.count) else {
                throw GraphQLError.badInput(
                    "Name from 1 to \(Self.maxResumes) resumes; got \(ids.count).",
                    field: "input.target.resumeIds"
                )
            }
            var seen: Set<ObjectID> = []
            self = .resumes(
                try ids.enumerated().compactMap { place, value in
                    guard case .string(let text) = value, let id = NodeID(text), id.kind == .resume else {
                        throw GraphQLError(
                            "There is no such resume.",
                            extensions: [
                                "code": .string("NOT_FOUND"), "field": .string("input.target.resumeIds.\(place)"),
                            ]
                        )
                    }
                    return seen.insert(id.key).inserted ? id.key : nil
                }
            )
            return
        }
        switch try target.string("selection") {
        case "FAILED": self = .failed
        case "STALE": self = .stale
        default: self = .registered
        }
    }
}
