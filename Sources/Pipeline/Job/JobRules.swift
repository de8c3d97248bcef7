/// What a job may hold, wherever it comes from: the same for files and for the API.
public enum JobRules {
    /// The most skills that `requiredSkills` or `preferredSkills` may hold.
    public static let maxSkills = 500
    /// The longest description, in Unicode scalars.
    public static let maxDescriptionScalars = 50_000
    /// The longest title, skill or other short text, in Unicode scalars.
    public static let maxShortScalars = 500
    /// What years of experience may be.
    public static let years = 0.0...80.0

    /// Checks a text that must say something.
    ///
    /// - Parameters:
    ///   - text: Nil where it is missing.
    ///   - field: Path of the field.
    ///   - limit: In Unicode scalars.
    /// - Returns: The text as it came.
    /// - Throws: ``JobError``.
    @discardableResult
    public static func text(_ text: String?, field: String, limit: Int) throws(JobError) -> String {
        guard let text, text.contains(where: { !$0.isWhitespace }) else {
            throw JobError(field: field, message: "is missing or empty")
        }
        guard text.unicodeScalars.count <= limit else {
            throw JobError(field: field, message: "is longer than \(limit) characters")
        }
        return text
    }

    /// Checks a list of skills.
    ///
    /// - Parameters:
    ///   - skills: As written.
    ///   - field: Path of the field.
    /// - Returns: Without white space around them, each once, compared without regard to case.
    /// - Throws: ``JobError``.
    public static func skills(_ skills: [String], field: String) throws(JobError) -> [String] {
        guard skills.count <= maxSkills else {
            throw JobError(
                field: field,
                message: "has \(skills.count) entries; at most \(maxSkills): keep those that decide"
            )
        }
        var kept: [String] = []
        var seen: Set<String> = []
        for (index, skill) in skills.enumerated() {
            guard skill.contains(where: { !$0.isWhitespace }), skill.unicodeScalars.count <= maxShortScalars else {
                throw JobError(
                    field: "\(field).\(index)",
                    message: "must be a string of 1 to \(maxShortScalars) characters"
                )
            }
            let trimmed = String(skill.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            if seen.insert(trimmed.lowercased()).inserted { kept.append(trimmed) }
        }
        return kept
    }

    /// Checks a number.
    ///
    /// - Parameters:
    ///   - number: Finite.
    ///   - range: Whole bounds.
    ///   - field: Path of the field.
    /// - Returns: The number.
    /// - Throws: ``JobError``.
    @discardableResult
    public static func number(
        _ number: Double,
        within range: ClosedRange<Double>,
        field: String
    ) throws(JobError) -> Double {
        guard range.contains(number) else {
            throw JobError(
                field: field,
                message: "is \(number); it must be from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
            )
        }
        return number
    }

    /// Checks requirements for what contradicts itself.
    ///
    /// - Parameters:
    ///   - requirements: Each field checked by itself.
    ///   - field: Path of the requirements.
    /// - Throws: ``JobError``.
    public static func check(_ requirements: JobRequirements, field: String) throws(JobError) {
        if let low = requirements.minYearsExperience, let high = requirements.maxYearsExperience, low > high {
            throw JobError(
                field: "\(field).maxYearsExperience",
                message: "is \(high), less than minYearsExperience, \(low); nobody could meet both"
            )
        }
    }

    /// Checks weights as a whole.
    ///
    /// - Parameters:
    ///   - weights: Each from 0 to 1.
    ///   - field: Path of the weights.
    /// - Throws: ``JobError``.
    public static func check(_ weights: ScoringWeights, field: String) throws(JobError) {
        let all = [
            weights.semantic, weights.requiredSkills, weights.preferredSkills, weights.experience, weights.education,
        ]
        // Weights are read to four decimals.
        guard all.contains(where: { $0 >= 0.0001 }) else {
            throw JobError(field: field, message: "are all zero; give at least one component a share")
        }
    }
}
