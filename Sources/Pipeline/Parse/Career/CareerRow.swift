/// A line of a section as the parsers of positions and studies read it.
struct CareerRow: Sendable {
    /// Its scalars, without bullets and outer blanks.
    var range: Range<Int>
    /// Its tokens.
    var tokens: Range<Int>
    /// Where, in scalars, its cells but the first begin.
    var cellStarts: [Int]
    /// Its dates, as indices of `CareerText.dates`.
    var dates: Range<Int>
    /// What the section is about.
    var kind: ResumeSection.Kind
    /// Whether it is an item of a list.
    var isBullet: Bool
    /// Whether space or another block parts it from the row before.
    var startsBlock: Bool
    /// Whether most of it is bold.
    var isBold: Bool
    /// How many words stand outside its dates.
    var wordCount: Int
    /// Whether it can be a part of an entry's head: short, and no sentence.
    var isHead: Bool
    /// Whether nothing but a date stands in it.
    var isDateOnly: Bool { wordCount == 0 && !dates.isEmpty }
}

/// Cuts sections into rows.
struct CareerRows: Sendable {
    let career: CareerText

    /// The rows of `sections`, in order.
    func rows(of sections: [ResumeSection]) -> [CareerRow] {
        var rows: [CareerRow] = []
        var skipsDate = false
        for section in sections {
            var kind = section.kind
            for index in section.lines.clamped(to: 0..<career.document.lines.count) {
                let line = career.document.lines[index]
                if line.style.contains(.runningHead) { continue }
                let start = max(line.offset, section.range.lowerBound)
                let end = min(line.offset + line.text.unicodeScalars.count, section.range.upperBound)
                guard start < end, let row = row(start..<end, line: line, index: index, kind: kind) else { continue }
                // Time away from work is no position, and a date of its own below it no other's.
                if CareerBreak.isBreak(words(of: row.tokens)) {
                    skipsDate = row.dates.isEmpty
                    continue
                }
                if skipsDate, row.isDateOnly {
                    skipsDate = false
                    continue
                }
                skipsDate = false
                // A heading on work that was not known for one, as in "Clinical Experiences:".
                if kind != .experience, kind != .volunteering, isWorkHeading(row, line: index) {
                    kind = .experience
                } else {
                    rows.append(row)
                }
            }
        }
        return rows
    }

    private func words(of tokens: Range<Int>) -> [String] {
        tokens.prefix(40).compactMap { career.text.tokens[$0].kind == .mark ? nil : career.text.tokens[$0].folded }
    }

    private func isWorkHeading(_ row: CareerRow, line index: Int) -> Bool {
        guard (1...5).contains(row.wordCount), row.dates.isEmpty else { return false }
        let words = row.tokens.filter { career.text.tokens[$0].kind == .word }
        guard let last = words.last, let mark = row.tokens.last.map({ career.text.tokens[$0].mark }) else {
            return false
        }
        let folded = words.map { career.text.tokens[$0].folded }
        if row.isBullet { return Self.sureHeadings.contains(folded.joined(separator: " ")) }
        let ending = career.text.tokens[last].folded
        guard Self.headingEnds.contains(ending) || ending == "history" && folded.contains(where: Self.ofWork.contains)
        else { return false }
        let named = words.count == 2 ? words.prefix(1) : words[...]
        guard named.allSatisfy({ career.text.tokens[$0].isCapitalised || career.roles[$0].contains(.conjunction) })
        else { return false }
        if mark == ":" { return true }
        guard words.count > 1, mark != "." else { return false }
        return words.allSatisfy { career.text.tokens[$0].isAllCapitals } || isDated(after: index)
    }

    /// Whether one of the next lines holds a date.
    private func isDated(after index: Int) -> Bool {
        let lines = career.document.lines
        let next = (index + 1)..<min(index + 4, lines.count)
        guard let first = next.first, let last = next.last else { return false }
        let end = lines[last].offset + lines[last].text.unicodeScalars.count
        return lines[first].offset < end && !career.dates(in: lines[first].offset..<end).isEmpty
    }

    private static let headingEnds: Set<String> = [
        "experience", "experiences", "employment", "internship", "internships", "career",
    ]
    private static let ofWork: Set<String> = ["work", "job", "employment", "career", "professional"]
    private static let sureHeadings: Set<String> = [
        "professional experience", "work experience", "work history", "employment history", "career history",
        "relevant experience", "employment experience",
    ]

    private func row(_ part: Range<Int>, line: TextLine, index: Int, kind: ResumeSection.Kind) -> CareerRow? {
        var tokens = career.tokens(part)
        var isBullet = line.style.contains(.listItem)
        while let first = tokens.first, isBulletMark(first) {
            isBullet = true
            tokens = (first + 1)..<tokens.upperBound
        }
        while let first = tokens.first, ["*", "#", "_", "|", ",", ";"].contains(career.text.tokens[first].mark) {
            tokens = (first + 1)..<tokens.upperBound
        }
        // The end of a date that began on the line before belongs there.
        if let last = career.dates(in: 0..<part.lowerBound).last {
            let end = career.dates[last].range.upperBound
            while let first = tokens.first, career.text.tokens[first].range.lowerBound < end {
                tokens = (first + 1)..<tokens.upperBound
            }
        }
        guard let first = tokens.first, let last = tokens.last else { return nil }
        let range = career.text.tokens[first].range.lowerBound..<career.text.tokens[last].range.upperBound
        var cellStarts: Set<Int> = Set(line.gaps.map { line.offset + $0 })
        for token in tokens.dropFirst() where career.text.tokens[token].spaces >= 3 {
            cellStarts.insert(career.text.tokens[token].range.lowerBound)
        }
        let previous = index > 0 ? career.document.lines[index - 1] : nil
        var row = CareerRow(
            range: range,
            tokens: tokens,
            cellStarts: cellStarts.sorted().filter(range.contains),
            dates: career.dates(in: range),
            kind: kind,
            isBullet: isBullet,
            startsBlock: career.text.tokens[first].breaks > 1 || previous?.block != line.block && previous?.block != 0,
            isBold: line.style.contains(.bold) || line.style.contains(.heading),
            wordCount: 0,
            isHead: false
        )
        row.wordCount = wordCount(of: row)
        row.isHead = isHead(row)
        return row
    }

