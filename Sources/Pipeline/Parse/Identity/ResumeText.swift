/// One resume as the parser reads it: scalars, lines by range, sections.
struct ResumeText: Sendable {
    /// The unfolded document.
    let document: ExtractedDocument
    /// The document's text; offsets index it.
    let scalars: [Unicode.Scalar]
    /// Where each of the document's lines stands.
    let lines: [Range<Int>]
    /// The document's sections.
    let sections: [ResumeSection]

    /// Reads the splitter's result.
    init(_ splitter: SectionSplitter) {
        document = splitter.document
        let scalars = Array(splitter.document.text.unicodeScalars)
        lines = splitter.document.lines.map { line in
            let start = min(max(line.offset, 0), scalars.count)
            return start..<min(start + line.text.unicodeScalars.count, scalars.count)
        }
        self.scalars = scalars
        sections = splitter.sections
    }

    /// The text at `range`.
    func string(_ range: Range<Int>) -> String { ResumeScalars.string(scalars[range]) }

    /// The line that holds or precedes `offset`; nil before the first.
    func line(at offset: Int) -> Int? {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    /// The page of `offset`, from 1.
    func page(at offset: Int) -> Int { line(at: offset).map { document.lines[$0].page } ?? 1 }

    /// The section that holds line `index`, or the one above a heading; nil before the first.
    func section(ofLine index: Int) -> ResumeSection? {
        var low = 0
        var high = sections.count
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].lines.lowerBound <= index { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? sections[low - 1] : nil
    }

    /// `range` without white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, ResumeScalars.isSpace(scalars[start]) { start += 1 }
        while end > start, ResumeScalars.isSpace(scalars[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The folded words of `range` and where they stand: letters and digits with inner apostrophes, hyphens apart.
    func words(_ range: Range<Int>, atMost limit: Int = 64) -> [(text: String, range: Range<Int>)] {
        var result: [(text: String, range: Range<Int>)] = []
        var at = range.lowerBound
        while at < range.upperBound, result.count < limit {
            guard ResumeScalars.isWord(scalars[at]) else {
                at += 1
                continue
            }
            let start = at
            while at < range.upperBound,
                ResumeScalars.isWord(scalars[at])
                    || (ResumeText.isApostrophe(scalars[at]) && at + 1 < range.upperBound
                        && ResumeScalars.isLetter(scalars[at + 1]))
            { at += 1 }
            result.append((ResumeScalars.folded(scalars[start..<at]), start..<at))
        }
        return result
    }

    /// Whether `scalar` is an apostrophe in any of its forms.
    static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "\u{2019}" || scalar == "\u{2BC}" || scalar == "\u{60}"
    }
}
