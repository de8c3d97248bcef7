/// A position as found, with where its parts stand.
struct FoundPosition: Sendable {
    /// What is shown.
    var position: Position
    /// Its lines, in scalars.
    var range: Range<Int>
    /// Its months; nil for an undated one.
    var months: Range<Int>?
    /// Where its dates stand; nil for an undated one.
    var dates: Range<Int>?
    /// How sure the title is; above 3 where a title's noun says so.
    var titleScore = 0.0
    /// How sure the organisation is; above 2 where a word marks it.
    var organizationScore = 0.0
}

/// Finds positions in the rows of one section about work.
///
/// Dates anchor positions. Rows around an anchor that are no sentences make its head; how many stand before the date is
/// learnt from the section's first entry, and which of title and organisation stands first from the clear entries.
struct PositionFinder: Sendable {
    let career: CareerText
    let registeredOn: CalendarDay

    /// A head: the rows around an anchor that hold title and organisation.
    private struct Head {
        var rows: Range<Int>
        var date: Int
        var reading: HeadLabeller.Reading?
    }

    /// The positions of a section's rows, in order.
    func positions(in rows: [CareerRow]) -> [FoundPosition] {
        guard !rows.isEmpty else { return [] }
        let anchors = anchors(in: rows)
        guard !anchors.isEmpty else { return withEmployers(undated(rows), rows, covered: []) }
        var labeller = HeadLabeller(career: career)
        var heads = heads(rows, anchors, labeller)
        let votes = heads.reduce(into: 0.0) { votes, head in
            guard let reading = head.reading, let first = reading.titleFirst else { return }
            let clear = max(reading.titleScore, 0) + max(reading.organizationScore - 1, 0)
            votes += first ? clear : -clear
        }
        if heads.count > 1 || abs(votes) > 3 {
            labeller.titleFirst = max(-1.2, min(1.2, votes * 0.25))
            heads = self.heads(rows, anchors, labeller)
        }
        let covered = Set(heads.flatMap { $0.reading?.organization == nil ? 0..<0 : $0.rows })
        return withEmployers(positions(rows, heads), rows, covered: covered, titleFirst: labeller.titleFirst)
    }

