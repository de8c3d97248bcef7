/// Reads a resume: sections, who the person is, career, skills.
///
/// Pure: the same document, day and taxonomy give the same result.
public struct ResumeParser: Sendable {
    /// So many quotes are kept for each skill.
    static let quotesPerSkill = 5

    private let taxonomy: SkillTaxonomy

    /// Makes a parser that knows the skills of `taxonomy`.
    public init(taxonomy: SkillTaxonomy) { self.taxonomy = taxonomy }

    /// Reads `document`.
    ///
    /// - Parameters:
    ///   - document: The visible text with its lines.
    ///   - day: The day on which the resume was registered; "present" means this day.
    /// - Returns: Profile, sections and evidence. Section line indices refer to the document with its lines unfolded;
    ///   ranges and offsets refer to `document.text`.
    public func parse(_ document: ExtractedDocument, registeredOn day: CalendarDay) -> ParsedResume {
        let splitter = SectionSplitter(document)
        let text = ResumeText(splitter)
        let identity = IdentityParser(text)
        let career = CareerParser().parse(
            document: splitter.document,
            sections: splitter.sections,
            registeredOn: day
        )
        var profile = CandidateProfile()
        profile.name = identity.name
        profile.emails = identity.emails
        profile.phones = identity.phones
        profile.links = identity.links
        profile.location = identity.location
        profile.headline = identity.headline
        profile.summary = identity.summary
        profile.textLanguage = TextLanguage.detect(text.scalars)
        profile.experience = career.experience
        profile.education = career.education
        profile.certifications = career.certifications
        profile.languages = career.languages
        profile.highestEducation = career.highestEducation
        profile.yearsExperience = career.experienceMonths.map(Self.years)
        let personal = IdentityParser.merged(identity.ranges + career.institutionRanges)
        let finder = SkillFinder(text, taxonomy: taxonomy, identity: personal, positions: career.positionSpans)
        profile.skills = finder.skills
        return ParsedResume(
            profile: profile,
            sections: splitter.sections,
            skillMentions: finder.mentions,
            positionSpans: career.positionSpans,
            identityRanges: personal,
            experienceMonths: career.experienceMonths,
            experienceIsStated: career.experienceIsStated,
            experienceEvidence: career.experienceEvidence,
            educationEvidence: career.educationEvidence
        )
    }

    /// Months as years with two decimals.
    private static func years(_ months: Int) -> Double {
        (Double(months) / 12 * 100).rounded() / 100
    }
}
