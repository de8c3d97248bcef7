/// The weights of a job as shares that add up to 10,000, with the components that do not apply left out.
struct WeightShares: Equatable {
    var semantic = 0
    var requiredSkills = 0
    var preferredSkills = 0
    var experience = 0
    var education = 0

    /// Which components have something to compare.
    struct Applicable {
        var requiredSkills: Bool
        var preferredSkills: Bool
        var experience: Bool
        var education: Bool
    }

    /// Divides the weights by the sum of those that apply, by the method of the largest remainder.
    ///
    /// Each weight is a number from 0 to 1, read to four decimals. Where every weight that applies is 0 (a job may put
    /// all its weight on skills and name none), the semantic component carries the score alone.
    init(_ weights: ScoringWeights, applicable: Applicable) {
        let parts = [
            Self.units(weights.semantic),
            applicable.requiredSkills ? Self.units(weights.requiredSkills) : 0,
            applicable.preferredSkills ? Self.units(weights.preferredSkills) : 0,
            applicable.experience ? Self.units(weights.experience) : 0,
            applicable.education ? Self.units(weights.education) : 0,
        ]
        let sum = parts.reduce(0, +)
        guard sum > 0 else {
            semantic = 10_000
            return
        }
        var shares = parts.map { $0 * 10_000 / sum }
        let byRemainder = parts.indices.sorted {
            let (left, right) = (parts[$0] * 10_000 % sum, parts[$1] * 10_000 % sum)
            return left == right ? $0 < $1 : left > right
        }
        for index in byRemainder.prefix(10_000 - shares.reduce(0, +)) { shares[index] += 1 }
        (semantic, requiredSkills, preferredSkills, experience, education) =
            (shares[0], shares[1], shares[2], shares[3], shares[4])
    }

    /// A weight in ten-thousandths; anything that is no number from 0 to 1 was refused when the job was read.
    private static func units(_ weight: Double) -> Int {
        guard weight.isFinite else { return 0 }
        return Int((min(1, max(0, weight)) * 10_000).rounded())
    }
}
