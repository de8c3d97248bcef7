/// Screens resumes against a job: from an extracted document to an explained score.
///
/// Everything is computed from the document, the job and fixed tables, in integers; the same inputs give the same score
/// on every machine, in every order and company.
public struct Screener: Sendable {
    private let parser: ResumeParser
    private let taxonomy: SkillTaxonomy
    private let terms: TermTable
    private let model: EmbeddingModel
    private let embedder: Embedder

    /// Makes a screener of its tables.
    public init(taxonomy: SkillTaxonomy, terms: TermTable, model: EmbeddingModel, embedder: Embedder) {
        self.taxonomy = taxonomy
        self.terms = terms
        self.model = model
        self.embedder = embedder
        parser = ResumeParser(taxonomy: taxonomy)
    }

    /// A job made ready: its skills resolved, its text embedded.
    public struct PreparedJob: Sendable {
        /// The job as it was given.
        public let job: Job
        /// Whether its skills were read from the description, since the requirements name none.
        public let skillsFromDescription: Bool
        let skills: SkillAssessor
        let semantic: SemanticScorer
    }

    /// Makes a job ready; once for all its resumes.
    ///
    /// - Throws: What the embedder throws.
    public func prepare(_ job: Job) async throws -> PreparedJob {
        let named = job.requirements.requiredSkills + job.requirements.preferredSkills
        let skills =
            named.isEmpty
            ? SkillAssessor(descriptionOf: job, taxonomy: taxonomy)
            : SkillAssessor(job.requirements, taxonomy: taxonomy)
        let description = ([job.title, job.description] + named).joined(separator: "\n")
        let tokenizer = embedder.tokenizer
        let vectors = try await embedder.embedTokens([tokenizer.encode(job.title)] + tokenizer.windows(of: description))
        let semantic = SemanticScorer(
            title: vectors[0],
            description: Vector.mean(Array(vectors.dropFirst())) ?? vectors[0],
            bodyWords: LexicalScorer(query: description, table: terms),
            titleWords: LexicalScorer(query: job.title, table: terms)
        )
        return PreparedJob(
            job: job,
            skillsFromDescription: named.isEmpty,
            skills: skills,
            semantic: semantic
        )
    }

    /// Screens one resume, whose text is as extraction gave it: reads it, embeds it and judges it.
    ///
    /// - Throws: What the embedder throws; nothing else can fail.
    public func screen(
        _ document: ExtractedDocument,
        registeredOn day: CalendarDay,
        for prepared: PreparedJob
    ) async throws -> ScreenedResume {
        let resume = read(document, registeredOn: day)
        return judge(resume, try await embed(resume), for: prepared)
    }

    // MARK: - Steps

    /// Reads the text: who, where, when, what, and what is odd about it.
    ///
    /// - Parameters:
    ///   - document: As extraction gave it.
    ///   - day: “Present” in the resume stands for it.
    /// - Returns: What does not depend on any job.
    public func read(_ document: ExtractedDocument, registeredOn day: CalendarDay) -> ReadResume {
        let resume = parser.parse(document, registeredOn: day)
        let integrity = IntegrityInspector(taxonomy: taxonomy).inspect(document)
        return ReadResume(
            document: document,
            registeredOn: day,
            parsed: resume,
            integrity: integrity,
            text: ScoringText(document, resume, integrity)
        )
    }

    /// Names what vectors depend on beside the text: vectors of another version are not compared with.
    public var vectorsVersion: String {
        [ScoringText.version, EmbeddingModel.arithmeticVersion, model.digest].joined(separator: "/")
    }

    /// Computes a resume's vectors, which depend on no job.
    ///
    /// - Throws: What the embedder throws.
    public func embed(_ resume: ReadResume) async throws -> ResumeVectors {
        let parts = embedder.tokenizer.windows(of: resume.text.body)
        let titles = resume.text.titles.isEmpty ? [] : [embedder.tokenizer.encode(resume.text.titles)]
        let vectors = try await embedder.embedTokens(parts + titles)
        return ResumeVectors(
            version: vectorsVersion,
            parts: Array(vectors.prefix(parts.count)),
            titles: titles.isEmpty ? nil : vectors.last
        )
    }

    /// Compares a resume with a job.
    ///
    /// Pure: the same inputs give the same result.
    ///
    /// - Parameters:
    ///   - read: What ``read(_:registeredOn:)`` gave.
    ///   - vectors: What ``embed(_:)`` gave for it.
    ///   - prepared: The job.
    /// - Returns: The explained score.
    public func judge(_ read: ReadResume, _ vectors: ResumeVectors, for prepared: PreparedJob) -> ScreenedResume {
        let (resume, integrity, job) = (read.parsed, read.integrity, prepared.job)
        let skills = prepared.skills.assess(read.document, resume, integrity)
        let likenesses = prepared.semantic.likenesses(
            of: SemanticScorer.Resume(parts: vectors.parts, titles: vectors.titles, counts: read.text.wordCounts())
        )
        return Judge(job: job, skillsFromDescription: prepared.skillsFromDescription).judge(
            resume,
            skills: skills,
            likenesses: likenesses,
            integrity: integrity,
            fingerprint: fingerprint(read, job)
        )
    }

    /// Digests everything that the score depends on.
    private func fingerprint(_ read: ReadResume, _ job: Job) -> String {
        let digest = Digest()
        let requirements = job.requirements
        let weights = job.weights ?? ScoringRules.defaultWeights
        let numbers = [
            requirements.minYearsExperience, requirements.maxYearsExperience, weights.semantic, weights.requiredSkills,
            weights.preferredSkills, weights.experience, weights.education,
        ]
        let fields =
            [
                ScoringRules.version, ScoringText.version, taxonomy.version, terms.version, model.digest,
                EmbeddingModel.arithmeticVersion,
                "\(read.registeredOn.year)-\(read.registeredOn.month)", read.document.text, "\(job.revision)",
                job.title,
                job.description,
                requirements.minEducation?.rawValue ?? "",
            ] + numbers.map { $0.map { "\($0)" } ?? "" }
            + ["\(requirements.requiredSkills.count)"] + requirements.requiredSkills + requirements.preferredSkills
        for field in fields { digest.update(field: field) }
        return digest.hexadecimal()
    }
}
