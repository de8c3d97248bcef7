/// The skills that a resume shows, with the places that show them.
struct SkillFinder {
    /// Mentions that count, by offset.
    private(set) var mentions: [SkillMention] = []
    /// Skills in order of appearance, with quotes.
    private(set) var skills: [CandidateSkill] = []

    /// Finds the skills of `text` outside `identity`, which is ascending; what the text denies does not count.
    ///
    /// `positions` tell in which job a mention stands.
    init(_ text: ResumeText, taxonomy: SkillTaxonomy, identity: [Range<Int>], positions: [PositionSpan]) {
        var next = 0
        var places: [String: Int] = [:]
        let words = SkillText(text.scalars)
        for mention in MentionFilter().counted(taxonomy.mentions(in: words), in: words) {
            while next < identity.count, identity[next].upperBound <= mention.range.lowerBound { next += 1 }
            if next < identity.count, identity[next].lowerBound < mention.range.upperBound { continue }
            guard let line = text.line(at: mention.range.lowerBound) else { continue }
            let section = text.section(ofLine: line)?.kind ?? .header
            guard mention.counts(in: section) else { continue }
            mentions.append(
                SkillMention(
                    skill: mention.name,
                    range: mention.range,
                    section: section,
                    position: positions.firstIndex { $0.range.contains(mention.range.lowerBound) }
                )
            )
            let place: Int
            if let known = places[mention.name] {
                place = known
            } else {
                place = skills.count
                places[mention.name] = place
                skills.append(CandidateSkill(name: mention.name, evidence: []))
            }
            guard skills[place].evidence.count < ResumeParser.quotesPerSkill else { continue }
            skills[place].evidence.append(
                Evidence(
                    quote: text.string(mention.range),
                    offset: mention.range.lowerBound,
                    page: text.page(at: mention.range.lowerBound)
                )
            )
        }
    }
}
