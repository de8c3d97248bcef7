/// Years of experience against the years asked for.
enum ExperienceScorer {
    /// The value of `months` of experience.
    ///
    /// Grows in proportion up to the minimum and stays at the whole from there; more than the maximum costs nothing
    /// here, since the prefilter shows it. Unknown experience counts half, so that an unreadable date is no rejection.
    static func value(months: Int?, minimum: Double) -> BasisPoints {
        guard let months else { return ScoringRules.unknownValue }
        let asked = max(1, Int((minimum * 12).rounded()))
        return min(10_000, max(0, months) * 10_000 / asked)
    }
}

/// Level of education against the level asked for.
enum EducationScorer {
    /// The value of `level`; unknown counts half.
    static func value(level: EducationLevel?, minimum: EducationLevel) -> BasisPoints {
        guard let level else { return ScoringRules.unknownValue }
        switch minimum.rank - level.rank {
        case ...0: return 10_000
        case 1: return ScoringRules.oneLevelBelow
        default: return 0
        }
    }
}
