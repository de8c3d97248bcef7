/// A study as found, with where its parts stand.
struct FoundEducation: Sendable {
    /// What is shown.
    var education: Education
    /// Where the school's name stands.
    var institution: Range<Int>?
    /// Where the degree stands, its field included.
    var degree: Range<Int>?
}

/// Finds studies in rows about education, and in degree-shaped rows elsewhere.
///
/// Each row is cut at its marks, and each piece is a degree, a school, a field, a date or nothing. A new study begins
/// where a part comes that the study already has.
struct EducationFinder: Sendable {
    let career: CareerText

    /// A part of a study.
    private enum Part {
        case degree(Range<Int>, field: Range<Int>?, level: EducationLevel?)
        case institution(Range<Int>)
        case field(Range<Int>)
        case date(DateSpan)
        /// A name of unknown kind on a row of its own.
        case name(Range<Int>)
    }

    /// The studies of a section about education, in order.
    func studies(in rows: [CareerRow]) -> [FoundEducation] {
        var assembly = Assembly(career: career)
        for row in rows {
            for part in parts(of: row) { assembly.add(part, row: row) }
        }
        return assembly.finished()
    }

    /// The studies of rows that begin with a degree, outside sections about education.
    func degreeRows(in rows: [CareerRow]) -> [FoundEducation] {
        var assembly = Assembly(career: career)
        for row in rows where row.wordCount <= 18 {
            guard let first = row.tokens.first(where: { career.text.tokens[$0].kind != .mark }),
                let match = DegreeNames.match(career.text, at: first, in: row.tokens), match.isSure, match.level != nil
            else { continue }
            for part in parts(of: row) { assembly.add(part, row: row) }
        }
        return assembly.finished().filter { $0.education.degree != nil }
    }

    /// The school whose name is all that a row holds; nil for other rows.
    func school(of row: CareerRow) -> Range<Int>? {
        guard row.isHead, !row.isBullet, (2...8).contains(row.wordCount), row.dates.isEmpty,
            let name = school(in: row.tokens), name == row.tokens,
            !row.tokens.contains(where: {
                ["certified", "certificate", "certification", "licensed"].contains(career.text.tokens[$0].folded)
            })
        else { return nil }
        return scalars(name)
    }

    // MARK: Parts

    private func parts(of row: CareerRow) -> [Part] {
        if row.isBullet,
            row.wordCount > 16
                || !row.tokens.contains(where: {
                    DegreeNames.match(career.text, at: $0, in: row.tokens)?.isSure ?? false
                })
        {
            // Items tell of courses and prizes, unless they are degrees themselves.
            guard row.wordCount <= 12, row.tokens.contains(where: { career.roles[$0].contains(.school) }),
                !row.dates.isEmpty
            else { return [] }
        }
        if !row.isHead, row.wordCount > 40 { return [] }
        let atoms = HeadCutter(career: career, breaksNames: false).atoms(of: [row])
        var parts: [(offset: Int, part: Part)] = row.dates.map {
            (career.dates[$0].range.lowerBound, .date(career.dates[$0]))
        }
        var hasDegree = false
        var hasField = false
        for (number, atom) in atoms.enumerated() {
            let offset = career.text.tokens[atom.tokens.lowerBound].range.lowerBound
            if atom.label == .organization {
                parts.append((offset, .institution(scalars(atom.tokens))))
                continue
            }
            if let found = degree(in: atom, isFirst: number == 0) {
                parts += found.map { (offset, $0) }
                hasDegree = true
                hasField = found.contains { part in
                    if case .degree(_, let field, _) = part { return field != nil }
                    return false
                }
                continue
            }
            if let school = school(in: atom.tokens) {
                parts.append((offset, .institution(scalars(school))))
                continue
            }
            if hasDegree, !hasField, atom.boundary != .row, isField(atom) {
                parts.append((offset, .field(scalars(atom.tokens))))
                hasField = true
                continue
            }
            if !hasDegree, number == 0, row.isHead, !row.isBullet, row.wordCount <= 9, isField(atom) {
                parts.append((offset, .name(scalars(atom.tokens))))
            }
        }
        return parts.sorted { $0.offset < $1.offset }.map(\.part)
    }

