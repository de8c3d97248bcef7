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
    /// - Returns: An update document.
    static func update(_ job: StoredJob, before: StoredJob) -> BSONValue {
        guard job.content.retentionDays != before.content.retentionDays else {
            return ["$set": .document(changing(job))]
        }
        // Its resumes may be too old from now on: they are looked at soon.
        guard job.content.retentionDays != nil else {
            return ["$set": .document(changing(job)), "$unset": ["erasesAt": ""]]
        }
        return ["$set": .document(changing(job) + [("erasesAt", .time(job.lastUpdatedAt))])]
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

    /// - Parameter document: With every field but, where it was left out, the description.
    /// - Returns: The job.
    /// - Throws: ``BSONError``.
    static func decode(_ document: BSONDocument) throws -> StoredJob {
        var content = JobContent(
            title: try document.string("title"),
            description: try document.first("description")?.string ?? ""
        )
        content.company = try document.first("company")?.string
        content.location = try document.first("location")?.string
        content.isBlind = try document.bool("blind")
        content.retentionDays = try document.first("retentionDays")?.int.map { Int($0) }
        let requirements = try document.document("requirements")
        content.requirements.requiredSkills = try requirements.array("requiredSkills") { $0.string }
        content.requirements.preferredSkills = try requirements.array("preferredSkills") { $0.string }
        content.requirements.minYearsExperience = try requirements.first("minYearsExperience")?.double
        content.requirements.maxYearsExperience = try requirements.first("maxYearsExperience")?.double
        content.requirements.minEducation = try requirements.first("minEducation")?.string.flatMap(EducationLevel.init)
        let weights = try document.document("weights")
        content.weights = ScoringWeights(
            semantic: try weights.double("semantic"),
            requiredSkills: try weights.double("requiredSkills"),
            preferredSkills: try weights.double("preferredSkills"),
            experience: try weights.double("experience"),
            education: try weights.double("education")
        )
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
        let counters = try document.document("counters")
        job.counters.total = try counters.int("total")
        job.counters.queued = try counters.int("queued")
        job.counters.completed = try counters.int("completed")
        job.counters.failed = try counters.int("failed")
        job.counters.passed = try counters.int("passed")
        job.counters.rejected = try counters.int("rejected")
        job.counters.histogram = try counters.array("histogram") { $0.int.map { Int($0) } }
        var skills = try counters.document("skills").makeElements()
        while let element = try skills.next() { job.counters.skills[element.key] = element.int.map { Int($0) } }
        return job
    }
}
