public import GraphQL
internal import Pipeline

/// What `createUploads` answers.
struct CreateUploadsPayload: ObjectValue {
    let links: [UploadLink]
}

extension UploadLink: ObjectValue {}

/// What `registerResumes` and `uploadResumes` answer.
struct RegisterResumesPayload: ObjectValue {
    let results: [AbstractValue]
    let job: JobView
}

/// A resume that is new in its job.
struct RegisteredResume: ObjectValue {
    let resume: ResumeView
}

/// A resume that the job has already.
struct DuplicateResume: ObjectValue {
    let existing: ResumeView
}

/// A file that became no resume.
struct RejectedResume: ObjectValue {
    let name: String
    let failure: ProcessingFailure
}

/// What `deleteResume` answers.
struct DeleteResumePayload: ObjectValue {
    let deletedID: NodeID
    let job: JobView
}

/// What a mutation of one resume answers.
struct ResumePayload: ObjectValue {
    let resume: ResumeView
}

extension Resolvers {
    /// The mutations of resumes, and their payloads.
    mutating func addResumeMutations() {
        root("Mutation.createUploads") { call -> CreateUploadsPayload in
            let (context, recruiter) = try call.signedIn()
            let input = try call.arguments.requiredObject("input")
            let job = try call.key(.job, "jobId", in: input)
            let files = try UploadRules.files(input, of: recruiter, at: context.now)
            try await call.charge(RateLimits.filesByRecruiter, recruiter, amount: files.count, in: context)
            guard try await !context.stores.jobs.jobs([job], of: recruiter).isEmpty else {
                throw GraphQLError.notFound(.job)
            }
            return CreateUploadsPayload(links: try files.map(context.links.upload))
        }
        root("Mutation.registerResumes") { call -> RegisterResumesPayload in
            let (context, recruiter) = try call.signedIn()
            let input = try call.arguments.requiredObject("input")
            let job = try call.key(.job, "jobId", in: input)
            let entries = try UploadRules.entries(input)
            try await call.charge(RateLimits.filesByRecruiter, recruiter, amount: entries.count, in: context)
            let places = entries.map { context.links.place(of: $0.url) }
            let ids = places.compactMap { if case .stored(let id) = $0 { id } else { nil } }
            let found = try await context.stores.files.files(ids, of: recruiter)
            let files = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
            let candidates = zip(entries, places).map { $0.candidate(at: $1, files) }
            return try await Self.register(candidates, in: job, call)
        }
        root("Mutation.uploadResumes") { call -> RegisterResumesPayload in
            // Its files were charged before they were stored.
            let (context, _) = try call.signedIn()
            let input = try call.arguments.requiredObject("input")
            let job = try call.key(.job, "jobId", in: input)
            let candidates = try (input.list("files") ?? []).enumerated().map { place, value -> UploadCandidate in
                guard case .string(let text) = value, let file = UploadReference.file(text, in: context.uploads) else {
                    throw GraphQLError.badInput(
                        "Files are sent in a multipart request.",
                        field: "input.files.\(place)"
                    )
                }
                return UploadCandidate(file)
            }
            return try await Self.register(candidates, in: job, call)
        }
        root("Mutation.deleteResume") { call -> DeleteResumePayload in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.resume, in: try call.arguments.requiredObject("input"))
            guard let job = try await context.stores.resumes.delete(id, of: recruiter, at: context.now) else {
                throw GraphQLError.notFound(.resume)
            }
            return DeleteResumePayload(deletedID: NodeID(.resume, id), job: JobView(job))
        }
        root("Mutation.decideResume") { call -> ResumePayload in
            let (context, recruiter) = try call.signedIn()
            let input = try call.arguments.requiredObject("input")
            let id = try call.key(.resume, in: input)
            let note = try input.string("note")
            if let note, note.unicodeScalars.count > UploadRules.maxNoteScalars {
                throw GraphQLError.badInput(
                    "note is longer than \(UploadRules.maxNoteScalars) characters.",
                    field: "input.note"
                )
            }
            guard let outcome = Decision.Outcome(rawValue: try input.requiredString("outcome")) else {
                throw ResolverMistake(what: "an outcome that the schema does not know")
            }
            let decision = Decision(outcome: outcome, note: note, decidedBy: recruiter, decidedAt: context.now)
            guard let resume = try await context.stores.resumes.decide(id, of: recruiter, decision),
                let view = try await Self.views([resume], call).first
            else { throw GraphQLError.notFound(.resume) }
            return ResumePayload(resume: view)
        }
        addPayloads()
    }

    private mutating func addPayloads() {
        field("CreateUploadsPayload.uploads", on: CreateUploadsPayload.self) { $0.links }
        field("UploadTarget.method", on: UploadLink.self) { $0.method }
        field("UploadTarget.url", on: UploadLink.self) { $0.url }
        field("UploadTarget.fields", on: UploadLink.self) { $0.fields }
        field("UploadTarget.fileUrl", on: UploadLink.self) { $0.fileURL }
        field("UploadTarget.expiresAt", on: UploadLink.self) { $0.expiresAt }
        field("FormField.name", on: FormField.self) { $0.name }
        field("FormField.value", on: FormField.self) { $0.value }

        field("RegisterResumesPayload.results", on: RegisterResumesPayload.self) { $0.results }
        field("RegisterResumesPayload.job", on: RegisterResumesPayload.self) { $0.job }
        field("RegisteredResume.resume", on: RegisteredResume.self) { $0.resume }
        field("DuplicateResume.existing", on: DuplicateResume.self) { $0.existing }
        field("RejectedResume.name", on: RejectedResume.self) { $0.name }
        field("RejectedResume.error", on: RejectedResume.self) { $0.failure }
        field("DeleteResumePayload.deletedId", on: DeleteResumePayload.self) { $0.deletedID }
        field("DeleteResumePayload.job", on: DeleteResumePayload.self) { $0.job }
        field("ResumePayload.resume", on: ResumePayload.self) { $0.resume }
    }

    /// Registers what can be, and tells of each what became of it, in their order.
    private static func register(
        _ candidates: [UploadCandidate],
        in job: ObjectID,
        _ call: FieldCall
    ) async throws -> RegisterResumesPayload {
        let (context, recruiter) = try call.signedIn()
        let files = candidates.compactMap { try? $0.outcome.get() }
        let outcome = try await context.stores.resumes.register(
            files,
            in: job,
            of: recruiter,
            at: context.now,
            parts: ResumeParts(call.selection["results"]["existing"])
        )
        guard let outcome else { throw GraphQLError.notFound(.job) }
        let job = JobView(outcome.job)
        var registrations = outcome.resumes[...]
        let results = candidates.map { candidate -> AbstractValue in
            switch candidate.outcome {
            case .failure(let error):
                return AbstractValue(RejectedResume(name: candidate.name, failure: ProcessingFailure(error)))
            case .success:
                switch registrations.removeFirst() {
                case .registered(let resume):
                    return AbstractValue(RegisteredResume(resume: ResumeView(resume: resume, job: job)))
                case .duplicate(let resume):
                    return AbstractValue(DuplicateResume(existing: ResumeView(resume: resume, job: job)))
                case .unavailable:
                    return AbstractValue(
                        RejectedResume(name: candidate.name, failure: ProcessingFailure(.noSuchUpload))
                    )
                }
            }
        }
        return RegisterResumesPayload(results: results, job: job)
    }
}

/// What the program itself did wrong.
struct ResolverMistake: Error {
    let what: String
}