    /// The degree of an atom, and the school that follows it without a mark.
    private func degree(in atom: HeadAtom, isFirst: Bool) -> [Part]? {
        let tokens = atom.tokens
        for index in tokens.prefix(6) {
            guard let match = DegreeNames.match(career.text, at: index, in: tokens) else { continue }
            // A school whose name holds such a word: "Master Academy", "St. Mary's Higher Secondary School".
            if match.tokens.upperBound < tokens.upperBound, career.roles[match.tokens.upperBound].contains(.school),
                !match.isSure
            {
                return nil
            }
            if index > tokens.lowerBound, !match.isSure { return nil }
            if let school = school(in: tokens), school.lowerBound < match.tokens.lowerBound { return nil }
            let start =
                index > tokens.lowerBound && isDegreePrefix(tokens.lowerBound..<index) ? tokens.lowerBound : index
            var rest = match.tokens.upperBound
            var field: Range<Int>?
            var school: Range<Int>?
            if rest < tokens.upperBound {
                var end = tokens.upperBound
                if let found = self.school(in: rest..<tokens.upperBound) {
                    school = found
                    end = found.lowerBound
                    while end > rest,
                        ["from", "at", "an", "der", "de", "l"].contains(career.text.tokens[end - 1].folded)
                    { end -= 1 }
                }
                if rest < end {
                    while rest < end,
                        Self.beforeField.contains(career.text.tokens[rest].folded)
                            || career.text.tokens[rest].kind == .mark
                    { rest += 1 }
                    if rest < end { field = rest..<min(end, rest + 10) }
                }
            }
            var parts: [Part] = [
                .degree(scalars(start..<match.tokens.upperBound), field: field.map(scalars), level: match.level)
            ]
            if let school { parts.append(.institution(scalars(school))) }
            return parts
        }
        return nil
    }

    private func isDegreePrefix(_ tokens: Range<Int>) -> Bool {
        tokens.allSatisfy {
            [
                "executive", "advanced", "national", "higher", "pursuing", "honours", "joint", "international", "dual",
                "postgraduate", "graduate", "integrated", "professional",
            ].contains(career.text.tokens[$0].folded)
        }
    }

    private static let beforeField: Set<String> = [
        "in", "en", "em", "of", "de", "des", "du", "d", "im", "di", "și", "si", "по", "в", "w", "z", "i", "the", "with",
        "major", "majoring", "specialization", "specialisation", "course", "field",
        "mention", "specialite", "option", "informatica:", "fach", "studiengang", "on", "inom", "pe", "honors",
        "honours", "hons",
    ]

    /// The tokens of a school's name.
    private func school(in tokens: Range<Int>) -> Range<Int>? {
        guard let mark = tokens.first(where: { career.roles[$0].contains(.school) }) else { return nil }
        let words = career.text.tokens
        if words[mark].folded == "school" || words[mark].folded == "college", mark > tokens.lowerBound,
            words[mark - 1].folded == "high", tokens.contains(mark + 1), words[mark + 1].folded == "diploma"
        {
            return nil
        }
        var start = mark
        while start > tokens.lowerBound {
            let before = words[start - 1]
            if before.kind == .word,
                before.isCapitalised
                    || ["of", "and", "the", "de", "for", "di", "des", "du", "la", "e", "et", "y"].contains(
                        before.folded
                    )
            {
                if ["from", "at", "in"].contains(before.folded)
                    || DegreeNames.faculties.contains(before.folded) && mark - start >= 2
                {
                    break
                }
                start -= 1
            } else if before.kind == .mark, [".", "'", "’", "&", "-", "\"", "«", "“"].contains(before.mark) {
                start -= 1
            } else {
                break
            }
        }
        while start < mark,
            ["of", "and", "for", "de", "di", "des", "du", "e", "et", "y", "&", "-", ".", "'"].contains(
                words[start].folded
            )
        { start += 1 }
        return start..<tokens.upperBound
    }

    private func isField(_ atom: HeadAtom) -> Bool {
        let tokens = atom.tokens
        let words = tokens.filter { career.text.tokens[$0].kind == .word }
        guard (1...8).contains(words.count), !tokens.contains(where: { career.text.tokens[$0].kind == .number }) else {
            return false
        }
        if let first = words.first, !career.text.tokens[first].isCapitalised, words.count < 2,
            career.text.tokens[first].count < 5
        {
            return false
        }
        if words.contains(where: { Self.notFields.contains(career.text.tokens[$0].folded) }) { return false }
        let phrase = words.prefix(4).map { career.text.tokens[$0].folded }.joined(separator: " ")
        if PlaceWords.names.contains(phrase) || words.count == 1 && career.roles[words[0]].contains(.placeCode) {
            return false
        }
        return true
    }

