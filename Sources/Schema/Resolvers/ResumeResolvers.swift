internal import GraphQL
internal import Pipeline

extension Resolvers {
    /// `Resume`, `ResumeFile`, `ProcessingError` and `Decision`.
    mutating func addResume() {
        field("Resume.id", on: ResumeView.self) { NodeID(.resume, $0.resume.id) }
        field("Resume.file", on: ResumeView.self) { FileView(file: $0.resume.file, isVeiled: $0.isVeiled) }
        field("Resume.status", on: ResumeView.self) { $0.resume.status.rawValue }
        field("Resume.stage", on: ResumeView.self) { $0.resume.stage?.rawValue }
        field("Resume.attempts", on: ResumeView.self) { $0.resume.attempts }
        field("Resume.error", on: ResumeView.self) { $0.resume.failure }
        field("Resume.profile", on: ResumeView.self) { view in
            view.resume.result?.profile.map { ProfileView(profile: $0, isVeiled: view.isVeiled) }
        }
        field("Resume.passFail", on: ResumeView.self) { $0.resume.result?.passFail.rawValue }
        field("Resume.prefilter", on: ResumeView.self) { $0.resume.result?.prefilter }
        field("Resume.finalScore", on: ResumeView.self) { $0.resume.result.map { Double($0.finalScore) / 100 } }
        field("Resume.scores", on: ResumeView.self) { $0.resume.result?.scores }
        field("Resume.explanation", on: ResumeView.self) { $0.resume.result?.explanation }
        field("Resume.integrity", on: ResumeView.self) { $0.resume.result?.integrity.map(IntegrityView.init) }
        field("Resume.decision", on: ResumeView.self) { $0.resume.decision }
        field("Resume.stale", on: ResumeView.self) { $0.isStale }
        field("Resume.createdAt", on: ResumeView.self) { $0.resume.createdAt }
        field("Resume.lastUpdatedAt", on: ResumeView.self) { $0.resume.lastUpdatedAt }
        field("Resume.processedAt", on: ResumeView.self) { $0.resume.processedAt }
        // Nobody can ask for one yet, so there is none.
        field("Resume.analysis", on: ResumeView.self) { _ -> NoAnalysis? in nil }

        batch("Resume.finalRank", on: ResumeView.self) { views, call -> [Int?] in
            let places = views.map { view in
                view.resume.status == .completed
                    ? view.resume.result.map { ScorePlace(job: view.resume.jobID, score: $0.finalScore) } : nil
            }
            let asked = Array(Set(places.compactMap { $0 }))
            let ranks = Dictionary(
                uniqueKeysWithValues: zip(asked, try await call.request().stores.resumes.ranks(asked))
            )
            return places.map { $0.flatMap { ranks[$0] } }
        }
        batch("Resume.job", on: ResumeView.self) { views, call -> [JobView] in
            // The job is at hand, but for the parts that few ask for.
            guard !JobParts(call.selection).isEmpty else { return views.map(\.job) }
            let jobs = try await Self.jobs(views.map(\.resume.jobID), parts: JobParts(call.selection), call)
            return views.map { jobs[$0.resume.jobID].map(JobView.init) ?? $0.job }
        }

        field("ResumeFile.name", on: FileView.self) { $0.isVeiled ? nil : $0.file.name }
        field("ResumeFile.mediaType", on: FileView.self) { $0.file.mediaType }
        field("ResumeFile.byteCount", on: FileView.self) { $0.file.byteCount }
        field("ResumeFile.sha256", on: FileView.self) { $0.file.sha256 }
        field("ResumeFile.url", on: FileView.self) { view, call -> String? in
            guard !view.isVeiled else { return nil }
            guard let id = view.file.storeID else { return view.file.url }
            let (context, recruiter) = try call.signedIn()
            // Good for a while only.
            context.dependencies?.spoil()
            return try context.links.download(id, of: recruiter, now: context.now)
        }

        field("ProcessingError.code", on: ProcessingFailure.self) { $0.error.code.rawValue }
        field("ProcessingError.message", on: ProcessingFailure.self) { $0.error.message }
        field("ProcessingError.stage", on: ProcessingFailure.self) { $0.error.stage.rawValue }
        field("ProcessingError.retryable", on: ProcessingFailure.self) { $0.error.retryable }
        field("ProcessingError.nextAttemptAt", on: ProcessingFailure.self) { $0.nextAttemptAt }

        field("Decision.outcome", on: Decision.self) { $0.outcome.rawValue }
        field("Decision.note", on: Decision.self) { $0.note }
        field("Decision.decidedAt", on: Decision.self) { $0.decidedAt }
        batch("Decision.decidedBy", on: Decision.self) { decisions, call -> [Recruiter?] in
            try call.request().dependencies?.spoil()
            let store = try call.request().stores.recruiters
            var recruiters: [ObjectID: Recruiter] = [:]
            for id in Set(decisions.map(\.decidedBy)) { recruiters[id] = try await store.recruiter(id) }
            return decisions.map { recruiters[$0.decidedBy] }
        }
    }

