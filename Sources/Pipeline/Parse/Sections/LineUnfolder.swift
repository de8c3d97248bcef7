/// Cuts lines that hold more than one line's worth: headings glued to text, and whole resumes without line breaks.
///
/// The text stays as it is; only `lines` changes, and each new line still stands in the text at its offset.
struct LineUnfolder {
    /// A line longer than this many scalars may hold headings and breaks inside.
    static let longLine = 240
    /// Scalars past this one are not searched for headings inside lines.
    static let searchedScalars = 400_000

    private let scalars: [Unicode.Scalar]
    private let lines: [TextLine]
    /// How many scalars each line has: a line may be cut into very many pieces, and each asks.
    private let lengths: [Int]
    private var result: [TextLine] = []
    private var labels: [String: Int] = [:]

    private init(_ document: ExtractedDocument) {
        scalars = Array(document.text.unicodeScalars)
        lines = document.lines
        lengths = lines.map(\.text.unicodeScalars.count)
    }

    /// `document` with its lines cut where they hold more than one.
    static func unfold(_ document: ExtractedDocument) -> ExtractedDocument {
        var unfolder = LineUnfolder(document)
        unfolder.run()
        var result = document
        result.lines = unfolder.result
        return result
    }

    private mutating func run() {
        var pieces: [(line: Int, range: Range<Int>)] = []
        for (index, line) in lines.enumerated() {
            let end = line.offset + lengths[index]
            guard line.offset >= 0, end <= scalars.count, line.offset < end else { continue }
            for piece in atGaps(line, line.offset..<end) {
                guard piece.count > LineUnfolder.longLine else {
                    pieces.append((index, piece))
                    continue
                }
                for part in atSeparators(piece) {
                    for sentence in atInnerHeadings(part) { pieces.append((index, sentence)) }
                }
            }
        }
        let found = pieces.map { label($0.range) }
        for label in found.compactMap(\.self) { labels[label.key.text, default: 0] += 1 }
        var current = ResumeSection.Kind.header
        for (piece, label) in zip(pieces, found) {
            if piece.range.count <= HeadingKey.longest,
                let entry = HeadingVocabulary.entry(HeadingKey(scalars[piece.range]).text), !entry.isWeak
            {
                current = entry.kind
            }
            if let label, counts(label, in: current) {
                current = label.kind
                append(piece.line, piece.range.lowerBound..<label.end)
                append(piece.line, label.rest..<piece.range.upperBound)
            } else {
                append(piece.line, piece.range)
            }
        }
    }

    private mutating func append(_ index: Int, _ range: Range<Int>) {
        let line = lines[index]
        let range = trimmed(range)
        guard !range.isEmpty else { return }
        if range.count == lengths[index] {
            result.append(line)
            return
        }
        var piece = line
        piece.text = ResumeScalars.string(scalars[range])
        piece.offset = range.lowerBound
        let start = range.lowerBound - line.offset
        piece.gaps = line.gaps[Self.place(of: start + 1, in: line.gaps)...].prefix { $0 < start + range.count }
            .map { $0 - start }
        result.append(piece)
    }

    /// The place of the first gap that is not before `offset`; gaps ascend.
    private static func place(of offset: Int, in gaps: [Int]) -> Int {
        var (start, end) = (0, gaps.count)
        while start < end {
            let middle = (start + end) / 2
            if gaps[middle] < offset { start = middle + 1 } else { end = middle }
        }
        return start
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, ResumeScalars.isSpace(scalars[start]) { start += 1 }
        while end > start, ResumeScalars.isSpace(scalars[end - 1]) { end -= 1 }
        return start..<end
    }

    // MARK: - Gaps