    private static let notFields: Set<String> = [
        "gpa", "cgpa", "percentage", "percent", "grade", "honors", "honours", "hons", "magna", "summa", "cum", "laude",
        "thesis", "expected", "present", "dean",
        "list", "aggregate", "marks", "distinction", "first", "graduated", "graduation", "class", "division",
        "scholarship", "award", "awarded", "relevant", "coursework", "minor",
        "score", "rank", "completed", "member", "advisor", "minors", "courses", "city", "state", "year", "passing",
        "degree", "name", "board", "semester", "certified",
    ]

    private func scalars(_ tokens: Range<Int>) -> Range<Int> {
        let words = career.text.tokens
        var tokens = tokens
        while tokens.count > 1, let last = tokens.last, words[last].kind == .mark,
            ![")", "."].contains(words[last].mark) || words[last].mark == "." && words[last - 1].count > 4
        {
            tokens = tokens.lowerBound..<last
        }
        guard let first = tokens.first, let last = tokens.last else { return 0..<0 }
        return words[first].range.lowerBound..<words[last].range.upperBound
    }

    // MARK: Assembly

    /// Puts parts together to studies.
    private struct Assembly {
        let career: CareerText
        private var done: [FoundEducation] = []
        private var open = FoundEducation(education: Education())
        private var openName: Range<Int>?
        private var hasDate = false
        private var schoolFirst: Bool?
        private var parent: (name: String, range: Range<Int>)?

        init(career: CareerText) { self.career = career }

        mutating func add(_ part: Part, row: CareerRow) {
            switch part {
            case .degree(let range, let field, let level):
                if open.education.degree != nil { close() }
                if schoolFirst == nil { schoolFirst = open.education.institution != nil }
                open.education.degree = career.phrase(range)
                open.education.level = level
                open.education.field = field.map { career.phrase($0) }
                open.degree = range.lowerBound..<max(range.upperBound, field?.upperBound ?? 0)
            case .field(let range):
                guard open.education.degree != nil, open.education.field == nil else { return }
                open.education.field = career.phrase(range)
                if let degree = open.degree {
                    open.degree = degree.lowerBound..<max(degree.upperBound, range.upperBound)
                }
            case .institution(let range):
                if let known = open.institution {
                    // A faculty and its university on one row are one school.
                    if known.lowerBound >= row.range.lowerBound, known.upperBound <= row.range.upperBound {
                        if isUniversity(range), !isUniversity(known) { setSchool(range) }
                        return
                    }
                    close()
                }
                if schoolFirst == nil, open.education.degree != nil { schoolFirst = false }
                setSchool(range)
            case .name(let range):
                if openName == nil { openName = range }
            case .date(let span):
                if hasDate {
                    guard open.education.degree != nil || open.education.institution != nil else { return }
                    close()
                }
                hasDate = true
                open.education.endYear = span.end?.year ?? (span.isCurrent ? nil : span.start?.year)
            }
        }

        private func isUniversity(_ range: Range<Int>) -> Bool {
            career.tokens(range).contains {
                [
                    "university", "universite", "universitat", "universidad", "universita", "university's", "institute",
                    "universidade",
                ].contains(career.text.tokens[$0].folded)
            }
        }

        private mutating func setSchool(_ range: Range<Int>) {
            open.education.institution = career.phrase(range)
            open.institution = range
        }

        private mutating func close() {
            defer {
                open = FoundEducation(education: Education())
                openName = nil
                hasDate = false
            }
            if open.education.institution == nil, open.education.degree != nil {
                if let openName {
                    setSchool(openName)
                } else if schoolFirst == true, let parent {
                    open.education.institution = parent.name
                }
            }
            guard open.education.degree != nil || open.education.institution != nil else { return }
            if let name = open.education.institution, let range = open.institution { parent = (name, range) }
            done.append(open)
        }

        mutating func finished() -> [FoundEducation] {
            close()
            return done
        }
    }
}
