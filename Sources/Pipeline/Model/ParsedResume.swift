/// A resume read: the profile, and what the later stages need to know of where it came from.
public struct ParsedResume: Sendable, Equatable {
    /// What is shown.
    public var profile: CandidateProfile
    /// The text cut into sections, in order, without overlap.
    public var sections: [ResumeSection]
    /// Every mention of a skill that counts, in order of offset.
    public var skillMentions: [SkillMention]
    /// One for each of `profile.experience`, by index.
    public var positionSpans: [PositionSpan]
    /// Stretches of the text that name, locate or describe the person (name, contacts, address, birth date, gender,
    /// pronouns, photo caption, schools' names), as half-open scalar ranges in ascending order, without overlap.
    ///
    /// Neither embedding nor score reads them.
    public var identityRanges: [Range<Int>]
    /// Months of experience: the union of the dated positions, or a stated figure where there is none; nil for neither.
    public var experienceMonths: Int?
    /// Whether `experienceMonths` rests on a sentence such as "8 years of experience" only.
    public var experienceIsStated: Bool
    /// What `experienceMonths` rests on.
    public var experienceEvidence: [Evidence]
    /// What `profile.highestEducation` rests on.
    public var educationEvidence: [Evidence]

    /// Makes a parsed resume of its parts.
    public init(
        profile: CandidateProfile,
        sections: [ResumeSection] = [],
        skillMentions: [SkillMention] = [],
        positionSpans: [PositionSpan] = [],
        identityRanges: [Range<Int>] = [],
        experienceMonths: Int? = nil,
        experienceIsStated: Bool = false,
        experienceEvidence: [Evidence] = [],
        educationEvidence: [Evidence] = []
    ) {
        self.profile = profile
        self.sections = sections
        self.skillMentions = skillMentions
        self.positionSpans = positionSpans
        self.identityRanges = identityRanges
        self.experienceMonths = experienceMonths
        self.experienceIsStated = experienceIsStated
        self.experienceEvidence = experienceEvidence
        self.educationEvidence = educationEvidence
    }
}

/// A stretch of the resume under one heading.
public struct ResumeSection: Sendable, Equatable {
    /// What a section is about.
    public enum Kind: String, Sendable, CaseIterable {
        case header, summary, experience, education, skills, languages, certifications, projects, publications
        case awards, volunteering, interests, references, other
    }

    /// What it is about.
    public var kind: Kind
    /// The heading as written; nil for what stands before the first heading.
    public var heading: String?
    /// Indices of `ExtractedDocument.lines`, heading excluded.
    public var lines: Range<Int>
    /// The body in the document's text, in scalars, heading excluded.
    public var range: Range<Int>

    /// Makes a section.
    public init(kind: Kind, heading: String?, lines: Range<Int>, range: Range<Int>) {
        self.kind = kind
        self.heading = heading
        self.lines = lines
        self.range = range
    }
}

/// One place in the text where a skill is named.
public struct SkillMention: Sendable, Equatable {
    /// Canonical name.
    public var skill: String
    /// The words that name it, in scalars of the text.
    public var range: Range<Int>
    /// What section it stands in.
    public var section: ResumeSection.Kind
    /// Index of the position that it stands in, of `CandidateProfile.experience`.
    public var position: Int?

    /// Makes a mention.
    public init(skill: String, range: Range<Int>, section: ResumeSection.Kind, position: Int? = nil) {
        self.skill = skill
        self.range = range
        self.section = section
        self.position = position
    }
}

/// Where a position stands, and its dates as months.
public struct PositionSpan: Sendable, Equatable {
    /// The position's lines in the text, in scalars.
    public var range: Range<Int>
    /// Months from year 0 (year × 12 + month − 1), first month and the one after the last; nil for an undated position.
    public var months: Range<Int>?

    /// Makes a span.
    public init(range: Range<Int>, months: Range<Int>?) {
        self.range = range
        self.months = months
    }
}
