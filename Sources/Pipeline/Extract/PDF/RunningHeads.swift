/// Finds the lines that repeat at the head or the foot of pages.
enum RunningHeads {
    /// Share of the page's height at either end where such lines stand.
    private static let margin = 0.12

    /// More lines of one shape are a table of numbers.
    private static let mostAlike = 1000

    /// Marks lines in the margins that stand at the same height on several pages and say the same but for numbers.
    static func mark(_ lines: inout [PageText.Line], pages: [PDFExtractor.Page]) {
        guard pages.count > 1 else { return }
        let heights = Dictionary(pages.map { ($0.number, $0.height) }) { first, _ in first }
        var known: [String: [Int]] = [:]
        for (index, line) in lines.enumerated() {
            guard let height = heights[line.page], height > 0 else { continue }
            let place = line.edges.centreY / height
            guard place < margin || place > 1 - margin else { continue }
            known[shape(of: line), default: []].append(index)
        }
        for (_, indices) in known where indices.count > 1 && indices.count <= mostAlike {
            for index in indices {
                let line = lines[index]
                let repeats = indices.contains {
                    lines[$0].page != line.page && abs(lines[$0].edges.centreY - line.edges.centreY) < 3
                }
                if repeats { lines[index].style.insert(.runningHead) }
            }
        }
    }

    /// The line with every number replaced.
    private static func shape(of line: PageText.Line) -> String {
        var result = String.UnicodeScalarView()
        var afterDigit = false
        for scalar in line.stretches.joined(separator: "\t").unicodeScalars {
            let isDigit = scalar.properties.numericType == .decimal
            if !isDigit { result.append(scalar) } else if !afterDigit { result.append("0") }
            afterDigit = isDigit
        }
        return String(result)
    }
}
