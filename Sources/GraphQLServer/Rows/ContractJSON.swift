internal import Pipeline

/// The pipeline's values as JSON with the field names of the contract's types.
enum ContractJSON {
    static func profile(_ profile: CandidateProfile) -> JSONValue {
        .object([
            ("name", string(profile.name)),
            ("emails", strings(profile.emails)),
            ("phones", strings(profile.phones)),
            ("links", strings(profile.links)),
            ("location", string(profile.location)),
            ("headline", string(profile.headline)),
            ("summary", string(profile.summary)),
            (
                "skills",
                .array(
                    profile.skills.map {
                        .object([("name", .string($0.name)), ("evidence", .array($0.evidence.map(evidence)))])
                    }
                )
            ),
            ("experience", .array(profile.experience.map(position))),
            ("education", .array(profile.education.map(education))),
            ("certifications", strings(profile.certifications)),
            ("languages", strings(profile.languages)),
            ("yearsExperience", optional(profile.yearsExperience, twoDecimals)),
            ("highestEducation", string(profile.highestEducation?.rawValue)),
            ("textLanguage", string(profile.textLanguage)),
        ])
    }

    private static func position(_ position: Position) -> JSONValue {
        .object([
            ("title", string(position.title)),
            ("organization", string(position.organization)),
            ("location", string(position.location)),
            ("start", string(position.start)),
            ("end", string(position.end)),
            ("current", .bool(position.current)),
            ("description", string(position.description)),
        ])
    }

    private static func education(_ education: Education) -> JSONValue {
        .object([
            ("institution", string(education.institution)),
            ("degree", string(education.degree)),
            ("field", string(education.field)),
            ("level", string(education.level?.rawValue)),
            ("endYear", optional(education.endYear, JSONValue.int)),
        ])
    }

    static func evidence(_ evidence: Evidence) -> JSONValue {
        .object([
            ("quote", .string(evidence.quote)),
            ("offset", .int(evidence.offset)),
            ("page", optional(evidence.page, JSONValue.int)),
        ])
    }

    static func integrity(_ report: IntegrityReport) -> JSONValue {
        .object([
            (
                "findings",
                .array(
                    report.findings.map { finding in
                        .object([
                            ("code", .string(finding.code.rawValue)),
                            ("message", .string(finding.message)),
                            ("evidence", .array(finding.evidence.map(evidence))),
                        ])
                    }
                )
            )
        ])
    }

    static func prefilter(_ prefilter: Prefilter) -> JSONValue {
        .object([
            ("passFail", .string(prefilter.passFail.rawValue)),
            (
                "criteria",
                .array(
                    prefilter.criteria.map { criterion in
                        .object([
                            ("code", .string(criterion.code.rawValue)),
                            ("state", .string(criterion.state.rawValue)),
                            ("message", .string(criterion.message)),
                            ("evidence", .array(criterion.evidence.map(evidence))),
                        ])
                    }
                )
            ),
        ])
    }

    static func scores(_ scores: ScoreBreakdown) -> JSONValue {
        let components: [(key: String, value: JSONValue)] = scores.components.map { name, component in
            (
                name,
                .object([
                    ("value", .decimal(units: component.value, scale: 4)),
                    ("weight", .decimal(units: component.weight, scale: 4)),
                    ("points", .decimal(units: component.points, scale: 2)),
                ])
            )
        }
        return .object(
            components + [
                ("version", .string(scores.version)),
                ("jobRevision", .int(scores.jobRevision)),
                ("fingerprint", .string(scores.fingerprint)),
            ]
        )
    }

    static func explanation(_ explanation: Explanation) -> JSONValue {
        .object([
            ("summary", .string(explanation.summary)),
            (
                "matchedSkills",
                .array(
                    explanation.matchedSkills.map { match in
                        .object([
                            ("skill", .string(match.skill)),
                            ("required", .bool(match.required)),
                            ("evidence", .array(match.evidence.map(evidence))),
                        ])
                    }
                )
            ),
            ("missingSkills", strings(explanation.missingSkills)),
            ("strengths", strings(explanation.strengths)),
            ("gaps", strings(explanation.gaps)),
            ("notes", strings(explanation.notes)),
        ])
    }

    static func likenesses(_ likenesses: Likenesses) -> JSONValue {
        let parts = [
            ("title", likenesses.title), ("nearest", likenesses.nearest), ("mean", likenesses.mean),
            ("bodyWords", likenesses.bodyWords), ("titleWords", likenesses.titleWords),
        ]
        return .object(parts.map { ($0.0, .decimal(units: $0.1, scale: 4)) })
    }

    static func error(_ error: PipelineError) -> JSONValue {
        .object([
            ("code", .string(error.code.rawValue)),
            ("message", .string(error.message)),
            ("stage", .string(error.stage.rawValue)),
            ("retryable", .bool(error.retryable)),
        ])
    }

    /// The value's JSON, or null.
    static func optional<Value>(_ value: Value?, _ make: (Value) -> JSONValue) -> JSONValue {
        if let value { make(value) } else { .null }
    }

    static func string(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    private static func twoDecimals(_ number: Double) -> JSONValue {
        .decimal(units: Int((number * 100).rounded()), scale: 2)
    }
}
