/// The visible lines of one page, in reading order.
struct PageText {
    /// A line before it becomes part of a document.
    struct Line: Sendable, Equatable {
        /// From left to right; wide gaps between.
        var stretches: [String]
        var edges: PDFExtractor.Edges
        var page: Int
        var fontSize: Double
        var style: LineStyle
        /// Counted over the page.
        var block: Int
    }

    private(set) var lines: [Line] = []

    init(_ page: PDFExtractor.Page) {
        var block = 0
        var last: RowMerger.Row?
        let isRightToLeft = RightToLeft.isMain(in: page.fragments.lazy.flatMap(\.words))
        let rows = DrawingOrder.settled(
            ColumnOrder.ordered(RowMerger(page.fragments).rows(), fromRight: isRightToLeft)
        )
        let pitch = Self.usualGap(rows)
        for row in rows {
            let looks = Looks(row, page: page)
            let stretches = Self.stretches(of: row, page: page)
            guard !stretches.isEmpty else { continue }
            if let above = last, !Self.continues(row, above, usualGap: pitch) { block += 1 }
            last = row
            lines.append(
                Line(
                    stretches: stretches,
                    edges: row.edges,
                    page: page.number,
                    fontSize: looks.fontSize,
                    style: looks.style,
                    block: block
                )
            )
        }
    }

    private static func stretches(of row: RowMerger.Row, page: PDFExtractor.Page) -> [String] {
        // Between words of letters set apart, the gaps look like those of a table.
        if let heading = LineText.closedUp(row.fragments.flatMap(\.words)) { return [heading] }
        var result: [String] = []
        var isFirst = true
        for fragment in row.fragments {
            let words = fragment.words.compactMap { word in
                let family = word.segment.map { page.segments[$0].font.family } ?? ""
                let kept = LineText.withoutIcons(word, family: family, isFirst: isFirst)
                isFirst = isFirst && kept == nil
                return kept
            }
            for stretch in LineText.stretches(of: words) {
                let text = LineText.withVisibleHyphens(LineText.text(of: stretch))
                if !text.isEmpty { result.append(text) }
            }
        }
        if RightToLeft.isMain(in: row.fragments.lazy.flatMap(\.words)) { result.reverse() }
        // A bullet belongs to its item, however far apart they stand.
        if result.count > 1, let mark = result[0].unicodeScalars.first, result[0].unicodeScalars.count == 1,
            !mark.properties.isAlphabetic, mark.properties.numericType == nil
        {
            result[1] = result[0] + " " + result[1]
            result.removeFirst()
        }
        return result
    }

    /// Whether a row goes on with the block of the row before.
    private static func continues(_ row: RowMerger.Row, _ above: RowMerger.Row, usualGap: Double) -> Bool {
        let (a, b) = (above.core, row.core)
        let height = min(a.height, b.height)
        let gap = b.top - a.bottom
        // Upwards is another column; sideways too.
        guard b.centreY > a.centreY, gap < max(0.45 * height, usualGap + 0.35 * height) else { return false }
        return row.edges.left < above.edges.right && above.edges.left < row.edges.right
            && max(a.height, b.height) < 1.6 * height
    }

    /// The gap between most lines that follow each other; 0 if there are too few to tell, at most one line's height.
    private static func usualGap(_ rows: [RowMerger.Row]) -> Double {
        var gaps: [Double] = []
        for (above, row) in zip(rows, rows.dropFirst()) {
            let gap = row.core.top - above.core.bottom
            if gap > -0.5 * row.core.height, gap < row.core.height { gaps.append(gap) }
        }
        guard gaps.count >= 8 else { return 0 }
        return max(0, gaps.sorted()[gaps.count / 2])
    }

    /// What most letters of a row look like.
    private struct Looks {
        var fontSize: Double
        var style: LineStyle = []

        init(_ row: RowMerger.Row, page: PDFExtractor.Page) {
            var (bold, italic, letters) = (0, 0, 0)
            // Few different sizes stand in one line, so a list does.
            var sizes: [(size: Double, letters: Int)] = []
            for word in row.fragments.lazy.flatMap(\.words) {
                let count = word.text.unicodeScalars.count
                letters += count
                var size = word.size
                if let segment = word.segment.map({ page.segments[$0] }) {
                    if segment.bold { bold += count }
                    if segment.italic { italic += count }
                    // Some fonts hide their size in a matrix; then the height of the box tells more.
                    if segment.font.size > 0.5 * size, segment.font.size < 2 * size { size = segment.font.size }
                }
                if let known = sizes.firstIndex(where: { abs($0.size - size) < 0.3 }) {
                    sizes[known].letters += count
                } else if sizes.count < 64 {
                    sizes.append((size, count))
                }
            }
            fontSize = (sizes.max { $0.letters < $1.letters })?.size ?? row.edges.height
            if 2 * bold > letters { style.insert(.bold) }
            if 2 * italic > letters { style.insert(.italic) }
        }
    }
}
