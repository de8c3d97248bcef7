internal import GraphQL
internal import Pipeline

/// What `verifyScore` answers.
struct ScoreVerification: ObjectValue {
    let stored: ScoreBreakdown
    let computed: ScoreBreakdown
}

/// A row of `Job.preview`.
struct PreviewRow: ObjectValue {
    let resume: ResumeView
    let preview: Rescorer.Preview
    let rank: Int
}

extension Resolvers {
    /// `Query.verifyScore` and `Job.preview`, which compute and store nothing.
    mutating func addRescoring() {
        root("Query.verifyScore") { call -> ScoreVerification in
            let (context, recruiter) = try call.signedIn()
            let id = try call.key(.resume, "resumeId", in: call.arguments)
            guard let view = try await Self.view(id, parts: [.scores], call),
                let job = try await Self.whole([view.job.stored.id], call).first
            else { throw GraphQLError.notFound(.resume) }
            let rescorer = try context.rescorerOrRefusal()
            let material = try await context.stores.resumes.material(
                of: job.id,
                of: recruiter,
                only: id,
                limit: 1
            ).first
            guard let material, let stored = material.resume.result?.scores else {
                throw GraphQLError.conflict("The resume has no score: it is \(view.resume.status.rawValue).")
            }
            return ScoreVerification(
                stored: stored,
                computed: try await rescorer.scores(of: material, for: job)
            )
        }
        field("ScoreVerification.matches", on: ScoreVerification.self) { verification in
            verification.stored.fingerprint == verification.computed.fingerprint
                && verification.stored.finalScore == verification.computed.finalScore
        }
        field("ScoreVerification.storedFingerprint", on: ScoreVerification.self) { $0.stored.fingerprint }
        field("ScoreVerification.computedFingerprint", on: ScoreVerification.self) { $0.computed.fingerprint }
        field("ScoreVerification.storedScore", on: ScoreVerification.self) { Double($0.stored.finalScore) / 100 }
        field("ScoreVerification.computedScore", on: ScoreVerification.self) { Double($0.computed.finalScore) / 100 }

        batch("Job.preview", on: JobView.self) { jobs, call -> [[PreviewRow]] in
            var previews: [ObjectID: [PreviewRow]] = [:]
            for job in try await Self.whole(jobs.map(\.stored.id), call) {
                previews[job.id] = try await Self.preview(job, call)
            }
            return jobs.map { previews[$0.stored.id] ?? [] }
        }
        field("PreviewRow.resume", on: PreviewRow.self) { $0.resume }
        field("PreviewRow.finalScore", on: PreviewRow.self) { Double($0.preview.finalScore) / 100 }
        field("PreviewRow.finalRank", on: PreviewRow.self) { $0.rank }
        field("PreviewRow.passFail", on: PreviewRow.self) { $0.preview.passFail.rawValue }
    }

    /// Jobs with all that scores depend on, without those that have just gone.
    private static func whole(_ ids: [ObjectID], _ call: FieldCall) async throws -> [StoredJob] {
        let whole = try await Self.jobs(ids, parts: .all, call)
        return ids.compactMap { whole[$0] }
    }

    private static func preview(_ stored: StoredJob, _ call: FieldCall) async throws -> [PreviewRow] {
        let (context, recruiter) = try call.signedIn()
        let rescorer = try context.rescorerOrRefusal()
        let first = try call.arguments.int("first") ?? PageRequest.defaultRows
        guard (1...PageRequest.maxRows).contains(first) else {
            throw GraphQLError.badInput(
                "\"first\" is \(first); it must be from 1 to \(PageRequest.maxRows).",
                field: "first"
            )
        }
        var job = Job(stored)
        if let requirements = try JobInput(call.arguments, path: "").requirements() { job.requirements = requirements }
        if let weights = try JobInput(call.arguments, path: "").weights() { job.weights = weights }
        guard stored.counters.completed <= Rescorer.maxPreviewed else {
            throw GraphQLError(
                "The job has \(stored.counters.completed) completed resumes; a preview compares at most"
                    + " \(Rescorer.maxPreviewed). Revise the job and re-score the stale resumes instead.",
                extensions: ["code": .string("QUERY_TOO_COMPLEX")]
            )
        }
        let materials = try await context.stores.resumes.material(
            of: stored.id,
            of: recruiter,
            only: nil,
            limit: Rescorer.maxPreviewed
        )
        let rows = try await rescorer.preview(materials, for: job)
        let shown = rows.prefix(first)
        let parts = ResumeParts(call.selection["resume"])
        let resumes = try await context.stores.resumes.resumes(shown.map(\.resume.id), of: recruiter, parts: parts)
        let byID = Dictionary(resumes.map { ($0.id, $0) }) { first, _ in first }
        let view = JobView(stored)
        var (rank, lastScore) = (0, -1)
        return shown.enumerated().compactMap { place, row in
            if row.finalScore != lastScore { (rank, lastScore) = (place + 1, row.finalScore) }
            return byID[row.resume.id].map {
                PreviewRow(resume: ResumeView(resume: $0, job: view), preview: row, rank: rank)
            }
        }
    }
}

extension RequestContext {
    /// What compares resumes anew.
    ///
    /// - Throws: `UNAVAILABLE` where this server has no model.
    func rescorerOrRefusal() throws -> Rescorer {
        guard let rescorer else {
            throw GraphQLError.unavailable(
                "This server has no embedding model: run Scripts/install-model, and start it again."
            )
        }
        return rescorer
    }
}
