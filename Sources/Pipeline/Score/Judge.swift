/// Turns what was found in a resume into score, label and explanation.
///
/// Reads no text: whoever makes the same findings in another way gets the same judgement.
public struct Judge: Sendable {
    private let job: Job
    private let skillsFromDescription: Bool

    /// - Parameters:
    ///   - job: What the resume is compared with.
    ///   - skillsFromDescription: Whether its skills were read from its description, since its requirements name none.
    public init(job: Job, skillsFromDescription: Bool = false) {
        self.job = job
        self.skillsFromDescription = skillsFromDescription
    }

    /// Judges one resume.
    ///
    /// - Parameters:
    ///   - resume: As it was read.
    ///   - skills: One finding for each skill of the job, required ones first.
    ///   - likenesses: Of the resume's meaning and words to the job's.
    ///   - integrity: What is odd about the file.
    ///   - fingerprint: Of everything that the score depends on.
    /// - Returns: Everything that is stored of a screening.
    public func judge(
        _ resume: ParsedResume,
        skills: [SkillFinding],
        likenesses: Likenesses,
        integrity: IntegrityReport,
        fingerprint: String
    ) -> ScreenedResume {
        let semantic = SemanticScorer.value(of: likenesses)
        let scores = score(resume, skills, semantic, fingerprint: fingerprint)
        let prefilter = Prefilterer(requirements: job.requirements).check(resume, skills: skills, semantic: semantic)
        return ScreenedResume(
            profile: resume.profile,
            prefilter: prefilter,
            scores: scores,
            explanation: Explainer(job: job, skillsFromDescription: skillsFromDescription).explain(
                resume,
                skills: skills,
                scores: scores,
                prefilter: prefilter,
                integrity: integrity
            ),
            integrity: integrity,
            likenesses: likenesses,
            requiredSkillsMet: skills.count { $0.required && $0.isFound }
        )
    }

    private func score(
        _ resume: ParsedResume,
        _ skills: [SkillFinding],
        _ semantic: BasisPoints,
        fingerprint: String
    ) -> ScoreBreakdown {
        let required = skills.filter(\.required)
        let preferred = skills.filter { !$0.required }
        let minimum = job.requirements.minYearsExperience ?? 0
        let shares = WeightShares(
            job.weights ?? ScoringRules.defaultWeights,
            applicable: .init(
                requiredSkills: !required.isEmpty,
                preferredSkills: !preferred.isEmpty,
                experience: minimum > 0,
                education: job.requirements.minEducation != nil
            )
        )
        func mean(_ findings: [SkillFinding]) -> BasisPoints {
            findings.isEmpty ? 0 : findings.reduce(0) { $0 + $1.credit } / findings.count
        }
        return ScoreBreakdown(
            semantic: ScoreComponent(value: semantic, weight: shares.semantic),
            requiredSkills: ScoreComponent(value: mean(required), weight: shares.requiredSkills),
            preferredSkills: ScoreComponent(value: mean(preferred), weight: shares.preferredSkills),
            experience: ScoreComponent(
                value: minimum > 0 ? ExperienceScorer.value(months: resume.experienceMonths, minimum: minimum) : 0,
                weight: shares.experience
            ),
            education: ScoreComponent(
                value: job.requirements.minEducation.map {
                    EducationScorer.value(level: resume.profile.highestEducation, minimum: $0)
                } ?? 0,
                weight: shares.education
            ),
            version: "\(ScoringRules.version)/\(ScoringRules.modelName)",
            jobRevision: job.revision,
            fingerprint: fingerprint
        )
    }
}
