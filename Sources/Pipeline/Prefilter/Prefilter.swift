/// A label for triage, with its reasons: the contract's `Prefilter`.
public struct Prefilter: Sendable, Equatable {
    /// The label.
    ///
    /// Failed only where a criterion is not met; an unclear one never fails.
    public var passFail: PassFail
    /// One for each thing that the job asks for, and the nearness of the whole.
    public var criteria: [Criterion]

    /// Labels by the criteria.
    public init(criteria: [Criterion]) {
        self.criteria = criteria
        passFail = criteria.contains { $0.state == .notMet } ? .failed : .passed
    }
}

/// Whether a resume passes.
public enum PassFail: String, Sendable, CaseIterable {
    case passed = "PASSED"
    case failed = "FAILED"
}

/// One thing that was checked: the contract's `Criterion`.
public struct Criterion: Sendable, Equatable {
    /// What is checked.
    public enum Code: String, Sendable {
        case requiredSkills = "REQUIRED_SKILLS"
        case minExperience = "MIN_EXPERIENCE"
        case maxExperience = "MAX_EXPERIENCE"
        case minEducation = "MIN_EDUCATION"
        case semanticRelevance = "SEMANTIC_RELEVANCE"
    }

    /// How it came out.
    public enum State: String, Sendable {
        case met = "MET"
        case notMet = "NOT_MET"
        case unclear = "UNCLEAR"
    }

    /// What was checked.
    public var code: Code
    /// How it came out.
    public var state: State
    /// What was asked and what was found, in a sentence for the recruiter.
    public var message: String
    /// What the state rests on.
    public var evidence: [Evidence]

    /// Each parameter is the property of its name.
    public init(code: Code, state: State, message: String, evidence: [Evidence]) {
        self.code = code
        self.state = state
        self.message = message
        self.evidence = evidence
    }
}

/// Checks a resume against what the job asks for.
struct Prefilterer {
    let requirements: JobRequirements

    /// Checks every criterion that the job sets, in a fixed order.
    func check(_ resume: ParsedResume, skills: [SkillFinding], semantic: BasisPoints) -> Prefilter {
        let criteria = [
            requiredSkills(skills), minExperience(resume), maxExperience(resume), minEducation(resume),
            relevance(semantic),
        ]
        return Prefilter(criteria: criteria.compactMap { $0 })
    }

    private func requiredSkills(_ skills: [SkillFinding]) -> Criterion? {
        let asked = skills.filter(\.required)
        guard !requirements.requiredSkills.isEmpty, !asked.isEmpty else { return nil }
        let missing = asked.filter { !$0.isFound }
        let failed = missing.count * 10_000 > ScoringRules.missingSkillsTolerated * asked.count
        var message = "\(asked.count - missing.count) of \(asked.count) required skills found"
        if !missing.isEmpty { message += "; not found: " + missing.map(\.requirement).joined(separator: ", ") }
        return Criterion(
            code: .requiredSkills,
            state: failed ? .notMet : .met,
            message: message + ".",
            evidence: asked.compactMap(\.evidence.first)
        )
    }

    private func minExperience(_ resume: ParsedResume) -> Criterion? {
        guard let minimum = requirements.minYearsExperience, minimum > 0 else { return nil }
        return experience(resume, code: .minExperience, asked: "at least \(Years.text(minimum))") { months in
            months >= Int((minimum * 12).rounded())
        }
    }

    private func maxExperience(_ resume: ParsedResume) -> Criterion? {
        guard let maximum = requirements.maxYearsExperience else { return nil }
        return experience(resume, code: .maxExperience, asked: "at most \(Years.text(maximum))") { months in
            months <= Int((maximum * 12).rounded())
        }
    }

    private func experience(
        _ resume: ParsedResume,
        code: Criterion.Code,
        asked: String,
        isMet: (_ months: Int) -> Bool
    ) -> Criterion {
        guard let months = resume.experienceMonths else {
            return Criterion(
                code: code,
                state: .unclear,
                message: "Asked: \(asked) of experience; the resume gives no dates that could be read.",
                evidence: []
            )
        }
        let found = Years.text(months: months)
        let basis = resume.experienceIsStated ? "stated, not dated" : "from dated positions, overlaps counted once"
        // A round figure that the candidate merely states is no proof of falling short by a little.
        let met = isMet(months)
        return Criterion(
            code: code,
            state: met ? .met : (resume.experienceIsStated ? .unclear : .notMet),
            message: "Asked: \(asked) of experience; found: \(found) (\(basis)).",
            evidence: resume.experienceEvidence
        )
    }

    private func minEducation(_ resume: ParsedResume) -> Criterion? {
        guard let minimum = requirements.minEducation else { return nil }
        guard let level = resume.profile.highestEducation else {
            return Criterion(
                code: .minEducation,
                state: .unclear,
                message: "Asked: \(minimum.words) or higher; the resume names no degree that could be read.",
                evidence: []
            )
        }
        return Criterion(
            code: .minEducation,
            state: level >= minimum ? .met : .notMet,
            message: "Asked: \(minimum.words) or higher; found: \(level.words).",
            evidence: resume.educationEvidence
        )
    }

    private func relevance(_ semantic: BasisPoints) -> Criterion {
        let met = semantic >= ScoringRules.semanticFloor
        return Criterion(
            code: .semanticRelevance,
            state: met ? .met : .notMet,
            message: met
                ? "The resume speaks of the same kind of work as the job."
                : "The resume speaks of another kind of work than the job.",
            evidence: []
        )
    }
}

extension EducationLevel {
    /// The level in words.
    var words: String {
        switch self {
        case .secondary: "secondary school"
        case .associate: "an associate degree"
        case .bachelor: "a bachelor's degree"
        case .master: "a master's degree"
        case .doctorate: "a doctorate"
        }
    }
}

/// Spans of years in words.
enum Years {
    /// Years with at most one decimal, such as “3.5 years”.
    static func text(_ years: Double) -> String {
        text(tenths: Int((years * 10).rounded()))
    }

    /// Months as years, such as “4.2 years”, or as months below one year.
    static func text(months: Int) -> String {
        months < 12 ? "\(months) month\(months == 1 ? "" : "s")" : text(tenths: (months * 10 + 6) / 12)
    }

    private static func text(tenths: Int) -> String {
        let number = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return "\(number) year\(tenths == 10 ? "" : "s")"
    }
}
