/// Assesses what a resume shows of each skill that a job names.
struct SkillAssessor: Sendable {
    /// The most skills that are read from a description.
    static let maxFromDescription = 30
    /// The most passages shown for one skill.
    static let maxEvidence = 3

    private let taxonomy: SkillTaxonomy
    private let matcher: RequirementMatcher
    private let asked: [(requirement: Requirement, required: Bool)]

    /// Reads the skills of a job's requirements.
    init(_ requirements: JobRequirements, taxonomy: SkillTaxonomy) {
        let matcher = RequirementMatcher(taxonomy: taxonomy)
        self.taxonomy = taxonomy
        self.matcher = matcher
        asked =
            requirements.requiredSkills.map { (matcher.read($0), true) }
            + requirements.preferredSkills.map { (matcher.read($0), false) }
    }

    /// Reads the skills that a job's title and description name, for a job whose requirements name none.
    ///
    /// They are taken for preferred ones: an ad names more than it needs.
    init(descriptionOf job: Job, taxonomy: SkillTaxonomy) {
        let matcher = RequirementMatcher(taxonomy: taxonomy)
        self.taxonomy = taxonomy
        self.matcher = matcher
        var names: [String] = []
        let scalars = Array((job.title + "\n" + job.description).unicodeScalars)
        for mention in taxonomy.mentions(in: scalars) where !mention.isWeak && !names.contains(mention.name) {
            names.append(mention.name)
        }
        asked = names.prefix(Self.maxFromDescription).map { (matcher.read($0), false) }
    }

    /// Assesses every skill, required ones first, each in the job's order.
    func assess(_ document: ExtractedDocument, _ resume: ParsedResume, _ integrity: IntegrityReport) -> [SkillFinding] {
        let scalars = Array(document.text.unicodeScalars)
        let excluded = Self.merged(resume.identityRanges + integrity.instructionRanges)
        let reading = SkillReading(scalars, taxonomy: taxonomy, excluding: excluded)
        let places = Places(resume, integrity)
        let quotes = QuoteCutter(scalars, PageIndex(document))
        return asked.map { requirement, required in
            guard let match = matcher.match(requirement, in: reading) else {
                return SkillFinding(
                    requirement: requirement.text,
                    required: required,
                    basis: .missing,
                    inContext: false,
                    credit: 0,
                    evidence: []
                )
            }
            let inContext = match.ranges.contains(where: places.isContext)
            let ranges = match.ranges.filter(places.isContext) + match.ranges.filter { !places.isContext($0) }
            return SkillFinding(
                requirement: requirement.text,
                required: required,
                basis: Self.basis(match),
                inContext: inContext,
                credit: places.credit(match, inContext: inContext),
                evidence: quotes.quotes(ranges, atMost: Self.maxEvidence)
            )
        }
    }

    private static func basis(_ match: RequirementMatch) -> SkillFinding.Basis {
        switch match.basis {
        case .exact, .alias: .named
        case .implied(let through): .implied(through: through)
        case .phrase: .phrase
        }
    }

    /// Ranges in ascending order, overlapping ones joined.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}

/// Tells where work is told of, and which lists are too long to be believed.
private struct Places {
    private let context: [Range<Int>]
    private let stuffedLists: [IntegrityReport.StuffedList]

    init(_ resume: ParsedResume, _ integrity: IntegrityReport) {
        let sections = resume.sections.filter { Self.contextKinds.contains($0.kind) }.map(\.range)
        context = sections + resume.positionSpans.map(\.range)
        stuffedLists = integrity.stuffedLists
    }

    private static let contextKinds: Set<ResumeSection.Kind> = [
        .summary, .experience, .projects, .volunteering, .awards, .publications,
    ]

    /// Whether a passage stands where work is told of, and in no list too long.
    func isContext(_ range: Range<Int>) -> Bool {
        stuffedList(range) == nil && context.contains { $0.overlaps(range) }
    }

    private func stuffedList(_ range: Range<Int>) -> IntegrityReport.StuffedList? {
        stuffedLists.first { $0.range.overlaps(range) }
    }

    /// What a found skill earns.
    func credit(_ match: RequirementMatch, inContext: Bool) -> BasisPoints {
        var credit = inContext ? ScoringRules.skillInContext : ScoringRules.skillInList
        if case .implied = match.basis { credit = min(credit, ScoringRules.skillImplied) }
        let lists = match.ranges.map(stuffedList)
        if let longest = lists.compactMap({ $0?.itemCount }).max(), !lists.contains(where: { $0 == nil }) {
            credit = credit * ScoringRules.fullCreditListLength / max(longest, ScoringRules.fullCreditListLength)
        }
        return credit
    }
}
