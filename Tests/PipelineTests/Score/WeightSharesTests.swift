import Testing

@testable import Pipeline

@Suite struct WeightSharesTests {
    private let all = WeightShares.Applicable(
        requiredSkills: true,
        preferredSkills: true,
        experience: true,
        education: true
    )

    private func sum(_ shares: WeightShares) -> Int {
        shares.semantic + shares.requiredSkills + shares.preferredSkills + shares.experience + shares.education
    }

    @Test func `the default weights are shares already`() {
        let shares = WeightShares(ScoringRules.defaultWeights, applicable: all)
        #expect(sum(shares) == 10_000)
        #expect(shares.requiredSkills > shares.education)
    }

    @Test func `what does not apply gives its share to the others in proportion`() {
        let weights = ScoringWeights(
            semantic: 0.3,
            requiredSkills: 0.3,
            preferredSkills: 0.1,
            experience: 0.2,
            education: 0.1
        )
        let shares = WeightShares(
            weights,
            applicable: .init(requiredSkills: true, preferredSkills: false, experience: false, education: false)
        )
        #expect(shares.semantic == 5_000)
        #expect(shares.requiredSkills == 5_000)
        #expect(shares.experience == 0)
    }

    @Test func `shares always add up to the whole`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            func weight() -> Double { Double(Int.random(in: 0...1_000, using: &generator)) / 1_000 }
            let weights = ScoringWeights(
                semantic: weight(),
                requiredSkills: weight(),
                preferredSkills: weight(),
                experience: weight(),
                education: weight()
            )
            let applicable = WeightShares.Applicable(
                requiredSkills: .random(using: &generator),
                preferredSkills: .random(using: &generator),
                experience: .random(using: &generator),
                education: .random(using: &generator)
            )
            #expect(sum(WeightShares(weights, applicable: applicable)) == 10_000, "seed 7")
        }
    }

    @Test func `a job that weighs only what does not apply is scored by meaning alone`() {
        let weights = ScoringWeights(
            semantic: 0,
            requiredSkills: 1,
            preferredSkills: 0,
            experience: 0,
            education: 0
        )
        let shares = WeightShares(
            weights,
            applicable: .init(requiredSkills: false, preferredSkills: false, experience: false, education: false)
        )
        #expect(shares.semantic == 10_000)
    }
}

/// SplitMix64: the same numbers for the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
