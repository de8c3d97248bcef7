internal import Foundation

/// What is wrong with a job description file, and where.
public struct JobError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Path of the field, such as `requirements.minEducation`; empty for the file as a whole.
    public var field: String
    /// What is wrong, and the way to mend it.
    public var message: String

    /// The field, where there is one, and the message.
    public var description: String { field.isEmpty ? message : "\(field): \(message)" }
}

/// Reads a job from JSON with the fields of the contract's `CreateJobInput`.
public struct JobReader: Sendable {
    /// The largest file.
    public static let maxBytes = 1_000_000

    /// Makes a reader.
    public init() {}

    /// Reads one job.
    ///
    /// - Parameter json: One JSON object, UTF-8.
    /// - Returns: A job whose values are within the limits and do not contradict each other.
    /// - Throws: ``JobError`` naming the field.
    public func read(_ json: [UInt8]) throws(JobError) -> Job {
        guard json.count <= Self.maxBytes else {
            throw JobError(
                field: "",
                message: "the file is larger than \(Self.maxBytes) bytes; shorten the description"
            )
        }
        let parsed: Any
        do {
            parsed = try JSONSerialization.jsonObject(with: Data(json), options: [.fragmentsAllowed])
        } catch {
            let reason = (error as NSError).userInfo["NSDebugDescription"] as? String ?? "it cannot be parsed"
            throw JobError(field: "", message: "this is not JSON: \(reason)")
        }
        let root = try Fields(parsed, path: "", known: Self.jobFields)
        _ = try root.number("retentionDays", within: 1...3_650)
        let requirements = try requirements(root.object("requirements", known: Self.requirementFields))
        return Job(
            title: try root.text("title", limit: JobRules.maxShortScalars),
            description: try root.text("description", limit: JobRules.maxDescriptionScalars),
            requirements: requirements,
            weights: try weights(root.object("weights", known: Self.weightFields))
        )
    }

    /// Those of `CreateJobInput`, also those that say nothing about resumes which are screened here and now.
    private static let jobFields = [
        "title", "company", "location", "description", "blind", "retentionDays", "requirements", "weights",
    ]
    private static let requirementFields = [
        "requiredSkills", "preferredSkills", "minYearsExperience", "maxYearsExperience", "minEducation",
    ]
    private static let weightFields = ["semantic", "requiredSkills", "preferredSkills", "experience", "education"]

    private func requirements(_ fields: Fields?) throws(JobError) -> JobRequirements {
        var requirements = JobRequirements()
        guard let fields else { return requirements }
        requirements.requiredSkills = try fields.skills("requiredSkills")
        requirements.preferredSkills = try fields.skills("preferredSkills")
        requirements.minYearsExperience = try fields.number("minYearsExperience", within: JobRules.years)
        requirements.maxYearsExperience = try fields.number("maxYearsExperience", within: JobRules.years)
        try JobRules.check(requirements, field: "requirements")
        if let name = try fields.optionalText("minEducation") {
            guard let level = EducationLevel(rawValue: name) else {
                let levels = EducationLevel.allCases.map(\.rawValue).joined(separator: ", ")
                throw JobError(field: "requirements.minEducation", message: "“\(name)” is none of \(levels)")
            }
            requirements.minEducation = level
        }
        return requirements
    }

    private func weights(_ fields: Fields?) throws(JobError) -> ScoringWeights? {
        guard let fields else { return nil }
        var values: [Double] = []
        for name in Self.weightFields {
            guard let value = try fields.number(name, within: 0...1) else {
                throw JobError(field: "weights.\(name)", message: "is missing; give all five weights or none")
            }
            values.append(value)
        }
        let weights = ScoringWeights(
            semantic: values[0],
            requiredSkills: values[1],
            preferredSkills: values[2],
            experience: values[3],
            education: values[4]
        )
        try JobRules.check(weights, field: "weights")
        return weights
    }
}

/// The members of one JSON object, read with errors that name their path.
private struct Fields {
    let members: [String: Any]
    let path: String

    init(_ value: Any, path: String, known: [String]) throws(JobError) {
        guard let members = value as? [String: Any] else {
            let what = path.isEmpty ? "the file must hold one JSON object" : "must be an object"
            throw JobError(field: path, message: what)
        }
        if let stranger = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw JobError(
                field: path.isEmpty ? stranger : "\(path).\(stranger)",
                message: "there is no such field; known are \(known.joined(separator: ", "))"
            )
        }
        self.members = members
        self.path = path
    }

    private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// A member that is there and not null.
    private func value(_ name: String) -> Any? {
        guard let value = members[name], !(value is NSNull) else { return nil }
        return value
    }

    func object(_ name: String, known: [String]) throws(JobError) -> Fields? {
        guard let value = value(name) else { return nil }
        return try Fields(value, path: place(name), known: known)
    }

    func optionalText(_ name: String) throws(JobError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value as? String else { throw JobError(field: place(name), message: "must be a string") }
        return text
    }

    func text(_ name: String, limit: Int) throws(JobError) -> String {
        try JobRules.text(try optionalText(name), field: place(name), limit: limit)
    }

    func number(_ name: String, within range: ClosedRange<Double>) throws(JobError) -> Double? {
        guard let value = value(name) else { return nil }
        // JSONSerialization gives booleans and numbers the same class; a boolean prints as one.
        guard !(value is Bool) || "\(value)" == "0" || "\(value)" == "1", let number = value as? Double else {
            throw JobError(field: place(name), message: "must be a number")
        }
        return try JobRules.number(number, within: range, field: place(name))
    }

    func skills(_ name: String) throws(JobError) -> [String] {
        guard let value = value(name) else { return [] }
        guard let list = value as? [Any] else {
            throw JobError(field: place(name), message: "must be a list of strings")
        }
        var skills: [String] = []
        for (index, entry) in list.enumerated() {
            guard let text = entry as? String else {
                throw JobError(field: "\(place(name)).\(index)", message: "must be a string")
            }
            skills.append(text)
        }
        return try JobRules.skills(skills, field: place(name))
    }
}
