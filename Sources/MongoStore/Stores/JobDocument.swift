internal import Pipeline
internal import Schema

/// A job as its document holds it.
enum JobDocument {
    /// Every field.
    static func encode(_ job: StoredJob) -> BSONDocument {
        BSONWriter.document(capacity: 1024 + job.content.description.utf8.count) { writer in
            writer.append("_id", .objectID(job.id))
            writer.append("recruiterId", .objectID(job.recruiterID))
            for (key, value) in changing(job) { writer.append(key, value) }
            writer.append("counters", encode(job.counters))
            writer.append("createdAt", .time(job.createdAt))
        }
    }

    static func encode(_ counters: JobCounters) -> BSONValue {
        [
            "total": .int(counters.total), "queued": .int(counters.queued), "completed": .int(counters.completed),
            "failed": .int(counters.failed), "passed": .int(counters.passed), "rejected": .int(counters.rejected),
            "histogram": .array(counters.histogram.map { .int($0) }),
            "skills": .document(counters.skills.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) }),
        ]
    }

    /// What an update of the job sets: all that a recruiter can change, and what follows from it.
    static func update(_ job: StoredJob) -> BSONValue {
        ["$set": .document(changing(job))]
    }

    private static func changing(_ job: StoredJob) -> [(key: String, value: BSONValue)] {
        let content = job.content
        return [
            ("title", .string(content.title)),
            ("titleKey", .string(TitleWords.key(content.title))),
            ("titleWords", .strings(TitleWords.words(content.title))),
            ("company", .optional(content.company, BSONValue.string)),
            ("location", .optional(content.location, BSONValue.string)),
            ("description", .string(content.description)),
            ("blind", .bool(content.isBlind)),
            ("status", .string(job.status.rawValue)),
            ("requirements", requirements(content.requirements)),
            (
                "weights",
                [
                    "semantic": .double(content.weights.semantic),
                    "requiredSkills": .double(content.weights.requiredSkills),
                    "preferredSkills": .double(content.weights.preferredSkills),
                    "experience": .double(content.weights.experience),
                    "education": .double(content.weights.education),
                ]
            ),
            ("revision", .int(job.revision)),
            ("version", .int64(job.version)),
            ("lastUpdatedAt", .time(job.lastUpdatedAt)),
        ]
    }

    private static func requirements(_ requirements: JobRequirements) -> BSONValue {
        var fields: [(key: String, value: BSONValue)] = [
            ("requiredSkills", .strings(requirements.requiredSkills)),
            ("preferredSkills", .strings(requirements.preferredSkills)),
        ]
        if let years = requirements.minYearsExperience { fields.append(("minYearsExperience", .double(years))) }
        if let years = requirements.maxYearsExperience { fields.append(("maxYearsExperience", .double(years))) }
        if let level = requirements.minEducation { fields.append(("minEducation", .string(level.rawValue))) }
        return .document(fields)
    }

    /// What ``decode(_:)`` reads of a job with these parts, and nothing else.
    static func projection(_ parts: JobParts) -> BSONValue {
        .document(
            (rowFields + parts.fields + (parts.contains(.skills) ? ["counters"] : counterFields)).map { ($0, 1) }
        )
    }

    /// What every reader gets.
    private static let rowFields = [
        "recruiterId", "title", "company", "location", "blind", "status", "revision", "version", "createdAt",
        "lastUpdatedAt",
    ]
    private static let counterFields = [
        "counters.total", "counters.queued", "counters.completed", "counters.failed", "counters.passed",
        "counters.rejected", "counters.histogram",
    ]

    /// - Parameter document: Whole, or with the fields of ``projection(_:)``.
    /// - Returns: The job.
    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument) throws -> StoredJob {
        var content = JobContent(title: try document.string("title"), description: "")
        content.isBlind = try document.bool("blind")
        var job = StoredJob(
            id: try document.objectID("_id"),
            recruiterID: try document.objectID("recruiterId"),
            content: content,
            createdAt: try document.timestamp("createdAt")
        )
        job.status = try document.required("status") { $0.string.flatMap(JobStatus.init) }
        job.revision = try document.int("revision")
        job.version = try document.required("version") { $0.int }
        job.lastUpdatedAt = try document.timestamp("lastUpdatedAt")
        var elements = document.makeElements()
        while let element = try elements.next() {
            switch element {
            case "company": job.content.company = element.string
            case "location": job.content.location = element.string
            case "description": job.content.description = element.string ?? ""
            case "requirements": try element.document().map { job.content.requirements = try requirements($0) }
            case "weights": try element.document().map { job.content.weights = try weights($0) }
            default: break
            }
        }
        job.counters = try counters(document.document("counters"))
        return job
    }

    private static func requirements(_ document: BSONDocument) throws -> JobRequirements {
        var requirements = JobRequirements()
        requirements.requiredSkills = try document.array("requiredSkills") { $0.string }
        requirements.preferredSkills = try document.array("preferredSkills") { $0.string }
        requirements.minYearsExperience = try document.first("minYearsExperience")?.double
        requirements.maxYearsExperience = try document.first("maxYearsExperience")?.double
        requirements.minEducation = try document.first("minEducation")?.string.flatMap(EducationLevel.init)
        return requirements
    }

    private static func weights(_ document: BSONDocument) throws -> ScoringWeights {
        ScoringWeights(
            semantic: try document.double("semantic"),
            requiredSkills: try document.double("requiredSkills"),
            preferredSkills: try document.double("preferredSkills"),
            experience: try document.double("experience"),
            education: try document.double("education")
        )
    }

    private static func counters(_ document: BSONDocument) throws -> JobCounters {
        var counters = JobCounters()
        counters.total = try document.int("total")
        counters.queued = try document.int("queued")
        counters.completed = try document.int("completed")
        counters.failed = try document.int("failed")
        counters.passed = try document.int("passed")
        counters.rejected = try document.int("rejected")
        counters.histogram = try document.array("histogram") { $0.int.map { Int($0) } }
        if let skills = try document.first("skills")?.document() {
            var elements = skills.makeElements()
            while let element = try elements.next() { counters.skills[element.key] = element.int.map { Int($0) } }
        }
        return counters
    }
}

extension JobParts {
    /// Where a job's document has the parts, but for what is counted.
    fileprivate var fields: [String] {
        [(JobParts.description, "description"), (.requirements, "requirements"), (.weights, "weights")]
            .compactMap { part, field in contains(part) ? field : nil }
    }
}