    /// Jobs by identifier, of the signed-in recruiter, with one question to the store.
    static func jobs(_ ids: [ObjectID], parts: JobParts, _ call: FieldCall) async throws -> [ObjectID: StoredJob] {
        let (context, recruiter) = try call.signedIn()
        guard !ids.isEmpty else { return [:] }
        let jobs = try await context.stores.jobs.jobs(Array(Set(ids)), of: recruiter, parts: parts)
        context.dependencies?.add(jobs: Set(ids), found: jobs)
        return Dictionary(jobs.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Resumes with their jobs; those whose job has just gone are left out.
    static func views(_ resumes: [StoredResume], _ call: FieldCall) async throws -> [ResumeView] {
        let jobs = try await jobs(resumes.map(\.jobID), parts: [], call).mapValues(JobView.init)
        return resumes.compactMap { resume in jobs[resume.jobID].map { ResumeView(resume: resume, job: $0) } }
    }

    /// One resume with its job.
    ///
    /// - Returns: Nil where there is none.
    static func view(_ id: ObjectID, parts: ResumeParts, _ call: FieldCall) async throws -> ResumeView? {
        let (context, recruiter) = try call.signedIn()
        return try await views(context.stores.resumes.resumes([id], of: recruiter, parts: parts), call).first
    }
}

/// What stands for `Analysis` while no resume has one.
struct NoAnalysis: ObjectValue {}

extension JobParts {
    /// The parts that a selection on jobs shows.
    init(_ selection: FieldSelection) {
        self = []
        if selection.contains("description") { insert(.description) }
        if selection.contains("requirements") { insert(.requirements) }
        if selection.contains("weights") { insert(.weights) }
        if selection.contains("skillCoverage") { formUnion([.requirements, .skills]) }
        if selection.contains("company") { insert(.company) }
        if selection.contains("location") { insert(.location) }
        if selection.contains("retentionDays") { insert(.retentionDays) }
    }
}

extension ResumeParts {
    /// The parts that a selection on resumes shows.
    init(_ selection: FieldSelection) {
        self = []
        if selection.contains("file"), Self.fileFields.contains(where: selection["file"].contains) { insert(.file) }
        if selection.contains("scores") { insert(.scores) }
        if selection.contains("prefilter") { insert(.prefilter) }
        if selection.contains("integrity") { insert(.integrity) }
        if selection.contains("profile") {
            insert(.profileHead)
            let profile = selection["profile"]
            if Self.detailFields.contains(where: profile.contains) { insert(.profileDetails) }
            if profile.contains("skills") { insert(.skills) }
            if profile["skills"].contains("evidence") { insert(.skillEvidence) }
            if profile.contains("experience") { insert(.experience) }
            if profile.contains("education") { insert(.education) }
        }
        if selection.contains("explanation") {
            insert(.summary)
            if Self.reasonFields.contains(where: selection["explanation"].contains) { insert(.reasons) }
        }
    }

    private static let fileFields = ["mediaType", "byteCount", "sha256", "url"]
    private static let detailFields = [
        "emails", "phones", "links", "headline", "summary", "highestEducation", "textLanguage", "certifications",
        "languages",
    ]
    private static let reasonFields = ["matchedSkills", "missingSkills", "strengths", "gaps", "notes"]
}
