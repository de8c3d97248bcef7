/// What a resume says about a person: the contract's `CandidateProfile`.
public struct CandidateProfile: Sendable, Codable, Equatable {
    /// The candidate's name as written, in any script.
    public var name: String?
    /// Addresses in order of appearance, each once, lower-cased.
    public var emails: [String] = []
    /// Numbers as written, each once.
    public var phones: [String] = []
    /// Absolute URLs, each once.
    public var links: [String] = []
    /// Town, region or country as written.
    public var location: String?
    /// The line that says what the candidate is.
    public var headline: String?
    /// The summary section's text.
    public var summary: String?
    /// Skills by canonical name, in order of appearance.
    public var skills: [CandidateSkill] = []
    /// Positions in order of appearance.
    public var experience: [Position] = []
    /// Degrees and studies in order of appearance.
    public var education: [Education] = []
    /// Certificates as written.
    public var certifications: [String] = []
    /// Human languages by English name where known, else as written.
    public var languages: [String] = []
    /// Union of the dated positions in years, rounded to a twelfth and shown with two decimals; nil where nothing is known.
    public var yearsExperience: Double?
    /// The highest of `education`'s levels.
    public var highestEducation: EducationLevel?
    /// ISO 639-1 code of the text's main language.
    public var textLanguage: String?

    /// Makes an empty profile.
    public init() {}
}

/// A skill that the resume shows, with the passages that show it.
public struct CandidateSkill: Sendable, Codable, Equatable {
    /// Canonical name, such as Kubernetes for k8s.
    public var name: String
    /// At least one passage, in order of appearance.
    public var evidence: [Evidence]

    /// Makes a skill.
    public init(name: String, evidence: [Evidence]) {
        self.name = name
        self.evidence = evidence
    }
}

/// A passage of the visible text, quoted exactly as it stands there.
public struct Evidence: Sendable, Codable, Equatable {
    /// The passage.
    public var quote: String
    /// Where it starts in the text, in Unicode scalars.
    public var offset: Int
    /// Page, from 1.
    public var page: Int?

    /// The passage's place in the text, in Unicode scalars.
    var range: Range<Int> { offset..<offset + quote.unicodeScalars.count }

    /// Makes a quote.
    public init(quote: String, offset: Int, page: Int?) {
        self.quote = quote
        self.offset = offset
        self.page = page
    }
}

/// A job that the candidate held.
public struct Position: Sendable, Codable, Equatable {
    /// Job title as written.
    public var title: String?
    /// Employer as written.
    public var organization: String?
    /// Town as written.
    public var location: String?
    /// ISO 8601 year, or year and month, such as `2021-04`.
    public var start: String?
    /// Like `start`; nil for the current position, or where it is not given.
    public var end: String?
    /// Whether the resume says that it goes on.
    public var current = false
    /// What the resume tells of it, lines separated by `\n`.
    public var description: String?

    /// Makes an empty position.
    public init() {}
}

/// A degree or a study.
public struct Education: Sendable, Codable, Equatable {
    /// School as written.
    public var institution: String?
    /// Degree as written, without its field where the two can be told apart.
    public var degree: String?
    /// Subject as written.
    public var field: String?
    /// What the degree amounts to.
    public var level: EducationLevel?
    /// Year of graduation, given or expected.
    public var endYear: Int?

    /// Makes an empty entry.
    public init() {}
}

/// Levels of education, lowest first.
public enum EducationLevel: String, Sendable, Codable, CaseIterable, Comparable {
    case secondary = "SECONDARY"
    case associate = "ASSOCIATE"
    case bachelor = "BACHELOR"
    case master = "MASTER"
    case doctorate = "DOCTORATE"

    /// Orders by level, not by name.
    public static func < (left: EducationLevel, right: EducationLevel) -> Bool { left.rank < right.rank }

    /// 0 for the lowest.
    public var rank: Int {
        switch self {
        case .secondary: 0
        case .associate: 1
        case .bachelor: 2
        case .master: 3
        case .doctorate: 4
        }
    }
}