    /// A heading at the left margin beside its section's text stands alone; other lines keep their cells.
    private func atGaps(_ line: TextLine, _ range: Range<Int>) -> [Range<Int>] {
        guard let gap = line.gaps.first, gap > 0, gap < range.count else { return [range] }
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        for gap in line.gaps where line.offset + gap > start && line.offset + gap < range.upperBound {
            cells.append(start..<(line.offset + gap))
            start = line.offset + gap
        }
        cells.append(start..<range.upperBound)
        let known = cells.map { cell -> Bool in
            let key = HeadingKey(scalars[cell])
            guard !key.hasForeignSigns, key.letterCase != .small else { return false }
            return HeadingVocabulary.entry(key.text).map { !$0.isWeak } ?? false
        }
        if known.allSatisfy({ $0 }) { return cells }
        guard known[0], cells.count > 1 else { return [range] }
        return [cells[0], cells[1].lowerBound..<range.upperBound]
    }

    // MARK: - Resumes on one line

    /// Cuts at runs of spaces, tabs and written-out escapes, where runs of spaces stand for line breaks.
    private func atSeparators(_ range: Range<Int>) -> [Range<Int>] {
        var singles = 0
        var doubles = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let run = spaces(at: index, range.upperBound)
            if run == 1 { singles += 1 } else if run > 1 { doubles += 1 }
            index += max(run, 1)
        }
        let least = singles >= doubles ? 2 : 3
        var result: [Range<Int>] = []
        var start = range.lowerBound
        index = start
        while index < range.upperBound {
            let run = spaces(at: index, range.upperBound)
            let escapes = run > 0 ? 0 : breakingEscapes(at: index, range.upperBound)
            let breaks = run >= least || (run > 0 && scalars[index..<(index + run)].contains("\t")) || escapes > 0
            if breaks {
                if start < index { result.append(start..<index) }
                start = index + run + escapes
            }
            index += max(run + escapes, 1)
        }
        if start < range.upperBound { result.append(start..<range.upperBound) }
        return result
    }

    private func spaces(at index: Int, _ end: Int) -> Int {
        var run = 0
        while index + run < end, ResumeScalars.isSpace(scalars[index + run]) { run += 1 }
        return run
    }

    /// How many scalars of written-out escapes of bullets and icons stand at `index`: `\xe2\x80\xa2`, `\t`.
    private func breakingEscapes(at index: Int, _ end: Int) -> Int {
        guard index + 1 < end, scalars[index] == "\\" else { return 0 }
        switch scalars[index + 1] {
        case "t", "n", "r":
            // `\t` at a word's start may be a path; a path has a letter before.
            return index > 0 && ResumeScalars.isWord(scalars[index - 1]) ? 0 : 2
        case "x": break
        default: return 0
        }
        var bytes: [UInt32] = []
        var at = index
        while at + 3 < end, scalars[at] == "\\", scalars[at + 1] == "x", let high = hexadecimal(scalars[at + 2]),
            let low = hexadecimal(scalars[at + 3]), bytes.count < 24
        {
            bytes.append(high * 16 + low)
            at += 4
        }
        guard bytes.count >= 1 else { return 0 }
        if bytes.count == 1 { return bytes[0] < 0x20 ? 4 : 0 }
        let isIcon = bytes[0] == 0xEF || bytes[0] == 0xF0 || (bytes[0] == 0xE2 && bytes[1] >= 0x82)
        let isBullet = bytes.count >= 3 && bytes[0] == 0xE2 && bytes[1] == 0x80 && bytes[2] == 0xA2
        return isIcon || isBullet || bytes[0] < 0x20 ? bytes.count * 4 : 0
    }

    private func hexadecimal(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar.value {
        case 0x30...0x39: scalar.value - 0x30
        case 0x61...0x66: scalar.value - 0x57
        case 0x41...0x46: scalar.value - 0x37
        default: nil
        }
    }

    // MARK: - Headings inside long lines

    /// Cuts before and after headings that stand inside a long line: in capitals, or after the end of a sentence.
    private func atInnerHeadings(_ range: Range<Int>) -> [Range<Int>] {
        guard range.count > 24, range.lowerBound < LineUnfolder.searchedScalars else {
            return [range]
        }
        var result: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound, index < LineUnfolder.searchedScalars {
            let isStart = index == range.lowerBound || !ResumeScalars.isWord(scalars[index - 1])
            if isStart, ResumeScalars.isUpper(scalars[index]), let end = innerHeading(at: index, in: range) {
                if start < index { result.append(start..<index) }
                result.append(index..<end)
                start = end
                index = end
            } else {
                index += 1
            }
        }
        if start < range.upperBound { result.append(start..<range.upperBound) }
        return result
    }

    /// The end of the heading that starts at `index`, its colon included.
    private func innerHeading(at index: Int, in range: Range<Int>) -> Int? {
        let isShouted = index + 1 < range.upperBound && ResumeScalars.isUpper(scalars[index + 1])
        guard isShouted || endsSentence(before: index, in: range), startsHeading(index, in: range) else { return nil }
        let ends = wordEnds(from: index, in: range)
        for count in stride(from: ends.count, to: 0, by: -1) {
            let end = ends[count - 1]
            let key = HeadingKey(scalars[index..<end])
            guard let entry = HeadingVocabulary.entry(key.text), !entry.isWeak else { continue }
            let hasColon = end < range.upperBound && scalars[end] == ":"
            if key.letterCase == .capitals {
                let letters = key.words.reduce(0) { $0 + $1.count }
                guard letters >= 5, !isCapitals(wordBefore: index, in: range) else { continue }
                if hasColon || !isCapitals(wordAfter: end, in: range) { return hasColon ? end + 1 : end }
            } else if key.words.count > 1, key.smallLongWords == 0, endsSentence(before: index, in: range),
                hasColon || startsUpper(after: end, in: range)
            {
                return hasColon ? end + 1 : end
            }
        }
        return nil
    }

    /// Whether the word at `index` is the first of a known heading.
    private func startsHeading(_ index: Int, in range: Range<Int>) -> Bool {
        var end = index
        while end < range.upperBound, end - index < 24, ResumeScalars.isWord(scalars[end]) { end += 1 }
        return HeadingStarts.words.contains(ResumeScalars.folded(scalars[index..<end]))
    }

    private func wordEnds(from index: Int, in range: Range<Int>) -> [Int] {
        var ends: [Int] = []
        var at = index
        while at < range.upperBound, ends.count < HeadingVocabulary.longestPhrase {
            while at < range.upperBound, ResumeScalars.isWord(scalars[at]) || scalars[at] == "'" { at += 1 }
            if ends.last != at { ends.append(at) }
            var separators = 0
            while at < range.upperBound, separators < 3, scalars[at] == " " || scalars[at] == "&" || scalars[at] == "/"
            {
                at += 1
                separators += 1
            }
            if separators == 0 { break }
        }
        return ends
    }

    private func isCapitals(wordBefore index: Int, in range: Range<Int>) -> Bool {
        var end = index
        while end > range.lowerBound, scalars[end - 1] == " " { end -= 1 }
        var start = end
        while start > range.lowerBound, ResumeScalars.isWord(scalars[start - 1]) { start -= 1 }
        // A bracket, comma or full stop between the two words parts them.
        return end - start >= 2 && scalars[start..<end].allSatisfy { ResumeScalars.isUpper($0) }
    }

    private func isCapitals(wordAfter index: Int, in range: Range<Int>) -> Bool {
        var start = index
        while start < range.upperBound, scalars[start] == " " || scalars[start] == "&" || scalars[start] == "/" {
            start += 1
        }
        var end = start
        while end < range.upperBound, ResumeScalars.isWord(scalars[end]) { end += 1 }
        return end - start >= 2 && scalars[start..<end].allSatisfy { ResumeScalars.isUpper($0) }
    }

    private func endsSentence(before index: Int, in range: Range<Int>) -> Bool {
        var at = index
        while at > range.lowerBound, ResumeScalars.isSpace(scalars[at - 1]) { at -= 1 }
        if at == range.lowerBound { return true }
        switch scalars[at - 1] {
        case ".", "!", "?", "\u{2022}", "|", ")", ";": return true
        default: return false
        }
    }

    private func startsUpper(after index: Int, in range: Range<Int>) -> Bool {
        var at = index
        while at < range.upperBound, ResumeScalars.isSpace(scalars[at]) { at += 1 }
        return at < range.upperBound && (ResumeScalars.isUpper(scalars[at]) || ResumeScalars.isDigit(scalars[at]))
    }

    // MARK: - Headings glued to their text

    private struct Label {
        var key: HeadingKey
        var kind: ResumeSection.Kind
        /// Where the heading ends, its colon included.
        var end: Int
        /// Where its text starts.
        var rest: Int
        var hasColon: Bool
    }

    /// A heading at the start of a line that goes on with text.
    private func label(_ range: Range<Int>) -> Label? {
        let range = trimmed(range)
        guard !range.isEmpty, ResumeScalars.isLetter(scalars[range.lowerBound]) else { return nil }
        let isShouted = range.count > 1 && ResumeScalars.isUpper(scalars[range.lowerBound + 1])
        let hasSign = scalars[range].prefix(64).contains { $0 == ":" || $0 == "\u{FF1A}" }
        guard isShouted || hasSign, startsHeading(range.lowerBound, in: range) else { return nil }
        let ends = wordEnds(from: range.lowerBound, in: range)
        for count in stride(from: ends.count, to: 0, by: -1) {
            let end = ends[count - 1]
            let key = HeadingKey(scalars[range.lowerBound..<end])
            guard let entry = HeadingVocabulary.entry(key.text), !entry.isWeak, key.letterCase != .small else {
                continue
            }
            var at = end
            while at < range.upperBound, scalars[at] == " " { at += 1 }
            guard at < range.upperBound else { return nil }
            let isColon = scalars[at] == ":" || scalars[at] == "\u{FF1A}"
            let isDash = at > end && (scalars[at] == "-" || scalars[at] == "\u{2013}" || scalars[at] == "\u{2014}")
            if isColon || isDash {
                var rest = at + 1
                while rest < range.upperBound, !ResumeScalars.isWord(scalars[rest]), scalars[rest] != "(" { rest += 1 }
                guard rest < range.upperBound else { return nil }
                if isDash, key.letterCase != .capitals { continue }
                return Label(key: key, kind: entry.kind, end: isColon ? at + 1 : end, rest: rest, hasColon: true)
            }
            let letters = key.words.reduce(0) { $0 + $1.count }
            if key.letterCase == .capitals, letters >= 5, at > end, !isCapitals(wordAfter: end, in: range),
                ResumeScalars.isLetter(scalars[at]), range.upperBound - at > 24
            {
                return Label(key: key, kind: entry.kind, end: end, rest: at, hasColon: false)
            }
        }
        return nil
    }

    /// Whether a glued heading opens a section, where the text before it is of `kind`.
    private func counts(_ label: Label, in kind: ResumeSection.Kind) -> Bool {
        let rest = words(from: label.rest)
        switch label.kind {
        case .experience:
            // "Experience: 8 years" is a figure, not a section.
            if rest.count < 5 { return false }
        case .languages:
            // "Languages: Java, C++" is a line of a skills section.
            guard rest.contains(where: { LanguageNames.words.contains($0) }) else { return false }
        case .header, .other, .references, .awards, .interests: return false
        default: break
        }
        if kind == .skills, label.kind == .skills { return false }
        if label.key.letterCase == .capitals { return true }
        // The same label twice or more is that of an entry, such as the tools of each position.
        if labels[label.key.text, default: 0] > 1 { return false }
        guard kind == .experience || kind == .projects else { return true }
        return !HeadingStarts.entryLabels.contains(label.key.text)
    }

    private func words(from start: Int) -> [String] {
        var result: [String] = []
        var at = start
        while at < scalars.count, scalars[at] != "\n", result.count < 12 {
            let begin = at
            while at < scalars.count, ResumeScalars.isWord(scalars[at]) { at += 1 }
            if at > begin { result.append(ResumeScalars.folded(scalars[begin..<at])) } else { at += 1 }
        }
        return result
    }
}
