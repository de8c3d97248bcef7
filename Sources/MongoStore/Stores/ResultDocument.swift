internal import Pipeline
internal import Schema

/// What screening found out, as a resume's document holds it under `result`.
enum ResultDocument {
    // MARK: - Writing

    static func encode(_ screened: ScreenedResume) -> BSONDocument {
        let result = ScreeningResult(screened)
        var fields: [(key: String, value: BSONValue)] = [
            ("passFail", .string(result.passFail.rawValue)), ("finalScore", .int(result.finalScore)),
            ("requiredSkillsMet", .int(result.requiredSkillsMet)), ("shownSkills", .strings(result.shownSkills)),
            ("jobRevision", .int(result.jobRevision)), ("flagged", .bool(result.isFlagged)),
            ("skillKeys", .strings(Array(Set(screened.profile.skills.map { SkillKey.of($0.name) })).sorted())),
        ]
        if let years = screened.profile.yearsExperience { fields.append(("years", .double(years))) }
        fields += [
            ("scores", scores(screened.scores)), ("profile", profile(screened.profile)),
            ("prefilter", prefilter(screened.prefilter)), ("explanation", explanation(screened.explanation)),
            ("integrity", .array(screened.integrity.findings.map(finding))),
        ]
        return BSONWriter.document(capacity: 16_384) { writer in
            for (key, value) in fields { writer.append(key, value) }
        }
    }

    private static func scores(_ scores: ScoreBreakdown) -> BSONValue {
        func component(_ part: ScoreComponent) -> BSONValue {
            ["value": .int(part.value), "weight": .int(part.weight)]
        }
        return [
            "semantic": component(scores.semantic), "requiredSkills": component(scores.requiredSkills),
            "preferredSkills": component(scores.preferredSkills), "experience": component(scores.experience),
            "education": component(scores.education), "version": .string(scores.version),
            "fingerprint": .string(scores.fingerprint),
        ]
    }

    private static func evidence(_ evidence: [Evidence]) -> BSONValue {
        .array(
            evidence.map { quote in
                .document(
                    [("quote", .string(quote.quote)), ("offset", .int(quote.offset))]
                        + (quote.page.map { [("page", .int($0))] } ?? [])
                )
            }
        )
    }

    /// The texts that are there.
    private static func texts(_ texts: KeyValuePairs<String, String?>) -> [(key: String, value: BSONValue)] {
        texts.compactMap { key, text in text.map { (key, .string($0)) } }
    }

    private static func profile(_ profile: CandidateProfile) -> BSONValue {
        var fields = texts([
            "name": profile.name, "location": profile.location, "headline": profile.headline,
            "summary": profile.summary, "highestEducation": profile.highestEducation?.rawValue,
            "textLanguage": profile.textLanguage,
        ])
        if let years = profile.yearsExperience { fields.append(("yearsExperience", .double(years))) }
        fields += [
            ("emails", .strings(profile.emails)), ("phones", .strings(profile.phones)),
            ("links", .strings(profile.links)), ("certifications", .strings(profile.certifications)),
            ("languages", .strings(profile.languages)),
            (
                "skills",
                .array(profile.skills.map { ["name": .string($0.name), "evidence": evidence($0.evidence)] })
            ),
            (
                "experience",
                .array(
                    profile.experience.map { position in
                        .document(
                            texts([
                                "title": position.title, "organization": position.organization,
                                "location": position.location, "start": position.start, "end": position.end,
                                "description": position.description,
                            ]) + [("current", .bool(position.current))]
                        )
                    }
                )
            ),
            (
                "education",
                .array(
                    profile.education.map { education in
                        .document(
                            texts([
                                "institution": education.institution, "degree": education.degree,
                                "field": education.field, "level": education.level?.rawValue,
                            ]) + (education.endYear.map { [("endYear", .int($0))] } ?? [])
                        )
                    }
                )
            ),
        ]
        return .document(fields)
    }

