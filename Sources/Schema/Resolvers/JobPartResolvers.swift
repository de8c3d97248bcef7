internal import GraphQL
internal import Pipeline

/// The requirements of a job, as `JobRequirements` shows them.
struct JobRequirementsView: ObjectValue {
    let requirements: JobRequirements
}

/// The weights of a job, as `ScoringWeights` shows them.
struct ScoringWeightsView: ObjectValue {
    let weights: ScoringWeights
}

extension Resolvers {
    /// `JobRequirements`, `ScoringWeights` and `SkillCoverage`.
    mutating func addJobParts() {
        field("JobRequirements.requiredSkills", on: JobRequirementsView.self) { $0.requirements.requiredSkills }
        field("JobRequirements.preferredSkills", on: JobRequirementsView.self) { $0.requirements.preferredSkills }
        field("JobRequirements.minYearsExperience", on: JobRequirementsView.self) {
            $0.requirements.minYearsExperience
        }
        field("JobRequirements.maxYearsExperience", on: JobRequirementsView.self) {
            $0.requirements.maxYearsExperience
        }
        field("JobRequirements.minEducation", on: JobRequirementsView.self) { $0.requirements.minEducation?.rawValue }

        field("ScoringWeights.semantic", on: ScoringWeightsView.self) { $0.weights.semantic }
        field("ScoringWeights.requiredSkills", on: ScoringWeightsView.self) { $0.weights.requiredSkills }
        field("ScoringWeights.preferredSkills", on: ScoringWeightsView.self) { $0.weights.preferredSkills }
        field("ScoringWeights.experience", on: ScoringWeightsView.self) { $0.weights.experience }
        field("ScoringWeights.education", on: ScoringWeightsView.self) { $0.weights.education }

        field("SkillCoverage.skill", on: SkillCoverage.self) { $0.skill }
        field("SkillCoverage.required", on: SkillCoverage.self) { $0.isRequired }
        field("SkillCoverage.resumes", on: SkillCoverage.self) { $0.resumes }
    }
}
