/// A line of a flowing document, before its place in the text is known.
struct FlowLine {
    /// Left to right, each but the first after a gap.
    var stretches: [String]
    /// In points.
    var fontSize: Double?
    var style: LineStyle = []
    /// Whether it starts a block of its own.
    var startsBlock: Bool

    /// Whether there is nothing to see.
    var isBlank: Bool { stretches.allSatisfy { $0.unicodeScalars.allSatisfy(\.isWhitespace) } }

    /// Letters, roughly.
    var length: Int { stretches.reduce(0) { $0 + $1.utf8.count } }

    /// Longest row of a table that is one line of text, in UTF-8 bytes.
    private static let longestRow = 200

    /// The lines of a table's row: one line with gaps if every cell is short, else cell after cell.
    static func row(_ cells: [[FlowLine]], isFirst: Bool) -> [FlowLine] {
        let filled = cells.map { cell in cell.filter { !$0.isBlank } }.filter { !$0.isEmpty }
        guard let first = filled.first?.first else { return [] }
        let isShort = filled.allSatisfy {
            $0.count == 1 && !$0[0].style.contains(.listItem) && $0[0].stretches.count == 1
        }
        if filled.count > 1, isShort, filled.reduce(0, { $0 + $1[0].length }) <= longestRow {
            var style = first.style
            for cell in filled { style.formIntersection(cell[0].style) }
            style.insert(.tableCell)
            return [
                FlowLine(
                    stretches: filled.flatMap { $0[0].stretches },
                    fontSize: filled.compactMap { $0[0].fontSize }.max(),
                    style: style,
                    startsBlock: isFirst || filled.contains { $0[0].startsBlock && $0[0].style.contains(.heading) }
                )
            ]
        }
        var result: [FlowLine] = []
        for cell in filled {
            for (index, line) in cell.enumerated() {
                var line = line
                line.style.insert(.tableCell)
                if index == 0 { line.startsBlock = true }
                result.append(line)
            }
        }
        return result
    }
}

extension TextAssembler {
    /// Adds lines in order, with `style` besides their own; `block` is the number of the last block and grows.
    mutating func append(_ lines: [FlowLine], adding style: LineStyle = [], block: inout Int) {
        block += 1
        for line in lines {
            if line.startsBlock { block += 1 }
            append(line.stretches, fontSize: line.fontSize, style: line.style.union(style), block: block)
        }
    }
}