    private static func prefilter(_ prefilter: Prefilter) -> BSONValue {
        .array(
            prefilter.criteria.map { criterion in
                [
                    "code": .string(criterion.code.rawValue), "state": .string(criterion.state.rawValue),
                    "message": .string(criterion.message), "evidence": evidence(criterion.evidence),
                ]
            }
        )
    }

    private static func explanation(_ explanation: Explanation) -> BSONValue {
        [
            "summary": .string(explanation.summary),
            "matchedSkills": .array(
                explanation.matchedSkills.map { match in
                    [
                        "skill": .string(match.skill), "required": .bool(match.required),
                        "evidence": evidence(match.evidence),
                    ]
                }
            ),
            "missingSkills": .strings(explanation.missingSkills), "strengths": .strings(explanation.strengths),
            "gaps": .strings(explanation.gaps), "notes": .strings(explanation.notes),
        ]
    }

    private static func finding(_ finding: IntegrityFinding) -> BSONValue {
        [
            "code": .string(finding.code.rawValue), "message": .string(finding.message),
            "evidence": evidence(finding.evidence),
        ]
    }

    // MARK: - Reading

    /// - Parameter field: With every part, or without those that were left out.
    /// - Returns: What it holds.
    /// - Throws: ``BSONError``.
    static func decode(_ field: BSONField) throws -> ScreeningResult {
        var (passFail, finalScore, skillsMet): (PassFail?, Int?, Int?)
        var (revision, isFlagged): (Int?, Bool?)
        var shownSkills: [String] = []
        var scored: BSONDocument?
        // Read where they are needed: what a closure writes is copied out of it.
        var (profile, explanation): (BSONField?, BSONField?)
        var prefilter: Prefilter?
        var integrity: [IntegrityFinding]?
        try field.eachField { field in
            switch field {
            case "passFail": passFail = field.value(of: PassFail.self)
            case "finalScore": finalScore = field.int
            case "requiredSkillsMet": skillsMet = field.int
            case "jobRevision": revision = field.int
            case "flagged": isFlagged = field.bool
            case "shownSkills": shownSkills = try field.array { $0.string }
            case "scores": scored = try field.document()
            case "profile": profile = field
            case "prefilter":
                prefilter = Prefilter(criteria: try field.array { try $0.document().map(criterion) })
            case "explanation": explanation = field
            case "integrity": integrity = try field.array { try $0.document().map(finding) }
            default: break
            }
        }
        guard let passFail, let finalScore, let skillsMet, let revision, let isFlagged else {
            throw BSONError("a result lacks a field, or has one of an unexpected type")
        }
        return ScreeningResult(
            passFail: passFail,
            finalScore: finalScore,
            requiredSkillsMet: skillsMet,
            shownSkills: shownSkills,
            jobRevision: revision,
            isFlagged: isFlagged,
            scores: try scored.map { try scores($0, revision: revision) },
            profile: try profile.map(Self.profile),
            prefilter: prefilter,
            explanation: try explanation.flatMap(Self.explanation),
            integrity: integrity
        )
    }

    private static func scores(_ document: BSONDocument, revision: Int) throws -> ScoreBreakdown {
        func component(_ key: String) throws -> ScoreComponent {
            let part = try document.document(key)
            return ScoreComponent(value: try part.int("value"), weight: try part.int("weight"))
        }
        return ScoreBreakdown(
            semantic: try component("semantic"),
            requiredSkills: try component("requiredSkills"),
            preferredSkills: try component("preferredSkills"),
            experience: try component("experience"),
            education: try component("education"),
            version: try document.string("version"),
            jobRevision: revision,
            fingerprint: try document.string("fingerprint")
        )
    }

    private static func evidence(_ document: BSONDocument) throws -> [Evidence] {
        try document.array("evidence") { try $0.document().map(quote) }
    }

    private static func quote(_ document: BSONDocument) throws -> Evidence {
        Evidence(
            quote: try document.string("quote"),
            offset: try document.int("offset"),
            page: try document.first("page")?.int.map { Int($0) }
        )
    }

