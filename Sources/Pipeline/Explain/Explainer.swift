/// Writes the explanation of one score.
struct Explainer {
    let job: Job
    /// Whether the skills were read from the job's description, since its requirements name none.
    let skillsFromDescription: Bool

    /// Explains a score from what it was computed of; asks nothing and nobody else.
    func explain(
        _ resume: ParsedResume,
        skills: [SkillFinding],
        scores: ScoreBreakdown,
        prefilter: Prefilter,
        integrity: IntegrityReport
    ) -> Explanation {
        let found = skills.filter(\.isFound)
        let missing = skills.filter { !$0.isFound }
        return Explanation(
            summary: summary(resume, skills, scores, prefilter),
            matchedSkills: found.map {
                SkillMatch(skill: $0.requirement, required: $0.required, evidence: $0.evidence)
            },
            missingSkills: missing.map(\.requirement),
            strengths: strengths(resume, found, scores, prefilter),
            gaps: gaps(resume, missing, scores, prefilter),
            notes: notes(resume, skills, scores, integrity)
        )
    }

    // MARK: - Parts

    private func summary(
        _ resume: ParsedResume,
        _ skills: [SkillFinding],
        _ scores: ScoreBreakdown,
        _ prefilter: Prefilter
    ) -> String {
        var sentences = ["\(Points.text(scores.finalScore)) of 100 points."]
        let asked = skillsFromDescription ? skills : skills.filter(\.required)
        if !asked.isEmpty {
            let source = skillsFromDescription ? "skills that the description names" : "required skills"
            sentences.append("Shows \(asked.count(where: \.isFound)) of \(asked.count) \(source).")
        }
        let failed = prefilter.criteria.filter { $0.state == .notMet }
        let unclear = prefilter.criteria.filter { $0.state == .unclear }
        if failed.isEmpty {
            sentences.append(
                unclear.isEmpty
                    ? "Meets every criterion."
                    : "Fails no criterion; \(unclear.count) could not be read from the resume."
            )
        } else {
            sentences.append("Does not meet: " + failed.map(\.code.words).joined(separator: ", ") + ".")
        }
        return sentences.joined(separator: " ")
    }

    private func strengths(
        _ resume: ParsedResume,
        _ found: [SkillFinding],
        _ scores: ScoreBreakdown,
        _ prefilter: Prefilter
    ) -> [String] {
        var lines: [String] = []
        let practised = found.filter { $0.required && $0.inContext }
        if !practised.isEmpty {
            lines.append("Used at work: " + Self.list(practised.map(\.requirement)) + ".")
        }
        for criterion in prefilter.criteria where criterion.state == .met && criterion.code != .requiredSkills {
            if criterion.code != .semanticRelevance || scores.semantic.value >= 6_000 {
                lines.append(criterion.message)
            }
        }
        let preferred = found.filter { !$0.required }
        if !preferred.isEmpty { lines.append("Also welcome: " + Self.list(preferred.map(\.requirement)) + ".") }
        return lines
    }

    private func gaps(
        _ resume: ParsedResume,
        _ missing: [SkillFinding],
        _ scores: ScoreBreakdown,
        _ prefilter: Prefilter
    ) -> [String] {
        var lines: [String] = []
        let required = missing.filter(\.required)
        if !required.isEmpty { lines.append("Not found: " + Self.list(required.map(\.requirement)) + ".") }
        for criterion in prefilter.criteria where criterion.state != .met && criterion.code != .requiredSkills {
            lines.append(criterion.message)
        }
        let preferred = missing.filter { !$0.required }
        if !preferred.isEmpty {
            lines.append("Welcome, but not found: " + Self.list(preferred.map(\.requirement)) + ".")
        }
        return lines
    }

    private func notes(
        _ resume: ParsedResume,
        _ skills: [SkillFinding],
        _ scores: ScoreBreakdown,
        _ integrity: IntegrityReport
    ) -> [String] {
        var lines: [String] = []
        for (name, component) in scores.components {
            guard component.weight > 0 else {
                lines.append("\(name): not counted; the job asks for nothing here, and its weight went to the others.")
                continue
            }
            lines.append(
                "\(name): \(Points.text(component.points)) points = 100 × \(Points.ratio(component.value)) × "
                    + "\(Points.ratio(component.weight))."
            )
        }
        if skillsFromDescription {
            lines.append(
                "The job names no skills; those that its description names were looked for and count as preferred ones."
            )
        }
        let listed = skills.filter { $0.isFound && !$0.inContext && $0.basis == .named }
        if !listed.isEmpty {
            lines.append(
                "Named in a list only, which counts \(Points.percent(ScoringRules.skillInList)): "
                    + Self.list(listed.map(\.requirement)) + "."
            )
        }
        for skill in skills {
            if case .implied(let through) = skill.basis {
                lines.append(
                    "\(skill.requirement) is not named but follows from \(through), which counts "
                        + "\(Points.percent(ScoringRules.skillImplied))."
                )
            }
        }
        for list in integrity.stuffedLists {
            lines.append(
                "A list of \(list.itemCount) items: each counts as \(ScoringRules.fullCreditListLength) of "
                    + "\(list.itemCount) parts of a listed skill."
            )
        }
        if !integrity.instructionRanges.isEmpty { lines.append("Orders to a screening program were not counted.") }
        if integrity.findings.contains(where: { $0.code == .hiddenText }) {
            lines.append("Hidden text was not counted.")
        }
        lines.append("Name, contacts, address, schools' names and dates of birth were not looked at.")
        return lines
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}

extension ScoreBreakdown {
    /// The components with their names, in the contract's order.
    public var components: [(name: String, component: ScoreComponent)] {
        [
            ("semantic", semantic), ("requiredSkills", requiredSkills), ("preferredSkills", preferredSkills),
            ("experience", experience), ("education", education),
        ]
    }
}

extension Criterion.Code {
    /// The criterion in words.
    var words: String {
        switch self {
        case .requiredSkills: "required skills"
        case .minExperience: "minimum experience"
        case .maxExperience: "maximum experience"
        case .minEducation: "minimum education"
        case .semanticRelevance: "relevance"
        }
    }
}

/// Points and shares in words.
public enum Points {
    /// Hundredths of a point with two decimals: 7,250 is “72.50”.
    public static func text(_ hundredths: Int) -> String {
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    /// Basis points as a number from 0 to 1.
    static func ratio(_ value: BasisPoints) -> String { JSONValue.decimalText(value, 4) }

    /// Basis points as a percentage.
    static func percent(_ value: BasisPoints) -> String { JSONValue.decimalText(value, 2) + " %" }
}
