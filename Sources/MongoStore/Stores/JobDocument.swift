internal import Pipeline
internal import Schema

/// A job as its document holds it.
enum JobDocument {
    /// Every field.
    ///
    /// - Parameters:
    ///   - job: With its counters.
    ///   - eventHead: Where its chain of events ends, as ``EventChain`` gives it.
    /// - Returns: A document of `jobs`.
    static func encode(_ job: StoredJob, eventHead: BSONValue) -> BSONDocument {
        BSONWriter.document(capacity: 1024 + job.content.description.utf8.count) { writer in
            writer.append("_id", .objectID(job.id))
            writer.append("recruiterId", .objectID(job.recruiterID))
            for (key, value) in changing(job) { writer.append(key, value) }
            writer.append("counters", encode(job.counters))
            writer.append("eventHead", eventHead)
            writer.append("createdAt", .time(job.createdAt))
            if let days = job.content.retentionDays {
                writer.append("erasesAt", .time(job.createdAt.advanced(by: .seconds(86_400 * days))))
            }
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
    ///
    /// - Parameters:
    ///   - job: As it will be.
    ///   - before: As it is.
    ///   - eventHead: Where its chain of events will end, as ``EventChain`` gives it.
    /// - Returns: An update document.
    static func update(_ job: StoredJob, before: StoredJob, eventHead: BSONValue) -> BSONValue {
        let changing = changing(job) + [("eventHead", eventHead)]
        guard job.content.retentionDays != before.content.retentionDays else {
            return ["$set": .document(changing)]
        }
        // Its resumes may be too old from now on: they are looked at soon.
        guard job.content.retentionDays != nil else {
            return ["$set": .document(changing), "$unset": ["erasesAt": ""]]
        }
        return ["$set": .document(changing + [("erasesAt", .time(job.lastUpdatedAt))])]
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
            ("retentionDays", .optional(content.retentionDays) { .int($0) }),
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

    /// What ``decode(_:_:)`` reads of a job with these parts, and nothing else.
    ///
    /// Whole fields alone, of which MongoDB picks those that are named in one pass: with a single path into one it builds each
    /// document anew, which took a seventh more of its time for a dashboard.
    static func projection(_ parts: JobParts) -> BSONValue { .encoded(projections[parts]) }

    private static let projections = Projections<JobParts> { rowFields + $0.fields }

    /// What every reader gets.
    private static let rowFields = [
        "recruiterId", "title", "blind", "status", "revision", "version", "createdAt", "lastUpdatedAt", "counters",
    ]

    /// - Parameters:
    ///   - document: Whole, or with the fields of ``projection(_:)``.
    ///   - parts: What is read of it beside what every reader gets.
    /// - Returns: The job.
    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument, _ parts: JobParts = .all) throws -> StoredJob {
        try document.lent { try decode($0, parts) }
    }

    private static let lacking = BSONError("a job lacks a field, or has one of an unexpected type")

    /// What ``decode(_:_:)`` gives, of a document that is lent.
    static func decode(_ document: BSONField, _ parts: JobParts) throws -> StoredJob {
        // In the order of ``encode(_:eventHead:)``.
        var fields = try document.fields()
        guard let id = try fields.next("_id")?.objectID, let recruiter = try fields.next("recruiterId")?.objectID,
            let title = try fields.next("title")?.string, !title.isEmpty
        else { throw lacking }
        var content = JobContent(title: title, description: "")
        if parts.contains(.company) { content.company = try fields.next("company")?.string }
        if parts.contains(.location) { content.location = try fields.next("location")?.string }
        if parts.contains(.description) { content.description = try fields.next("description")?.string ?? "" }
        guard let isBlind = try fields.next("blind")?.bool,
            let status = try fields.next("status")?.value(of: JobStatus.self)
        else { throw lacking }
        content.isBlind = isBlind
        if parts.contains(.requirements), let field = try fields.next("requirements") {
            content.requirements = try requirements(field)
        }
        if parts.contains(.weights), let field = try fields.next("weights") { content.weights = try weights(field) }
        if parts.contains(.retentionDays) { content.retentionDays = try fields.next("retentionDays")?.int }
        var counters = JobCounters()
        guard let revision = try fields.int("revision"), let version = try fields.int("version"),
            let changed = try fields.timestamp("lastUpdatedAt"), let counted = try fields.next("counters"),
            let created = try fields.timestamp("createdAt")
        else { throw lacking }
        try read(&counters, counted, hasSkills: parts.contains(.skills))
        let empty = JobContent(title: "", description: "")
        var job = StoredJob(id: id, recruiterID: recruiter, content: empty, createdAt: created)
        // Moved: they hold many references.
        swap(&job.content, &content)
        swap(&job.counters, &counters)
        job.status = status
        job.revision = revision
        job.version = Int64(version)
        job.lastUpdatedAt = changed
        return job
    }

    private static func requirements(_ field: BSONField) throws -> JobRequirements {
        var requirements = JobRequirements()
        try field.eachField { field in
            switch field {
            case "requiredSkills": requirements.requiredSkills = try field.array { $0.string }
            case "preferredSkills": requirements.preferredSkills = try field.array { $0.string }
            case "minYearsExperience": requirements.minYearsExperience = field.double
            case "maxYearsExperience": requirements.maxYearsExperience = field.double
            case "minEducation": requirements.minEducation = field.string.flatMap(EducationLevel.init)
            default: break
            }
        }
        return requirements
    }

    private static func weights(_ field: BSONField) throws -> ScoringWeights {
        guard let document = try field.document() else { throw BSONError("a job's weights are no document") }
        return ScoringWeights(
            semantic: try document.double("semantic"),
            requiredSkills: try document.double("requiredSkills"),
            preferredSkills: try document.double("preferredSkills"),
            experience: try document.double("experience"),
            education: try document.double("education")
        )
    }

    private static func read(_ counters: inout JobCounters, _ field: BSONField, hasSkills: Bool) throws {
        var fields = try field.fields()
        guard let total = try fields.int("total"), let queued = try fields.int("queued"),
            let completed = try fields.int("completed"), let failed = try fields.int("failed"),
            let passed = try fields.int("passed"), let rejected = try fields.int("rejected"),
            let histogram = try fields.next("histogram")?.integers(JobCounters.emptyHistogram.count)
        else { throw BSONError("a job lacks a counter, or has one that is no number") }
        if hasSkills, let skills = try fields.next("skills") {
            try skills.eachField { counters.skills[$0.key] = $0.int }
        }
        counters.total = total
        counters.queued = queued
        counters.completed = completed
        counters.failed = failed
        counters.passed = passed
        counters.rejected = rejected
        counters.histogram = histogram
    }
}

extension JobParts {
    /// Where a job's document has the parts, but for what is counted.
    fileprivate var fields: [String] {
        [
            (JobParts.description, "description"), (.requirements, "requirements"), (.weights, "weights"),
            (.company, "company"), (.location, "location"), (.retentionDays, "retentionDays"),
        ].compactMap { part, field in contains(part) ? field : nil }
    }
}