    /// Adds the employers of rows and sentences that no date's head has taken.
    private func withEmployers(
        _ found: [FoundPosition],
        _ rows: [CareerRow],
        covered: Set<Int>,
        titleFirst: Double = 0.3
    ) -> [FoundPosition] {
        var found = found
        func known() -> Set<String> { Set(found.compactMap { $0.position.organization?.foldedForLookup }) }
        found += EmployerRows(career: career, titleFirst: titleFirst)
            .positions(in: rows, covered: covered, known: known())
        found += WorkSentences(career: career).positions(in: rows, known: known())
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    // MARK: Anchors

    private struct Anchor {
        var row: Int
        var date: Int
    }

    private func anchors(in rows: [CareerRow]) -> [Anchor] {
        var ranges: [Anchor] = []
        var singles: [Anchor] = []
        for (index, row) in rows.enumerated() where !row.dates.isEmpty {
            // The date that stands nearest to an edge is the entry's.
            guard let date = row.dates.first(where: { career.dates[$0].isRange }) ?? row.dates.first else { continue }
            guard isAnchor(row, date: date) else { continue }
            let anchor = Anchor(row: index, date: date)
            if career.dates[date].isRange || career.dates[date].end != nil {
                ranges.append(anchor)
            } else if row.isDateOnly || !row.isBullet {
                singles.append(anchor)
            }
        }
        // Single dates only count beside ranges where a title or an employer stands with them.
        if !ranges.isEmpty {
            singles = singles.filter { anchor in
                career.dates[anchor.date].start?.month != nil && career.hasName(rows[anchor.row])
                    && !ranges.contains { abs($0.row - anchor.row) <= 1 }
            }
        }
        return (ranges + singles).sorted { $0.row < $1.row }
    }

    /// Whether a date belongs to an entry's head: at an edge of a row, or among few words.
    private func isAnchor(_ row: CareerRow, date: Int) -> Bool {
        let span = career.dates[date]
        if row.isDateOnly { return true }
        let before = career.tokens(from: row.range.lowerBound, to: span.range.lowerBound)
        let after = career.tokens(from: span.range.upperBound, to: row.range.upperBound)
        let words = { (tokens: Range<Int>) in tokens.count { career.text.tokens[$0].kind != .mark } }
        if row.isBullet, !span.isRange || words(before) + words(after) > 9, !career.isListedHead(before, span, after) {
            return false
        }
        if row.isHead {
            if span.isRange { return true }
            return words(before) == 0 || words(after) == 0 || career.text.tokens[before.upperBound - 1].kind == .mark
        }
        guard span.isRange else { return false }
        // A long row that begins with a head: the text of the position follows on the same line.
        if words(before) == 0 { return true }
        guard words(before) <= 12, let first = before.first,
            career.text.tokens[first].isCapitalised || career.text.tokens[first].kind != .word
        else { return false }
        if ProseVerbs.starts(career.text.tokens[first].folded) { return false }
        return before.contains {
            career.roles[$0].contains(.title) || career.roles[$0].contains(.legalForm)
                || career.roles[$0].contains(.organization)
        }
            && !before.contains { career.text.tokens[$0].mark == "." && career.text.tokens[$0 - 1].count > 4 }
    }

    // MARK: Heads

    private func heads(_ rows: [CareerRow], _ anchors: [Anchor], _ labeller: HeadLabeller) -> [Head] {
        let lead = lead(rows, anchors)
        var heads: [Head] = []
        var floor = 0
        for (number, anchor) in anchors.enumerated() {
            let next = number + 1 < anchors.count ? anchors[number + 1].row : rows.count
            if let last = heads.last, last.rows.contains(anchor.row) {
                // Two dates in one head: the later one is a detail.
                continue
            }
            var before = 0
            // How many rows stand before the date without a gap, a town's row left aside.
            var near: Int?
            while before < 3, anchor.row - before - 1 >= floor, career.isNameRow(rows[anchor.row - before - 1]) {
                before += 1
                let row = rows[anchor.row - before]
                if row.startsBlock, before >= lead, near == nil, !career.isTownRow(row) {
                    near = before
                    if !career.isTitleRow(row) { break }
                }
            }
            var after = 0
            let ceiling = max(
                anchor.row + 1,
                next - (next < rows.count ? min(lead, leadBefore(next, rows, after: anchor.row)) : 0)
            )
            while after < 3, anchor.row + after + 1 < ceiling, career.isNameRow(rows[anchor.row + after + 1]) {
                after += 1
            }
            var best: (score: Double, rows: Range<Int>, reading: HeadLabeller.Reading?)?
            for lower in 0...before {
                for upper in 0...after where lower + upper < 5 {
                    let range = (anchor.row - lower)..<(anchor.row + upper + 1)
                    guard let reading = labeller.reading(of: atoms(rows, range, anchor)) else { continue }
                    var score = reading.score
                    score -= Double(abs(lower - min(lead, before))) * 0.9
                    score -= Double(max(0, lower - (near ?? before))) * 1.2
                    score -= Double(upper) * (lead == 0 && rows[anchor.row].wordCount == 0 ? 0.1 : 0.5)
                    if let best, best.score >= score { continue }
                    best = (score, range, reading)
                }
            }
            let head = best ?? (0, anchor.row..<anchor.row + 1, nil)
            heads.append(Head(rows: head.1, date: anchor.date, reading: head.2))
            floor = head.1.upperBound
        }
        return heads
    }

    private func atoms(_ rows: [CareerRow], _ range: Range<Int>, _ anchor: Anchor) -> [HeadAtom] {
        let cutter = HeadCutter(career: career)
        var parts = Array(rows[range])
        // Of a long row only the beginning is head.
        for index in parts.indices where parts[index].wordCount > 14 {
            var end = parts[index].tokens.upperBound
            let limit = career.dates[anchor.date].range
            var words = 0
            for token in parts[index].tokens where career.text.tokens[token].range.lowerBound >= limit.upperBound {
                if career.text.tokens[token].kind != .mark { words += 1 }
                if words > 7 || career.text.tokens[token].mark == "." {
                    end = token
                    break
                }
            }
            if let verb = parts[index].tokens.first(where: { token in
                token > parts[index].tokens.lowerBound && token < end
                    && career.text.tokens[token].range.lowerBound >= limit.upperBound
                    && ProseVerbs.starts(career.text.tokens[token].folded)
            }) {
                end = verb
            }
            parts[index].tokens = parts[index].tokens.lowerBound..<max(end, parts[index].tokens.lowerBound + 1)
        }
        return cutter.atoms(of: parts[...])
    }

    /// How many rows of a head stand before its date, as the section's first entry shows.
    private func lead(_ rows: [CareerRow], _ anchors: [Anchor]) -> Int {
        guard let first = anchors.first else { return 0 }
        if first.row <= 3, rows[..<first.row].allSatisfy(career.isNameRow) { return first.row }
        // Prose stands before the first date: the other entries decide.
        var counts = [0, 0, 0, 0]
        for (number, anchor) in anchors.enumerated() {
            counts[leadBefore(anchor.row, rows, after: number > 0 ? anchors[number - 1].row : -1)] += 1
        }
        return counts.indices.max { counts[$0] < counts[$1] } ?? 0
    }

    private func leadBefore(_ row: Int, _ rows: [CareerRow], after floor: Int) -> Int {
        var count = 0
        while count < 3, row - count - 1 > floor, career.isNameRow(rows[row - count - 1]) {
            count += 1
            if rows[row - count].startsBlock { break }
        }
        return count
    }

    // MARK: Entries

    private func positions(_ rows: [CareerRow], _ heads: [Head]) -> [FoundPosition] {
        var found: [FoundPosition] = []
        var organization: (name: String, place: String?)?
        for (number, head) in heads.enumerated() {
            let span = career.dates[head.date]
            let end = number + 1 < heads.count ? heads[number + 1].rows.lowerBound : rows.count
            var entry = Position()
            let reading = head.reading
            // What speaks against a field outweighs that nothing better was there.
            entry.title = (reading?.titleScore ?? 0) > -1 ? reading?.title.map { career.phrase($0) } : nil
            entry.organization =
                (reading?.organizationScore ?? 0) > 0
                ? reading?.organization.flatMap { OrganizationName.cleaned(career.phrase($0)) } : nil
            entry.location = reading?.location.map { career.phrase($0) }
            if let title = reading?.title, (reading?.titleScore ?? 0) < 1, (reading?.organizationScore ?? 0) > 1.5,
                career.tokens(title).count == 1
            {
                // One word without meaning beside a sure employer: a place's code, an abbreviation.
                entry.title = nil
            }
            if entry.title == nil, let later = laterTitle(rows[min(head.rows.upperBound, end)..<end]) {
                entry.title = later
            }
            if entry.organization == nil, entry.title != nil, let parent = organization {
                entry.organization = parent.name
                entry.location = entry.location ?? parent.place
            }
            if let name = entry.organization { organization = (name, entry.location) }
            entry.start = span.start?.iso
            entry.end = span.end?.iso
            entry.current = span.isCurrent
            if !span.isRange, let start = span.start, start.month == nil { entry.end = start.iso }
            let lines = rows[min(head.rows.upperBound, end)..<end].map { career.phrase($0.range) }
            entry.description = description(lines, inline: inline(rows, head))
            let last = rows[max(head.rows.lowerBound, end - 1)]
            let range =
                rows[head.rows.lowerBound].range
                .lowerBound..<max(last.range.upperBound, rows[head.rows.upperBound - 1].range.upperBound)
            guard entry.title != nil || entry.organization != nil else { continue }
            let titleScore = reading?.titleScore ?? 0
            let organizationScore = reading?.organizationScore ?? 0
            // Dates among words that are neither: a project's, a course's, a birth date.
            if titleScore < 1.5, organizationScore < 1.5,
                !span.isRange || entry.title == nil || entry.organization == nil
            {
                continue
            }
            if !span.isRange, titleScore < 2, organizationScore < 3.5 { continue }
            if career.isBirth(rows[head.rows]) { continue }
            let description = rows[min(head.rows.upperBound, end)..<end]
            if number == 0, head.rows.lowerBound > 0 {
                found += undated(Array(rows[..<head.rows.lowerBound]), strict: true)
            }
            found.append(
                FoundPosition(
                    position: entry,
                    range: range,
                    months: CareerMonths.months(of: span, registeredOn: registeredOn),
                    dates: span.range,
                    titleScore: titleScore,
                    organizationScore: organizationScore
                )
            )
            found += undated(Array(description), strict: true)
        }
        return withoutParents(found)
    }

    /// A title that stands alone after lines on the employer.
    private func laterTitle(_ rows: ArraySlice<CareerRow>) -> String? {
        for row in rows.prefix(5) where career.isNameRow(row) && row.wordCount <= 7 && row.dates.isEmpty {
            let atoms = HeadCutter(career: career).atoms(of: [row])
            guard let reading = HeadLabeller(career: career).reading(of: atoms), let title = reading.title,
                reading.titleScore >= 3.5, reading.organization == nil
            else { continue }
            return career.phrase(title)
        }
        return nil
    }

    /// Text of a position that stands on the line of its head.
    private func inline(_ rows: [CareerRow], _ head: Head) -> String? {
        guard let row = rows[head.rows].first(where: { $0.wordCount > 14 }) else { return nil }
        let named = [
            head.reading?.title, head.reading?.organization, head.reading?.location, career.dates[head.date].range,
        ]
        let start =
            named.compactMap { $0?.upperBound }.filter { $0 <= row.range.upperBound && $0 > row.range.lowerBound }.max()
            ?? row.range.lowerBound
        let text = career.phrase(start..<max(start, row.range.upperBound))
        return text.isEmpty ? nil : text
    }

    private func description(_ lines: [String], inline: String?) -> String? {
        let text = ((inline.map { [$0] } ?? []) + lines).filter { !$0.isEmpty }.joined(separator: "\n")
        return text.isEmpty ? nil : text
    }

    /// Leaves out an employer's own line of dates, where the positions held there follow with theirs.
    private func withoutParents(_ found: [FoundPosition]) -> [FoundPosition] {
        var kept: [FoundPosition] = []
        for (index, entry) in found.enumerated() {
            if entry.position.title == nil, index + 1 < found.count, let outer = entry.months,
                let inner = found[index + 1].months,
                found[index + 1].position.organization == entry.position.organization,
                outer.lowerBound <= inner.lowerBound,
                outer.upperBound >= inner.upperBound, entry.position.description == nil
            {
                continue
            }
            kept.append(entry)
        }
        return kept
    }

    // MARK: Without dates

    /// The positions of a section without dates: a title's row, and the employer's beside it.
    ///
    /// Where the rows are the description of another position, `strict` asks that both are sure.
    private func undated(_ rows: [CareerRow], strict: Bool = false) -> [FoundPosition] {
        let labeller = HeadLabeller(career: career)
        let cutter = HeadCutter(career: career)
        var found: [FoundPosition] = []
        var starts: [Int] = []
        var index = 0
        while index < rows.count {
            defer { index += 1 }
            guard career.isNameRow(rows[index]), !career.isPersonal(rows[index].tokens),
                !strict || index == 0 || rows[index].startsBlock || rows[index].isBold
            else {
                continue
            }
            let next =
                index + 1 < rows.count && career.isNameRow(rows[index + 1])
                    && (strict || !rows[index + 1].startsBlock || rows[index].startsBlock) ? index + 2 : index + 1
            guard
                let reading = [index..<index + 1, index..<next].compactMap({
                    labeller.reading(of: cutter.atoms(of: rows[$0]))
                })
                .max(by: { $0.score < $1.score }), let title = reading.title, reading.titleScore >= 3,
                reading.organization == nil || reading.organizationScore > 0
            else { continue }
            if strict {
                let apart = rows[index].startsBlock && (next == index + 1 || rows[index + 1].startsBlock)
                guard reading.titleScore >= 3.5, reading.organizationScore >= (apart && next > index + 1 ? 0.8 : 2.2)
                else { continue }
            }
            var entry = Position()
            entry.title = career.phrase(title)
            entry.organization = reading.organization.flatMap { OrganizationName.cleaned(career.phrase($0)) }
            entry.location = reading.location.map { career.phrase($0) }
            guard entry.organization != nil || found.isEmpty || rows[index].startsBlock || rows[index].isBold else {
                continue
            }
            starts.append(index)
            found.append(
                FoundPosition(
                    position: entry,
                    range: rows[index].range,
                    months: nil,
                    dates: nil,
                    titleScore: reading.titleScore,
                    organizationScore: reading.organizationScore
                )
            )
            if next == index + 2,
                reading.organization.map({ $0.lowerBound >= rows[index + 1].range.lowerBound }) ?? false
            {
                index += 1
            }
        }
        for (number, start) in starts.enumerated() {
            let end = number + 1 < starts.count ? starts[number + 1] : rows.count
            found[number].range = rows[start].range.lowerBound..<rows[end - 1].range.upperBound
            found[number].position.description = description(
                rows[(start + 1)..<max(start + 1, end)].map { career.phrase($0.range) },
                inline: nil
            )
        }
        return found
    }
}
