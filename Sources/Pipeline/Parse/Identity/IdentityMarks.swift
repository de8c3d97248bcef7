/// Collects the stretches of a resume that tell who the person is.
struct IdentityMarks {
    /// In no order; they may overlap.
    private(set) var ranges: [Range<Int>] = []

    private let text: ResumeText
    private let header: HeaderPieces

    /// Starts with nothing marked.
    init(_ text: ResumeText, _ header: HeaderPieces) {
        self.text = text
        self.header = header
    }

    /// Marks `more`.
    mutating func add(_ more: [Range<Int>]) { ranges += more }

    /// Marks the name in the header and wherever the full name stands again.
    mutating func add(name: NameFinder.Found) {
        ranges.append(name.range)
        let words = name.words.map { Array($0.unicodeScalars) }
        let isEastAsian = words.allSatisfy { $0.allSatisfy { ResumeScalars.isEastAsian($0) } }
        guard words.count > 1 || isEastAsian, let first = words.first?.first else { return }
        let reversed = words.count == 2 ? [words[1], words[0]] : []
        let second = reversed.first?.first ?? first
        var index = 0
        while index < text.scalars.count {
            let scalar = ResumeScalars.folded(text.scalars[index])
            guard scalar == first || scalar == second,
                isEastAsian || index == 0 || !ResumeScalars.isWord(text.scalars[index - 1]),
                let end = end(of: words, at: index, isEastAsian) ?? end(of: reversed, at: index, isEastAsian)
            else {
                index += 1
                continue
            }
            ranges.append(index..<end)
            index = end
        }
    }

    /// Where `words` end if they stand at `index`, with at most three other signs between them.
    private func end(of words: [[Unicode.Scalar]], at index: Int, _ isEastAsian: Bool) -> Int? {
        guard !words.isEmpty else { return nil }
        let scalars = text.scalars
        var at = index
        for (place, word) in words.enumerated() {
            if place > 0 {
                let gap = at
                while at < scalars.count, at - gap < 3, !ResumeScalars.isWord(scalars[at]) { at += 1 }
                if at == gap, !isEastAsian { return nil }
            }
            for letter in word where ResumeScalars.isWord(letter) {
                while at < scalars.count,
                    ResumeScalars.isCombiningAccent(scalars[at]) || ResumeText.isApostrophe(scalars[at])
                        || scalars[at] == "-" || scalars[at] == "."
                {
                    at += 1
                }
                guard at < scalars.count, ResumeScalars.folded(scalars[at]) == letter else { return nil }
                at += 1
            }
        }
        while at < scalars.count, ResumeScalars.isCombiningAccent(scalars[at]) { at += 1 }
        guard isEastAsian || at == scalars.count || !ResumeScalars.isWord(scalars[at]) else { return nil }
        return at
    }

    /// Marks whole lines: those of the header that hold nothing else, personal ones anywhere, and whole sections of them.
    mutating func addLines(contacts: [Range<Int>], name: NameFinder.Found?, headline: HeaderPiece?, place: Range<Int>?)
    {
        var byLine: [Int: [HeaderPiece]] = [:]
        for piece in header.pieces { byLine[piece.line, default: []].append(piece) }
        let own = IdentityParser.merged(contacts + [name?.range, place].compactMap(\.self))
        for line in header.lines {
            let range = text.lines[line]
            let holds = overlaps(own, range) || (byLine[line] ?? []).contains { HeaderFields.isAddress($0, text) }
            guard holds else { continue }
            let rest = (byLine[line] ?? []).filter { piece in
                if let headline, headline.range.overlaps(piece.range) { return true }
                if overlaps(own, piece.range) { return false }
                return piece.words.count > 6 && !HeaderFields.isAddress(piece, text)
                    || HeaderFields.isTitle(piece, text)
            }
            if rest.isEmpty {
                ranges.append(range)
            } else {
                // What is not about work goes, cell by cell.
                for piece in byLine[line] ?? [] where !rest.contains(where: { $0.range == piece.range }) {
                    ranges.append(piece.range)
                }
            }
        }
        var expectsValue = false
        for (line, range) in text.lines.enumerated() {
            guard range.count <= 300 else {
                expectsValue = false
                continue
            }
            let words = text.words(range, atMost: 16)
            let isHeader = text.section(ofLine: line)?.kind == .header
            let sign = hasLabelSign(range, words)
            let said = words.map(\.text)
            if CareerBreak.isBreak(said) {
                ranges.append(range)
                expectsValue = false
            } else if PersonalLines.isPersonal(said, hasLabelSign: sign, isHeader: isHeader) {
                ranges.append(range)
                // A label alone has its value in the next line.
                expectsValue = sign && endsWithSign(range) && words.count <= 4
            } else if expectsValue {
                if words.count <= 6 { ranges.append(range) }
                expectsValue = false
            }
        }
        for section in text.sections
        where section.kind == .references || (section.kind == .header && section.heading != nil) {
            for line in section.lines.prefix(40) where text.lines[line].count <= 120 || section.kind == .references {
                if let headline, headline.line == line { continue }
                ranges.append(text.lines[line])
            }
        }
    }

    private func overlaps(_ ranges: [Range<Int>], _ range: Range<Int>) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound < range.upperBound
    }

    private func endsWithSign(_ range: Range<Int>) -> Bool {
        let last = text.scalars[range].last { !ResumeScalars.isSpace($0) }
        return last == ":" || last == "\u{FF1A}" || last == "-"
    }

    /// Whether a colon or a dash follows one of the first four words.
    private func hasLabelSign(_ range: Range<Int>, _ words: [(text: String, range: Range<Int>)]) -> Bool {
        for (_, word) in words.prefix(4) {
            var at = word.upperBound
            while at < range.upperBound, at - word.upperBound < 12,
                ResumeScalars.isSpace(text.scalars[at]) || text.scalars[at] == ")"
            {
                at += 1
            }
            if at < range.upperBound, [":", "\u{FF1A}", "-", "\u{2013}", "="].contains(text.scalars[at]) {
                return true
            }
        }
        return false
    }
}
