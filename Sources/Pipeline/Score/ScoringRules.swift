/// The numbers of the scoring rules.
///
/// A change of any of them is a new `version`.
///
/// Source: `docs/scoring.md` says how each was chosen.
public enum ScoringRules {
    /// Names these rules; part of every fingerprint.
    public static let version = "score-1"

    /// Names the embedding model in a score's version.
    static let modelName = "all-MiniLM-L6-v2"

    /// Shares of the final score where the job sets none.
    public static let defaultWeights = ScoringWeights(
        semantic: 0.30,
        requiredSkills: 0.40,
        preferredSkills: 0.05,
        experience: 0.20,
        education: 0.05
    )

    // What one skill earns, in basis points.

    /// Named in a dated position, a project or the summary: somebody did something with it.
    public static let skillInContext: BasisPoints = 10_000
    /// Named in a list only.
    public static let skillInList: BasisPoints = 8_500
    /// Not named, but another skill that cannot be had without it is.
    static let skillImplied: BasisPoints = 7_500
    /// A list longer than this is thinned: each of its skills earns this many parts of the list's length.
    static let fullCreditListLength = 30

    /// Value of the experience or education of which the resume says nothing.
    static let unknownValue: BasisPoints = 5_000
    /// Value of an education one level below the one asked for; two below earn none.
    static let oneLevelBelow: BasisPoints = 5_000

    // Prefilter.

    /// A resume that lacks more than this share of the required skills does not meet them.
    static let missingSkillsTolerated: BasisPoints = 5_000
    /// Below this semantic value the resume is about something else.
    static let semanticFloor: BasisPoints = 1_500
}
