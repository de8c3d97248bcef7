/// Reads columns one after the other.
///
/// `pdftotext` follows columns well where they are wide and even, and jumps between them where side bars and headings are
/// ragged. A strip that no row crosses, with several rows on either side, parts two columns; what lies above and below
/// the strip is read before and after. Without such a strip the order stays as it is.
struct ColumnOrder {
    typealias Row = RowMerger.Row

    /// Rows that each column must have.
    private static let fewestRows = 3
    /// How far two columns must run side by side, in heights of a line.
    private static let fewestHeights = 5.0
    /// Rows up to which what stands over the second column alone is a head of the page.
    private static let mostHeadRows = 4
    /// Rows that may stand alone between rows that stand beside others.
    private static let mostAlone = 3
    /// How far a word that does not fit may reach into the next column, in heights of a line.
    private static let longestReach = 2.5
    /// Columns inside columns are looked for no deeper.
    private static let deepest = 4

    /// The rows with columns one after the other.
    static func ordered(_ rows: [Row], fromRight: Bool) -> [Row] {
        guard rows.count <= RowMerger.mostFragments else { return rows }
        return ordered(rows, fromRight: fromRight, depth: 0)
    }

    private static func ordered(_ rows: [Row], fromRight: Bool, depth: Int) -> [Row] {
        guard depth < deepest, rows.count >= 2 * fewestRows, let strip = bestStrip(rows) else { return fromTop(rows) }
        var (above, left, right, below): ([Row], [Row], [Row], [Row]) = ([], [], [], [])
        for row in rows {
            if row.edges.centreY < strip.top {
                above.append(row)
            } else if row.edges.centreY > strip.bottom {
                below.append(row)
            } else if row.edges.centreX < strip.x {
                left.append(row)
            } else {
                right.append(row)
            }
        }
        // A name over the second column is meant to be read before the first.
        var columns = fromRight ? [right, left] : [left, right]
        let start = columns[0].map(\.edges.top).min() ?? strip.top
        let head = columns[1].filter { $0.edges.bottom < start }
        if head.count <= mostHeadRows {
            above += head
            columns[1].removeAll { $0.edges.bottom < start }
        }
        below = takeTails(of: &columns, over: below) + below
        return ([above] + columns + [below]).flatMap { ordered($0, fromRight: fromRight, depth: depth + 1) }
    }

    /// Takes the last rows out of a column that stand nearer to what follows both than to the rest of their column.
    ///
    /// Such is the heading of what runs over the whole page again.
    private static func takeTails(of columns: inout [[Row]], over below: [Row]) -> [Row] {
        guard let next = below.map(\.edges.top).min() else { return [] }
        for (index, other) in [(0, 1), (1, 0)] {
            let end = columns[other].map(\.edges.bottom).max() ?? -.infinity
            let sorted = columns[index].sorted { $0.core.centreY < $1.core.centreY }
            guard sorted.count > fewestRows, let last = sorted.last, last.edges.top > end else { continue }
            let gap = last.edges.top - sorted[sorted.count - 2].edges.bottom
            guard next - last.edges.bottom < gap else { continue }
            columns[index] = Array(sorted.dropLast())
            return [last]
        }
        return []
    }

    /// Rows from top to bottom, but for stretches where some stand beside others; those stay as they are.
    private static func fromTop(_ rows: [Row]) -> [Row] {
        let order = rows.indices.sorted { (rows[$0].core.centreY, $0) < (rows[$1].core.centreY, $1) }
        var result: [Row] = []
        var start = order.startIndex
        while start < order.endIndex {
            var end = start + 1
            var alone = 0
            // A few rows alone between others do not end a stretch; a gap does.
            for next in order.indices[(start + 1)...] {
                let (upper, lower) = (rows[order[next - 1]].core, rows[order[next]].core)
                if isBeside(upper, lower) {
                    end = next + 1
                    alone = 0
                } else {
                    alone += 1
                    guard end > start + 1, alone <= mostAlone,
                        lower.top - upper.bottom < min(upper.height, lower.height)
                    else { break }
                }
            }
            result += order[start..<end].sorted().map { rows[$0] }
            start = end
        }
        return result
    }

    private static func isBeside(_ a: PDFExtractor.Edges, _ b: PDFExtractor.Edges) -> Bool {
        min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.height, b.height)
    }

    /// Empty space between two columns.
    private struct Strip {
        var x: Double
        /// Vertical centres of the first and the last row beside it.
        var top: Double
        var bottom: Double
        /// How far both columns run side by side.
        var shared: Double
    }

    private static func bestStrip(_ rows: [Row]) -> Strip? {
        let sorted = rows.map(\.edges).sorted { ($0.centreY, $0.left) < ($1.centreY, $1.left) }
        let height = sorted.map(\.height).sorted()[sorted.count / 2]
        // A column starts where several rows do.
        var starts: [(x: Double, count: Int)] = []
        for left in sorted.map(\.left).sorted() {
            if let last = starts.last, left - last.x < 1.5 {
                starts[starts.count - 1].count += 1
            } else if starts.count < 200 {
                starts.append((left, 1))
            }
        }
        var best: Strip?
        for start in starts where start.count >= 2 {
            let x = start.x - 0.5
            var begin = sorted.startIndex
            for (index, edges) in sorted.enumerated() {
                // An address too long for its side bar reaches over the strip, but ends at once.
                if edges.left < x && edges.right > x + longestReach * edges.height {
                    consider(sorted[begin..<index])
                    begin = index + 1
                }
            }
            consider(sorted[begin...])

            func consider(_ run: ArraySlice<PDFExtractor.Edges>) {
                guard run.count >= 2 * fewestRows, let first = run.first, let last = run.last else { return }
                let left = run.filter { $0.centreX < x }
                let right = run.filter { $0.centreX >= x }
                guard left.count >= fewestRows, right.count >= fewestRows, let a = left.first, let b = right.first,
                    let c = left.last, let d = right.last
                else { return }
                let shared = min(c.bottom, d.bottom) - max(a.top, b.top)
                guard shared >= fewestHeights * height, shared > (best?.shared ?? 0) else { return }
                // Rows of both must lie in the shared part; one line above and one below make no column.
                let (top, bottom) = (max(a.top, b.top), min(c.bottom, d.bottom))
                func isBeside(_ edges: PDFExtractor.Edges) -> Bool { edges.centreY > top && edges.centreY < bottom }
                guard left.count(where: isBeside) >= fewestRows, right.count(where: isBeside) >= fewestRows else {
                    return
                }
                // A few lines beside the start of a long page are its head.
                guard min(left.count, right.count) >= mostHeadRows + 1 || 2 * shared >= last.bottom - first.top else {
                    return
                }
                best = Strip(x: x, top: first.centreY, bottom: last.centreY, shared: shared)
            }
        }
        return best
    }
}
