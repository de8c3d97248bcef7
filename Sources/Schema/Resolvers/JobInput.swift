internal import GraphQL
internal import Pipeline

/// The fields of `CreateJobInput` and `UpdateJobInput`, each checked by the rules of jobs when it is read.
struct JobInput {
    let values: ArgumentValues
    /// What stands before the names of fields in errors.
    private let path: String

    init(_ call: FieldCall) throws {
        self.init(try call.arguments.requiredObject("input"), path: "input.")
    }

    init(_ values: ArgumentValues, path: String) {
        self.values = values
        self.path = path
    }

    /// Whether the client said anything of a field, be it null.
    func mentions(_ name: String) -> Bool { values[name] != nil }

    /// Nil where it is missing or null.
    func text(_ name: String, limit: Int) throws -> String? {
        guard let text = try values.string(name) else { return nil }
        return try Self.ruled { () throws(JobError) in
            try JobRules.text(text, field: "\(path)\(name)", limit: limit)
        }
    }

    /// Nil where it is missing, null or blank: what may be left out may also be emptied.
    func optionalText(_ name: String) throws -> String? {
        guard let text = try values.string(name), text.contains(where: { !$0.isWhitespace }) else { return nil }
        return try self.text(name, limit: JobRules.maxShortScalars)
    }

    func requirements() throws -> JobRequirements? {
        guard let values = try values.object("requirements") else { return nil }
        let path = "\(self.path)requirements"
        func skills(_ name: String) throws -> [String] {
            let texts = try values.list(name) ?? []
            let skills = texts.compactMap { if case .string(let text) = $0 { text } else { nil } }
            return try Self.ruled { () throws(JobError) in try JobRules.skills(skills, field: "\(path).\(name)") }
        }
        func years(_ name: String) throws -> Double? {
            guard let years = try values.double(name) else { return nil }
            return try Self.ruled { () throws(JobError) in
                try JobRules.number(years, within: JobRules.years, field: "\(path).\(name)")
            }
        }
        var requirements = JobRequirements()
        requirements.requiredSkills = try skills("requiredSkills")
        requirements.preferredSkills = try skills("preferredSkills")
        requirements.minYearsExperience = try years("minYearsExperience")
        requirements.maxYearsExperience = try years("maxYearsExperience")
        requirements.minEducation = try values.string("minEducation").flatMap(EducationLevel.init)
        let checked = requirements
        try Self.ruled { () throws(JobError) in try JobRules.check(checked, field: path) }
        return requirements
    }

    func weights() throws -> ScoringWeights? {
        guard let values = try values.object("weights") else { return nil }
        let weights = ScoringWeights(
            semantic: try values.double("semantic") ?? 0,
            requiredSkills: try values.double("requiredSkills") ?? 0,
            preferredSkills: try values.double("preferredSkills") ?? 0,
            experience: try values.double("experience") ?? 0,
            education: try values.double("education") ?? 0
        )
        try Self.ruled { () throws(JobError) in try JobRules.check(weights, field: "\(path)weights") }
        return weights
    }

    /// Nil where it is missing or null.
    func retentionDays() throws -> Int? {
        guard let days = try values.int("retentionDays") else { return nil }
        guard (1...Self.maxRetentionDays).contains(days) else {
            throw GraphQLError.badInput(
                "retentionDays is \(days); it may be from 1 to \(Self.maxRetentionDays), or null.",
                field: "\(path)retentionDays"
            )
        }
        return days
    }

    /// Ten years.
    private static let maxRetentionDays = 3_650

    private static func ruled<Result>(_ body: () throws(JobError) -> Result) throws -> Result {
        do throws(JobError) {
            return try body()
        } catch {
            throw GraphQLError.broken(error)
        }
    }
}

extension JobContent {
    /// Of a new job.
    init(creating input: JobInput) throws {
        self.init(
            title: try input.text("title", limit: JobRules.maxShortScalars) ?? "",
            description: try input.text("description", limit: JobRules.maxDescriptionScalars) ?? ""
        )
        company = try input.optionalText("company")
        location = try input.optionalText("location")
        isBlind = try input.values.boolean("blind") ?? false
        requirements = try input.requirements() ?? JobRequirements()
        weights = try input.weights() ?? ScoringRules.defaultWeights
        retentionDays = try input.retentionDays()
    }
}

/// What `updateJob` changes.
///
/// What is missing stays. Null empties what may be empty, company, location and retentionDays; elsewhere it is as if missing.
struct JobChange: Sendable {
    private let title: String?
    private let company: String??
    private let location: String??
    private let description: String?
    private let isBlind: Bool?
    private let requirements: JobRequirements?
    private let weights: ScoringWeights?
    private let retentionDays: Int??

    init(_ input: JobInput) throws {
        title = try input.text("title", limit: JobRules.maxShortScalars)
        company = input.mentions("company") ? .some(try input.optionalText("company")) : nil
        location = input.mentions("location") ? .some(try input.optionalText("location")) : nil
        description = try input.text("description", limit: JobRules.maxDescriptionScalars)
        isBlind = try input.values.boolean("blind")
        requirements = try input.requirements()
        weights = try input.weights()
        retentionDays = input.mentions("retentionDays") ? .some(try input.retentionDays()) : nil
    }

    func apply(to content: inout JobContent) {
        if let title { content.title = title }
        if let company { content.company = company }
        if let location { content.location = location }
        if let description { content.description = description }
        if let isBlind { content.isBlind = isBlind }
        if let requirements { content.requirements = requirements }
        if let weights { content.weights = weights }
        if let retentionDays { content.retentionDays = retentionDays }
    }
}
