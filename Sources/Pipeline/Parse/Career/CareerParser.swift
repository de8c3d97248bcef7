/// What a resume says of work, studies, certificates and languages.
struct CareerResult: Sendable, Equatable {
    /// Positions in order of appearance.
    var experience: [Position] = []
    /// One for each position.
    var positionSpans: [PositionSpan] = []
    /// Studies in order of appearance.
    var education: [Education] = []
    /// Where names of schools stand, in scalars, ascending and without overlap.
    var institutionRanges: [Range<Int>] = []
    /// The highest level of the studies.
    var highestEducation: EducationLevel?
    /// What the highest level rests on.
    var educationEvidence: [Evidence] = []
    /// Certificates as written.
    var certifications: [String] = []
    /// Human languages by English name where known, else as written.
    var languages: [String] = []
    /// Months of work, what overlaps counted once, or the stated figure; nil where neither is known.
    var experienceMonths: Int?
    /// Whether the months rest on a sentence only.
    var experienceIsStated = false
    /// What the months rest on.
    var experienceEvidence: [Evidence] = []
}

/// Reads positions, studies, certificates and languages from a resume's sections.
///
/// Pure, and linear in the text but for a bounded effort on each entry's head.
struct CareerParser: Sendable {
    /// Makes a parser.
    init() {}

    /// Reads a resume.
    ///
    /// - Parameters:
    ///   - document: The visible text.
    ///   - sections: The text cut into sections.
    ///   - registeredOn: The day that "present" means.
    /// - Returns: Empty lists where nothing is found; ranges and quotes refer to the document's text.
    func parse(document: ExtractedDocument, sections: [ResumeSection], registeredOn: CalendarDay) -> CareerResult {
        let career = CareerText(document, registeredOn: registeredOn)
        let rows = CareerRows(career: career).rows(of: sections)
        var result = CareerResult()
        readExperience(career, rows, registeredOn, into: &result)
        readEducation(career, rows, into: &result)
        result.certifications = CertificationFinder(career: career).certifications(in: rows)
        result.languages = languages(career, rows)
        return result
    }

    private func readExperience(
        _ career: CareerText,
        _ rows: [CareerRow],
        _ registeredOn: CalendarDay,
        into result: inout CareerResult
    ) {
        let finder = PositionFinder(career: career, registeredOn: registeredOn)
        var found: [FoundPosition] = []
        for part in stretches(of: rows, where: { $0 == .experience }) { found += finder.positions(in: part) }
        if !found.contains(where: { $0.months != nil }) {
            // No section says that it is about work: what has a range of dates and a sure title elsewhere may be.
            let others: Set<ResumeSection.Kind> = [.header, .other, .summary, .awards, .skills]
            for part in stretches(of: rows, where: others.contains) {
                found += finder.positions(in: part).filter {
                    ($0.months?.count ?? 0) > 1 && $0.titleScore > 3 && $0.position.organization != nil
                }
            }
            found.sort { $0.range.lowerBound < $1.range.lowerBound }
        }
        result.experience = found.map(\.position)
        result.positionSpans = found.map { PositionSpan(range: $0.range, months: $0.months) }
        let months = found.compactMap(\.months)
        if !months.isEmpty {
            result.experienceMonths = CareerMonths.union(months)
            result.experienceEvidence = found.compactMap { $0.months == nil ? nil : $0.dates.map(career.evidence) }
        } else if let statement = StatedYears(career: career).statement(in: rows) {
            result.experienceMonths = statement.months
            result.experienceIsStated = true
            result.experienceEvidence = [career.evidence(statement.sentence)]
        }
    }

    private func readEducation(_ career: CareerText, _ rows: [CareerRow], into result: inout CareerResult) {
        let finder = EducationFinder(career: career)
        var found: [FoundEducation] = []
        for part in stretches(of: rows, where: { $0 == .education }) { found += finder.studies(in: part) }
        if found.isEmpty {
            for part in stretches(
                of: rows,
                where: { ![.education, .experience, .references, .interests].contains($0) }
            ) {
                found += finder.degreeRows(in: part)
            }
        }
        addStraySchools(finder, rows, to: &found)
        result.education = found.map(\.education)
        var ranges: [Range<Int>] = []
        for range in found.compactMap(\.institution).sorted(by: { $0.lowerBound < $1.lowerBound })
        where ranges.last.map({ $0.upperBound <= range.lowerBound }) ?? true {
            ranges.append(range)
        }
        result.institutionRanges = ranges
        result.highestEducation = found.compactMap(\.education.level).max()
        if let highest = result.highestEducation {
            result.educationEvidence = found.compactMap {
                $0.education.level == highest ? $0.degree.map(career.evidence) : nil
            }
        }
    }

    /// Gives studies without a school the schools that stand alone in short sections, where columns were read in disorder.
    private func addStraySchools(_ finder: EducationFinder, _ rows: [CareerRow], to found: inout [FoundEducation]) {
        guard found.contains(where: { $0.education.institution == nil }) else { return }
        var strays = rows.filter { [.certifications, .languages, .awards].contains($0.kind) }.compactMap(finder.school)[
            ...
        ]
        for index in found.indices where found[index].education.institution == nil {
            guard let school = strays.popFirst() else { return }
            found[index].education.institution = finder.career.phrase(school)
            found[index].institution = school
        }
    }

    /// The languages of sections about them, and of rows that a label says are about them.
    private func languages(_ career: CareerText, _ rows: [CareerRow]) -> [String] {
        var found: [String] = []
        for row in rows where row.kind == .languages || isLanguageRow(career, row) {
            for language in HumanLanguages.languages(career.text, in: row.tokens) where !found.contains(language.name) {
                found.append(language.name)
            }
        }
        return found
    }

    private func isLanguageRow(_ career: CareerText, _ row: CareerRow) -> Bool {
        guard row.wordCount <= 16, let first = row.tokens.first, row.tokens.count > 2 else { return false }
        let labels: Set<String> = [
            "languages", "language", "langues", "sprachen", "idiomas", "lingue", "talen", "limbi", "языки", "jezyki",
            "diller", "sprak", "语言", "linguistic",
        ]
        guard labels.contains(career.text.tokens[first].folded) else { return false }
        return row.tokens.prefix(4).contains { [":", "：", "-", "–"].contains(career.text.tokens[$0].mark) }
    }

    /// Neighbouring rows of sections of a kind.
    private func stretches(of rows: [CareerRow], where matches: (ResumeSection.Kind) -> Bool) -> [[CareerRow]] {
        var parts: [[CareerRow]] = []
        var open = false
        for row in rows {
            guard matches(row.kind) else {
                open = false
                continue
            }
            if open { parts[parts.count - 1].append(row) } else { parts.append([row]) }
            open = true
        }
        return parts
    }
}
