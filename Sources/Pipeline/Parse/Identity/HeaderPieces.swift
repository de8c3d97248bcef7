/// One stretch of a line at the top of a resume: a cell, or what stands between `|`, bullets and contacts.
struct HeaderPiece: Sendable {
    /// The piece without white space and punctuation at its ends.
    var range: Range<Int>
    /// Index of its line.
    var line: Int
    /// Place among the pieces of its line, from 0.
    var place: Int
    /// Whether it is all that its line holds.
    var isWholeLine: Bool
    /// What its line is labelled with: "Name", "Address"; folded.
    var label: String?
    /// Folded words and where they stand.
    var words: [(text: String, range: Range<Int>)]
    /// Whether an e-mail, telephone or web address stands in its line.
    var isBesideContact: Bool
}

/// The top of a resume cut into pieces.
struct HeaderPieces: Sendable {
    /// At most so many lines are looked at.
    static let lineLimit = 60

    /// The pieces in reading order.
    let pieces: [HeaderPiece]
    /// Lines that were looked at, ascending: the header, contact sections, and the tops of sidebars.
    let lines: [Int]

    /// Cuts the header lines of `text` at gaps, separators and `contacts`, which are ascending and disjoint.
    init(_ text: ResumeText, contacts: [Range<Int>]) {
        var lines: [Int] = []
        for (index, section) in text.sections.enumerated() where section.kind == .header {
            let limit = index == 0 ? HeaderPieces.lineLimit : 20
            lines += section.lines.prefix(limit)
        }
        if text.sections.first?.kind != .header || (text.sections.first?.lines.isEmpty ?? true) {
            // No header at all: the name may stand under the first heading.
            lines += (text.sections.first?.lines ?? 0..<0).prefix(6)
        }
        lines = Array(lines.sorted().prefix(2 * HeaderPieces.lineLimit))
        var pieces: [HeaderPiece] = []
        for line in lines { HeaderPieces.cut(text, line, contacts, into: &pieces) }
        self.lines = lines
        self.pieces = pieces
    }

    private static func cut(
        _ text: ResumeText,
        _ line: Int,
        _ contacts: [Range<Int>],
        into pieces: inout [HeaderPiece]
    ) {
        let whole = text.lines[line]
        let range = whole.lowerBound..<min(whole.upperBound, whole.lowerBound + 600)
        let own = contacts.filter { $0.overlaps(range) }
        let gaps = Set(text.document.lines[line].gaps.map { whole.lowerBound + $0 })
        var cuts: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if let contact = own.first(where: { $0.contains(index) }) {
                if start < index { cuts.append(start..<index) }
                index = min(contact.upperBound, range.upperBound)
                start = index
                continue
            }
            if gaps.contains(index) {
                if start < index { cuts.append(start..<index) }
                start = index
            }
            let width = separator(text.scalars, index, range)
            if width > 0 {
                if start < index { cuts.append(start..<index) }
                start = index + width
                index = start
            } else {
                index += 1
            }
        }
        if start < range.upperBound { cuts.append(start..<range.upperBound) }
        var made: [HeaderPiece] = []
        for cut in cuts {
            var (piece, label) = withoutLabel(text, trimmed(text.scalars, cut))
            piece = trimmed(text.scalars, piece)
            guard !piece.isEmpty else { continue }
            var words = text.words(piece, atMost: 16)
            if label == nil, words.count <= 2, loneLabels.contains(words.map(\.text).joined(separator: " ")) {
                label = words.map(\.text).joined(separator: " ")
                piece = piece.upperBound..<piece.upperBound
                words = []
            }
            guard !words.isEmpty || label != nil else { continue }
            made.append(
                HeaderPiece(
                    range: piece,
                    line: line,
                    place: made.count,
                    isWholeLine: false,
                    label: label,
                    words: words,
                    isBesideContact: !own.isEmpty
                )
            )
        }
        if made.count == 1 { made[0].isWholeLine = own.isEmpty }
        // A label alone in its line names the next line's piece.
        if var last = pieces.last, last.label != nil, last.words.isEmpty {
            pieces.removeLast()
            if !made.isEmpty, made[0].label == nil {
                last.range = made[0].range
                made[0].label = last.label
            }
        }
        pieces += made
    }

    /// Labels that stand before a name without a colon.
    private static let loneLabels: Set<String> = [
        "name", "full name", "candidate name", "surname name", "nume", "nom", "姓名", "氏名", "이름", "성명", "фио", "имя",
    ]

    /// How many scalars of a separator stand at `index`; 0 for none.
    private static func separator(_ scalars: [Unicode.Scalar], _ index: Int, _ range: Range<Int>) -> Int {
        switch scalars[index] {
        case "|", "\t", "\u{2022}", "\u{B7}", "\u{2666}", "\u{25AA}", "\u{25CF}", "\u{25A0}", "\u{2756}", "\u{FF5C}",
            "\u{2219}", "\u{22C5}", "\u{25C6}", "\u{2605}", "\u{25E6}", "\u{2502}", "\u{00A6}", ";", "\u{1}", "\u{2}",
            "~", "*":
            return 1
        case "\\":
            guard index + 3 < range.upperBound, scalars[index + 1] == "x" else { return 0 }
            var width = 0
            while index + width + 3 < range.upperBound, scalars[index + width] == "\\",
                scalars[index + width + 1] == "x"
            {
                width += 4
            }
            return width
        case "-", "\u{2013}", "\u{2014}":
            let isLoose = index > range.lowerBound && ResumeScalars.isSpace(scalars[index - 1])
            let isEdge = index + 1 == range.upperBound || ResumeScalars.isSpace(scalars[index + 1])
            return isLoose || isEdge ? 1 : 0
        case " ":
            var width = 0
            while index + width < range.upperBound, scalars[index + width] == " " { width += 1 }
            return width >= 3 ? width : 0
        case let scalar
        where 0xE000...0xF8FF ~= scalar.value || 0x1F300...0x1FAFF ~= scalar.value || 0x2600...0x27BF ~= scalar.value:
            return 1
        default: return 0
        }
    }

    private static func trimmed(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, !ResumeScalars.isWord(scalars[start]), scalars[start] != "(" {
            // ".NET developer" keeps its dot.
            if scalars[start] == ".", start + 1 < end, ResumeScalars.isUpper(scalars[start + 1]) { break }
            start += 1
        }
        while end > start, !ResumeScalars.isWord(scalars[end - 1]), scalars[end - 1] != ")", scalars[end - 1] != "." {
            end -= 1
        }
        return start..<end
    }

    /// "Name: Jane Roe" is a piece of its own with a label.
    private static func withoutLabel(_ text: ResumeText, _ range: Range<Int>) -> (Range<Int>, String?) {
        var at = range.lowerBound
        while at < range.upperBound, at - range.lowerBound < 32, text.scalars[at] != ":", text.scalars[at] != "\u{FF1A}"
        {
            at += 1
        }
        let hasColon = at < range.upperBound && at - range.lowerBound < 32
        guard hasColon else {
            // The colon may have been trimmed from a label that stands alone.
            let isAlone = range.upperBound < text.scalars.count && text.scalars[range.upperBound] == ":"
            guard isAlone, range.count < 32 else { return (range, nil) }
            return (range.upperBound..<range.upperBound, ResumeScalars.folded(text.scalars[range]))
        }
        let label = text.words(range.lowerBound..<at).map(\.text).joined(separator: " ")
        guard !label.isEmpty else { return (range, nil) }
        return ((at + 1)..<range.upperBound, label)
    }
}
