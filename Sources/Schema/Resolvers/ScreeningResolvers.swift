public import GraphQL
public import Pipeline

extension CandidateSkill: ObjectValue {}
extension Position: ObjectValue {}
extension Education: ObjectValue {}
extension Evidence: ObjectValue {}
extension Prefilter: ObjectValue {}
extension Criterion: ObjectValue {}
extension ScoreBreakdown: ObjectValue {}
extension ScoreComponent: ObjectValue {}
extension Explanation: ObjectValue {}
extension SkillMatch: ObjectValue {}
extension IntegrityFinding: ObjectValue {}

/// What is odd about a resume.
struct IntegrityView: ObjectValue {
    let findings: [IntegrityFinding]
}

extension Resolvers {
    /// What screening finds out: profile, label, scores, explanation, findings.
    mutating func addScreening() {
        addProfile()

        field("Evidence.quote", on: Evidence.self) { $0.quote }
        field("Evidence.offset", on: Evidence.self) { $0.offset }
        field("Evidence.page", on: Evidence.self) { $0.page }

        field("Prefilter.passFail", on: Prefilter.self) { $0.passFail.rawValue }
        field("Prefilter.criteria", on: Prefilter.self) { $0.criteria }
        field("Criterion.code", on: Criterion.self) { $0.code.rawValue }
        field("Criterion.state", on: Criterion.self) { $0.state.rawValue }
        field("Criterion.message", on: Criterion.self) { $0.message }
        field("Criterion.evidence", on: Criterion.self) { $0.evidence }

        field("ScoreBreakdown.semantic", on: ScoreBreakdown.self) { $0.semantic }
        field("ScoreBreakdown.requiredSkills", on: ScoreBreakdown.self) { $0.requiredSkills }
        field("ScoreBreakdown.preferredSkills", on: ScoreBreakdown.self) { $0.preferredSkills }
        field("ScoreBreakdown.experience", on: ScoreBreakdown.self) { $0.experience }
        field("ScoreBreakdown.education", on: ScoreBreakdown.self) { $0.education }
        field("ScoreBreakdown.version", on: ScoreBreakdown.self) { $0.version }
        field("ScoreBreakdown.jobRevision", on: ScoreBreakdown.self) { $0.jobRevision }
        field("ScoreBreakdown.fingerprint", on: ScoreBreakdown.self) { $0.fingerprint }
        field("ScoreComponent.value", on: ScoreComponent.self) { Double($0.value) / 10_000 }
        field("ScoreComponent.weight", on: ScoreComponent.self) { Double($0.weight) / 10_000 }
        field("ScoreComponent.points", on: ScoreComponent.self) { Double($0.points) / 100 }

        field("Explanation.summary", on: Explanation.self) { $0.summary }
        field("Explanation.matchedSkills", on: Explanation.self) { $0.matchedSkills }
        field("Explanation.missingSkills", on: Explanation.self) { $0.missingSkills }
        field("Explanation.strengths", on: Explanation.self) { $0.strengths }
        field("Explanation.gaps", on: Explanation.self) { $0.gaps }
        field("Explanation.notes", on: Explanation.self) { $0.notes }
        field("SkillMatch.skill", on: SkillMatch.self) { $0.skill }
        field("SkillMatch.required", on: SkillMatch.self) { $0.required }
        field("SkillMatch.evidence", on: SkillMatch.self) { $0.evidence }

        field("Integrity.findings", on: IntegrityView.self) { $0.findings }
        field("IntegrityFinding.code", on: IntegrityFinding.self) { $0.code.rawValue }
        field("IntegrityFinding.message", on: IntegrityFinding.self) { $0.message }
        field("IntegrityFinding.evidence", on: IntegrityFinding.self) { $0.evidence }
    }

    private mutating func addProfile() {
        field("CandidateProfile.name", on: ProfileView.self) { $0.isVeiled ? nil : $0.profile.name }
        field("CandidateProfile.emails", on: ProfileView.self) { $0.isVeiled ? [] : $0.profile.emails }
        field("CandidateProfile.phones", on: ProfileView.self) { $0.isVeiled ? [] : $0.profile.phones }
        field("CandidateProfile.links", on: ProfileView.self) { $0.isVeiled ? [] : $0.profile.links }
        field("CandidateProfile.location", on: ProfileView.self) { $0.isVeiled ? nil : $0.profile.location }
        field("CandidateProfile.summary", on: ProfileView.self) { $0.isVeiled ? nil : $0.profile.summary }
        field("CandidateProfile.headline", on: ProfileView.self) { $0.profile.headline }
        field("CandidateProfile.skills", on: ProfileView.self) { $0.profile.skills }
        field("CandidateProfile.experience", on: ProfileView.self) { $0.profile.experience }
        field("CandidateProfile.education", on: ProfileView.self) { $0.profile.education }
        field("CandidateProfile.certifications", on: ProfileView.self) { $0.profile.certifications }
        field("CandidateProfile.languages", on: ProfileView.self) { $0.profile.languages }
        field("CandidateProfile.yearsExperience", on: ProfileView.self) { $0.profile.yearsExperience }
        field("CandidateProfile.highestEducation", on: ProfileView.self) { $0.profile.highestEducation?.rawValue }
        field("CandidateProfile.textLanguage", on: ProfileView.self) { $0.profile.textLanguage }

        field("CandidateSkill.name", on: CandidateSkill.self) { $0.name }
        field("CandidateSkill.evidence", on: CandidateSkill.self) { $0.evidence }

        field("Position.title", on: Position.self) { $0.title }
        field("Position.organization", on: Position.self) { $0.organization }
        field("Position.location", on: Position.self) { $0.location }
        field("Position.start", on: Position.self) { $0.start }
        field("Position.end", on: Position.self) { $0.end }
        field("Position.current", on: Position.self) { $0.current }
        field("Position.description", on: Position.self) { $0.description }

        field("Education.institution", on: Education.self) { $0.institution }
        field("Education.degree", on: Education.self) { $0.degree }
        field("Education.field", on: Education.self) { $0.field }
        field("Education.level", on: Education.self) { $0.level?.rawValue }
        field("Education.endYear", on: Education.self) { $0.endYear }
    }
}
