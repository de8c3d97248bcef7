import Testing

@testable import Pipeline

@Suite struct ComponentScorerTests {
    @Test(arguments: [(0, 3.0, 0), (18, 3, 5_000), (36, 3, 10_000), (400, 3, 10_000), (1, 0.01, 10_000)])
    func `experience counts in proportion up to what is asked`(months: Int, minimum: Double, value: Int) {
        #expect(ExperienceScorer.value(months: months, minimum: minimum) == value)
    }

    @Test func `experience that cannot be read counts half`() {
        #expect(ExperienceScorer.value(months: nil, minimum: 3) == 5_000)
    }

    @Test(arguments: [
        (EducationLevel.doctorate, EducationLevel.bachelor, 10_000), (.bachelor, .bachelor, 10_000),
        (.associate, .bachelor, 5_000), (.secondary, .bachelor, 0),
    ])
    func `education counts in full from the level asked for`(level: EducationLevel, minimum: EducationLevel, value: Int)
    {
        #expect(EducationScorer.value(level: level, minimum: minimum) == value)
    }

    @Test func `points of components add up to the final score`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            func component(_ weight: Int) -> ScoreComponent {
                ScoreComponent(value: .random(in: 0...10_000, using: &generator), weight: weight)
            }
            let scores = ScoreBreakdown(
                semantic: component(3_333),
                requiredSkills: component(3_333),
                preferredSkills: component(1_111),
                experience: component(1_111),
                education: component(1_112),
                version: "",
                jobRevision: 1,
                fingerprint: ""
            )
            let sum = scores.components.reduce(0) { $0 + $1.component.points }
            #expect(sum == scores.finalScore, "seed 11")
            #expect((0...10_002).contains(scores.finalScore), "seed 11")
        }
    }

    @Test func `words that a resume uses more often count more, but ever less`() {
        let table = TermTable(weights: ["butter": 4_000, "bread": 4_000])
        let scorer = LexicalScorer(query: "Bread and butter", table: table)
        let once = scorer.score(["bread": 1])
        let twice = scorer.score(["bread": 2])
        let often = scorer.score(["bread": 100])
        #expect(once > 0)
        #expect(twice - once < once)
        #expect(often <= 5_000)
        #expect(scorer.score(["cheese": 9]) == 0)
        #expect(LexicalScorer(query: "unknown words", table: table).score(["unknown": 1]) == 0)
    }
}