    /// Whether a folded word is a small word that begins family names, such as "van" and "da".
    static func isNameParticle(_ word: String) -> Bool {
        [
            "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "del", "della", "du", "la", "le", "el",
            "al", "ten", "ter", "d", "zu", "п", "г", "д",
        ].contains(word)
    }

    private func isBulletMark(_ index: Int) -> Bool {
        let token = career.text.tokens[index]
        guard token.kind == .mark else { return false }
        switch token.mark {
        case "•", "●", "▪", "◦", "‣", "➢", "►", "▸", "■", "□", "◆", "❖", "✓", "✔", "§", "·", "→", "⁃", "∙", "○",
            "➤", "❑", "♦", "◊", "\u{F000}"..."\u{F0FF}", "\u{FFFD}":
            return true
        case "-", "–", "—", "*":
            guard career.text.tokens.indices.contains(index + 1) else { return true }
            let next = career.text.tokens[index + 1]
            return next.spaces > 0 && next.breaks == 0 || token.mark == "*" && next.mark != "*" && next.spaces > 0
        default: return false
        }
    }

    private func wordCount(of row: CareerRow) -> Int {
        var count = 0
        for index in row.tokens {
            let token = career.text.tokens[index]
            guard token.kind != .mark,
                !row.dates.contains(where: { career.dates[$0].range.contains(token.range.lowerBound) })
            else { continue }
            count += token.isEastAsian ? max(1, token.count / 3) : 1
        }
        return count
    }

    /// Whether a row is all capital initials after a word that names may start with, too: "The Willow Group".
    private func isProperName(_ row: CareerRow, from first: Int) -> Bool {
        guard (2...5).contains(row.wordCount), ProseVerbs.startsNames(career.text.tokens[first].folded),
            row.tokens.last.map({ career.text.tokens[$0].mark != ":" }) ?? false
        else { return false }
        return row.tokens.allSatisfy {
            let token = career.text.tokens[$0]
            return token.kind != .word || token.isCapitalised || career.roles[$0].contains(.conjunction)
                || career.roles[$0].contains(.joiner)
        }
    }

    private func isHead(_ row: CareerRow) -> Bool {
        if row.wordCount == 0 { return !row.dates.isEmpty }
        if row.wordCount > (row.dates.isEmpty ? 14 : 22) { return false }
        guard let first = row.tokens.first(where: { career.text.tokens[$0].kind != .mark }), let last = row.tokens.last
        else { return false }
        let token = career.text.tokens[first]
        let hasTitle = row.tokens.contains { career.roles[$0].contains(.title) }
        let startsWithDate =
            row.dates.first.map { career.dates[$0].range.lowerBound <= token.range.lowerBound } ?? false
        let startsWithName = Self.isNameParticle(token.folded) && row.wordCount < 10
        if token.kind == .word, !token.isCapitalised, !startsWithDate, !startsWithName, !(hasTitle && row.wordCount < 7)
        {
            return false
        }
        if row.isBullet, row.dates.isEmpty { return false }
        let end = career.text.tokens[last]
        if end.kind == .mark, end.mark == "." || end.mark == "!" || end.mark == "。" || end.mark == ";" {
            let before = last - 1
            let abbreviation =
                before >= row.tokens.lowerBound
                && (career.roles[before].contains(.legalForm) || career.text.tokens[before].count <= 3)
            if row.wordCount > 3, !abbreviation { return false }
        }
        if startsWithDate { return true }
        if ProseVerbs.starts(token.folded), !(hasTitle && row.wordCount <= 4), !isProperName(row, from: first) {
            return false
        }
        if row.wordCount >= 5, token.folded.hasSuffix("ed") || token.folded.hasSuffix("ing"), !hasTitle {
            // "Managed the …", but not "Edenred India Ltd"
            let second = row.tokens.first { $0 > first && career.text.tokens[$0].kind == .word }
            if second.map({ !career.text.tokens[$0].isCapitalised }) ?? true { return false }
        }
        return true
    }
}

/// First words of sentences that tell what someone did.
enum ProseVerbs {
    /// Whether a folded word starts such a sentence.
    static func starts(_ word: String) -> Bool { words.contains(word) }

    /// Whether one of these words also starts names.
    static func startsNames(_ word: String) -> Bool {
        ["the", "knowledge", "environment", "technologies", "our", "good", "strong", "excellent", "tools", "hands"]
            .contains(word)
    }

    private static let words: Set<String> = Set(
        """
        led built ran wrote made taught drove kept held won grew cut set put took gave oversaw undertook met sold bought spoke \
        responsible responsibilities duties achieved achieving developed developing managed managing provided providing worked \
        working assisted assisting created creating designed designing implemented implementing maintained maintaining handled \
        handling performed performing coordinated coordinating supported supporting involved ensured ensuring ensure provide \
        manage maintain develop create perform assist coordinate handle prepare prepared preparing conduct conducted conducting \
        participated participate supervised reviewed monitored analyzed analysed trained improved reduced increased delivered \
        introduced automated automating organized organised planned established collaborated served acted successfully my our the \
        this these i we also used using to hands good strong excellent experience experienced knowledge proficient familiar ability \
        environment technologies tools
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
