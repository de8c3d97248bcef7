public import Pipeline

/// Scores resumes anew from what is stored of them, for questions that change nothing.
public struct Rescorer: Sendable {
    private let screener: Screener
    private let jobs: PreparedJobs

    /// The most resumes that one preview compares.
    static let maxPreviewed = 1_000

    /// - Parameters:
    ///   - screener: Compares.
    ///   - jobs: Shared with whoever else prepares jobs.
    public init(screener: Screener, jobs: PreparedJobs) {
        self.screener = screener
        self.jobs = jobs
    }

    /// The score of a resume, computed from its stored text alone: vectors, too, are computed anew.
    func scores(of material: ScreeningMaterial, for job: StoredJob) async throws -> ScoreBreakdown {
        let prepared = try await jobs.prepared(Job(job), key: "\(job.id)#\(job.revision)")
        let resume = screener.read(material.document, registeredOn: material.resume.createdAt.day)
        return screener.judge(resume, try await screener.embed(resume), for: prepared).scores
    }

    /// What a resume would be under another job.
    struct Preview: Sendable {
        let resume: StoredResume
        let finalScore: Int
        let passFail: PassFail
        let rankKey: String
    }

    /// How resumes would rank under another job, the best first.
    func preview(_ materials: [ScreeningMaterial], for job: Job) async throws -> [Preview] {
        let prepared = try await screener.prepare(job)
        let outcomes = await BatchRunner(inFlight: BatchRunner.cores).run(materials) {
            material -> Result<Preview, any Error> in
            do {
                return .success(try await compare(material, with: prepared))
            } catch {
                return .failure(error)
            }
        } onFinish: { _ in
        }
        let rows = try outcomes.map { try $0.get() }
        return rows.sorted { $0.rankKey < $1.rankKey }
    }

    private func compare(
        _ material: ScreeningMaterial,
        with job: Screener.PreparedJob
    ) async throws -> Preview {
        // Many may be compared: whoever has left ends it.
        try Task.checkCancellation()
        let resume = screener.read(material.document, registeredOn: material.resume.createdAt.day)
        let known = material.vectors.flatMap { $0.version == screener.vectorsVersion ? $0 : nil }
        let vectors: ResumeVectors
        if let known { vectors = known } else { vectors = try await screener.embed(resume) }
        let screened = screener.judge(resume, vectors, for: job)
        return Preview(
            resume: material.resume,
            finalScore: screened.scores.finalScore,
            passFail: screened.prefilter.passFail,
            rankKey: StoredResume.rankKey(
                finalScore: screened.scores.finalScore,
                requiredSkillsMet: screened.requiredSkillsMet,
                sha256: material.resume.file.sha256
            )
        )
    }
}
