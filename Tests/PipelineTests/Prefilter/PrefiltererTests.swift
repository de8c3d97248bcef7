import Testing

@testable import Pipeline

@Suite struct PrefiltererTests {
    private func finding(_ name: String, found: Bool) -> SkillFinding {
        SkillFinding(
            requirement: name,
            required: true,
            basis: found ? .named : .missing,
            inContext: found,
            credit: found ? 10_000 : 0,
            evidence: []
        )
    }

    private func resume(months: Int? = nil, stated: Bool = false, level: EducationLevel? = nil) -> ParsedResume {
        var profile = CandidateProfile()
        profile.highestEducation = level
        return ParsedResume(profile: profile, experienceMonths: months, experienceIsStated: stated)
    }

    private func requirements(_ change: (inout JobRequirements) -> Void) -> Prefilterer {
        var requirements = JobRequirements()
        change(&requirements)
        return Prefilterer(requirements: requirements)
    }

    private func states(_ prefilter: Prefilter) -> [String: Criterion.State] {
        Dictionary(uniqueKeysWithValues: prefilter.criteria.map { ($0.code.rawValue, $0.state) })
    }

    @Test func `what the resume leaves unclear never fails it`() {
        let prefilter = requirements {
            $0.minYearsExperience = 5
            $0.minEducation = .master
        }.check(resume(), skills: [], semantic: 8_000)
        #expect(states(prefilter)["MIN_EXPERIENCE"] == .unclear)
        #expect(states(prefilter)["MIN_EDUCATION"] == .unclear)
        #expect(prefilter.passFail == .passed)
    }

    @Test func `a criterion that the job does not set is not checked`() {
        let prefilter = requirements { _ in }.check(resume(months: 3), skills: [], semantic: 8_000)
        #expect(states(prefilter) == ["SEMANTIC_RELEVANCE": .met])
    }

    @Test(arguments: [(24, false, Criterion.State.notMet), (36, false, .met), (24, true, .unclear), (36, true, .met)])
    func `dated experience decides, stated experience can only help`(months: Int, stated: Bool, state: Criterion.State)
    {
        let prefilter = requirements { $0.minYearsExperience = 3 }.check(
            resume(months: months, stated: stated),
            skills: [],
            semantic: 8_000
        )
        #expect(states(prefilter)["MIN_EXPERIENCE"] == state)
    }

    @Test(arguments: [(4, 2, Criterion.State.met), (4, 1, .notMet), (1, 0, .notMet), (3, 2, .met)])
    func `more than half of the required skills missing fails`(asked: Int, found: Int, state: Criterion.State) {
        let skills = (0..<asked).map { finding("skill \($0)", found: $0 < found) }
        let prefilter = requirements { $0.requiredSkills = skills.map(\.requirement) }.check(
            resume(),
            skills: skills,
            semantic: 8_000
        )
        #expect(states(prefilter)["REQUIRED_SKILLS"] == state)
        #expect((prefilter.passFail == .failed) == (state == .notMet))
    }

    @Test func `another trade fails by relevance, with a sentence`() {
        let prefilter = requirements { _ in }.check(resume(), skills: [], semantic: 100)
        #expect(prefilter.passFail == .failed)
        #expect(prefilter.criteria.first?.message.isEmpty == false)
    }

    @Test func `more experience than asked at most is shown`() {
        let prefilter = requirements { $0.maxYearsExperience = 2 }.check(
            resume(months: 60),
            skills: [],
            semantic: 8_000
        )
        #expect(states(prefilter)["MAX_EXPERIENCE"] == .notMet)
    }
}