    private static func profile(_ field: BSONField) throws -> CandidateProfile {
        var profile = CandidateProfile()
        try field.eachField { field in
            switch field {
            case "name": profile.name = field.string
            case "location": profile.location = field.string
            case "headline": profile.headline = field.string
            case "summary": profile.summary = field.string
            case "highestEducation": profile.highestEducation = field.string.flatMap(EducationLevel.init)
            case "textLanguage": profile.textLanguage = field.string
            case "yearsExperience": profile.yearsExperience = field.double
            case "emails": profile.emails = try field.array { $0.string }
            case "phones": profile.phones = try field.array { $0.string }
            case "links": profile.links = try field.array { $0.string }
            case "certifications": profile.certifications = try field.array { $0.string }
            case "languages": profile.languages = try field.array { $0.string }
            case "skills": profile.skills = try field.array(of: skill)
            case "experience": profile.experience = try field.array { try $0.document().map(position) }
            case "education": profile.education = try field.array { try $0.document().map(education) }
            default: break
            }
        }
        return profile
    }

    private static func skill(_ field: BSONField) throws -> CandidateSkill? {
        // As pages are read.
        if let name = field.onlyText(named: "name") { return CandidateSkill(name: name, evidence: []) }
        var name: String?
        var shown: [Evidence] = []
        try field.eachField { field in
            switch field {
            case "name": name = field.string
            case "evidence": shown = try field.array { try $0.document().map(quote) }
            default: break
            }
        }
        return name.map { CandidateSkill(name: $0, evidence: shown) }
    }

    private static func position(_ document: BSONDocument) throws -> Position {
        var position = Position()
        position.title = try document.first("title")?.string
        position.organization = try document.first("organization")?.string
        position.location = try document.first("location")?.string
        position.start = try document.first("start")?.string
        position.end = try document.first("end")?.string
        position.description = try document.first("description")?.string
        position.current = try document.bool("current")
        return position
    }

    private static func education(_ document: BSONDocument) throws -> Education {
        var education = Education()
        education.institution = try document.first("institution")?.string
        education.degree = try document.first("degree")?.string
        education.field = try document.first("field")?.string
        education.level = try document.first("level")?.string.flatMap(EducationLevel.init)
        education.endYear = try document.first("endYear")?.int.map { Int($0) }
        return education
    }

    private static func criterion(_ document: BSONDocument) throws -> Criterion {
        Criterion(
            code: try document.required("code") { $0.string.flatMap(Criterion.Code.init) },
            state: try document.required("state") { $0.string.flatMap(Criterion.State.init) },
            message: try document.string("message"),
            evidence: try evidence(document)
        )
    }

    private static func explanation(_ field: BSONField) throws -> Explanation? {
        var summary: String?
        var hasReasons = false
        try field.eachField { field in
            switch field {
            case "summary": summary = field.string
            case "notes": hasReasons = true
            default: break
            }
        }
        if hasReasons { return try field.document().map(reasons) }
        return Explanation(
            summary: summary ?? "",
            matchedSkills: [],
            missingSkills: [],
            strengths: [],
            gaps: [],
            notes: []
        )
    }

    /// All of it.
    private static func reasons(_ document: BSONDocument) throws -> Explanation {
        var explanation = Explanation(
            summary: try document.first("summary")?.string ?? "",
            matchedSkills: [],
            missingSkills: [],
            strengths: [],
            gaps: [],
            notes: []
        )
        explanation.matchedSkills = try document.array("matchedSkills") { element in
            try element.document().map {
                SkillMatch(
                    skill: try $0.string("skill"),
                    required: try $0.bool("required"),
                    evidence: try evidence($0)
                )
            }
        }
        explanation.missingSkills = try document.array("missingSkills") { $0.string }
        explanation.strengths = try document.array("strengths") { $0.string }
        explanation.gaps = try document.array("gaps") { $0.string }
        explanation.notes = try document.array("notes") { $0.string }
        return explanation
    }

    private static func finding(_ document: BSONDocument) throws -> IntegrityFinding {
        IntegrityFinding(
            code: try document.required("code") { $0.string.flatMap(IntegrityFinding.Code.init) },
            message: try document.string("message"),
            evidence: try evidence(document)
        )
    }
}
