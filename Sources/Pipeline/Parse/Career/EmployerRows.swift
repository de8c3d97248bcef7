/// Finds employers in rows that no date's head has taken: lists without dates, and dates that strayed from their rows.
///
/// A row counts only where it is short, is no sentence, and names its employer surely: by a legal form, a label, a place
/// after it, or a job title before or after it on the same row.
struct EmployerRows: Sendable {
    let career: CareerText
    /// What it is worth that the title stands first, as ``HeadLabeller/titleFirst``.
    var titleFirst = 0.3

    /// The positions of `rows`, without dates.
    ///
    /// Rows in `covered` are heads already; employers in `known`, folded, are not found again.
    func positions(in rows: [CareerRow], covered: Set<Int>, known: Set<String>) -> [FoundPosition] {
        var known = known
        var found: [FoundPosition] = []
        let labeller = HeadLabeller(career: career, titleFirst: titleFirst)
        for index in rows.indices where !covered.contains(index) && canName(rows, index) {
            let atoms = HeadCutter(career: career).atoms(of: [rows[index]])
            guard let reading = labeller.reading(of: atoms), let range = reading.organization,
                let name = OrganizationName.cleaned(career.phrase(range)),
                isSure(reading, atoms, rows[index]), known.insert(name.foldedForLookup).inserted
            else { continue }
            var entry = Position()
            entry.organization = name
            entry.location = reading.location.map(career.phrase)
            entry.title = reading.titleScore >= 3.5 ? reading.title.map(career.phrase) : nil
            if entry.title == nil, index + 1 < rows.count, !covered.contains(index + 1) {
                entry.title = title(of: rows[index + 1], labeller)
            }
            found.append(
                FoundPosition(
                    position: entry,
                    range: rows[index].range,
                    titleScore: reading.titleScore,
                    organizationScore: reading.organizationScore
                )
            )
        }
        return found
    }

    /// Whether a row is short and goes on with no sentence.
    private func canName(_ rows: [CareerRow], _ index: Int) -> Bool {
        let row = rows[index]
        guard row.isHead, !row.isBullet, !career.isPersonal(row.tokens), (1...12).contains(row.wordCount),
            !row.dates.contains(where: { career.dates[$0].isRange }), let last = row.tokens.last
        else { return false }
        let end = career.text.tokens[last]
        if end.mark == "," || career.roles[last].contains(.conjunction) || career.roles[last].contains(.joiner) {
            return false
        }
        if index + 1 < rows.count, !rows[index + 1].startsBlock, !rows[index + 1].isBullet,
            let next = rows[index + 1].tokens.first.map({ career.text.tokens[$0] }), next.kind == .word,
            !next.isCapitalised
        {
            return false
        }
        guard index > 0, !row.startsBlock, let before = rows[index - 1].tokens.last else { return true }
        // The rest of a sentence that is broken at the line's end.
        let token = career.text.tokens[before]
        return token.mark != "," && token.mark != "&" && !["a", "an", "from", "through", "as"].contains(token.folded)
            && career.roles[before].isDisjoint(with: [.joiner, .conjunction])
    }

    private func isSure(_ reading: HeadLabeller.Reading, _ atoms: [HeadAtom], _ row: CareerRow) -> Bool {
        guard let organization = reading.organization, let first = atoms.first else { return false }
        let start = career.text.tokens[first.tokens.lowerBound].range.lowerBound
        if atoms.contains(where: { $0.label == .organization }) { return true }
        // What stands before the employer must be its title.
        let lead = reading.title.map { min($0.lowerBound, organization.lowerBound) } ?? organization.lowerBound
        guard lead == start, reading.title == nil || reading.titleScore >= 3.5 else { return false }
        let words = career.tokens(organization).count { career.text.tokens[$0].kind != .mark }
        guard words <= 8, reading.organizationScore > 0 else { return false }
        let isTitled = reading.titleScore >= 3.9 && isParted(reading, atoms)
        if let place = reading.location, place.lowerBound > organization.lowerBound, isPlace(place) {
            return isTitled || reading.organizationScore >= 0.8
        }
        if reading.organizationScore >= 3.9 { return row.wordCount <= 8 || isTitled }
        return isTitled && row.wordCount <= 10 && reading.organizationScore >= 0.8
    }

    /// Whether a mark parts title and employer.
    private func isParted(_ reading: HeadLabeller.Reading, _ atoms: [HeadAtom]) -> Bool {
        guard let title = reading.title, let organization = reading.organization else { return false }
        let later = max(title.lowerBound, organization.lowerBound)
        return atoms.contains {
            career.text.tokens[$0.tokens.lowerBound].range.lowerBound == later && $0.boundary != .weak
        }
    }

    private func isPlace(_ range: Range<Int>) -> Bool {
        let tokens = career.tokens(range)
        guard let last = tokens.last(where: { career.text.tokens[$0].kind == .word }) else { return false }
        if career.roles[last].contains(.placeCode) { return true }
        var words: [String] = []
        for index in tokens.reversed() where career.text.tokens[index].kind == .word {
            words.insert(career.text.tokens[index].folded, at: 0)
            if PlaceWords.names.contains(words.joined(separator: " ")) { return true }
            if words.count == 3 { break }
        }
        return false
    }

    private func title(of row: CareerRow, _ labeller: HeadLabeller) -> String? {
        guard row.isHead, !row.isBullet, row.wordCount <= 6, row.dates.isEmpty,
            let reading = labeller.reading(of: HeadCutter(career: career).atoms(of: [row])),
            reading.titleScore >= 3.9, reading.organization == nil
        else { return nil }
        return reading.title.map(career.phrase)
    }
}
