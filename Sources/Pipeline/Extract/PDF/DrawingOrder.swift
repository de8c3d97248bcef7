/// Where the places of a page's pieces in the file tell how it is meant to be read.
///
/// Most programs write a page in the order in which it was typed: one column after the other, a date next to its title.
/// Some write it in any order, or line by line across columns. So the order is believed only where it goes down.
struct DrawingOrder {
    typealias Edges = PDFExtractor.Edges
    typealias Row = RowMerger.Row

    /// Pages with more pieces are drawings or spreadsheets; comparing each with each would take long.
    static let mostPieces = 500

    /// Jumps sideways that the file may have more than the geometry.
    ///
    /// A heading under a side bar is drawn after the other column. Line by line across columns takes many more.
    private static let fewJumps = 2

    /// For each piece its place among all of them as they are drawn; nil if the file does not tell it of every piece, or
    /// goes up within a column.
    static func ranks(_ fragments: [PDFExtractor.Fragment]) -> [Int]? {
        guard let order = order(fragments.map(\.place)) else { return nil }
        guard isTrusted(backwardSteps(order.map { fragments[$0].edges }), of: order.count) else { return nil }
        var ranks = [Int](repeating: 0, count: fragments.count)
        for (rank, index) in order.enumerated() { ranks[index] = rank }
        return ranks
    }

    /// The easier to follow of rows as the page's geometry orders them and as the file does.
    ///
    /// That is the one that less often goes up within a column or jumps sideways; in doubt it is the file's.
    static func settled(_ rows: [Row]) -> [Row] {
        guard let order = order(rows.map { $0.fragments.lazy.compactMap(\.place).min() }) else { return rows }
        let drawn = order.map { rows[$0] }
        let (asDrawn, asSeen) = (drawn.map(\.edges), rows.map(\.edges))
        let steps = backwardSteps(asDrawn)
        guard isTrusted(steps, of: rows.count),
            steps + jumps(asDrawn) <= backwardSteps(asSeen) + jumps(asSeen) + fewJumps
        else { return rows }
        // A side bar with the name may be drawn last, over the rest of the page; it is read first all the same.
        let result = titled(drawn)
        if let drawnTitle = titleIndex(result), let seenTitle = titleIndex(rows), drawnTitle > seenTitle { return rows }
        return result
    }

    /// Whether so few pairs go up that words too long for their column explain it.
    private static func isTrusted(_ backwardSteps: Int, of count: Int) -> Bool { 20 * backwardSteps <= count }

    /// Indices in the order of the places; nil if any place is not known.
    private static func order(_ places: [Int?]) -> [Int]? {
        let known = places.compactMap { $0 }
        guard known.count == places.count, known.count <= mostPieces else { return nil }
        return known.indices.sorted { (known[$0], $0) < (known[$1], $1) }
    }

    /// How many pairs come in the wrong order: the lower one first, though both stand in one column.
    private static func backwardSteps(_ boxes: [Edges]) -> Int {
        var count = 0
        for (index, later) in boxes.enumerated() {
            for earlier in boxes[..<index] where isAbove(later, earlier) && shareColumn(later, earlier) { count += 1 }
        }
        return count
    }

    /// How often the next line is not under the one before.
    private static func jumps(_ boxes: [Edges]) -> Int {
        zip(boxes, boxes.dropFirst()).count { !isAbove($0, $1) || !shareColumn($0, $1) }
    }

    private static func isAbove(_ upper: Edges, _ lower: Edges) -> Bool {
        upper.bottom <= lower.top + 0.3 * min(upper.height, lower.height)
    }

    /// Whether one stands under the other; a word that is too long for its column stands under little of the next.
    private static func shareColumn(_ a: Edges, _ b: Edges) -> Bool {
        let shared = min(a.right, b.right) - max(a.left, b.left)
        return shared > 0.6 * min(a.width, b.width)
    }

    /// Where the first of the largest lines stands; nil if none is larger than usual.
    private static func titleIndex(_ rows: [Row]) -> Int? {
        let heights = rows.map(\.core.height).sorted()
        guard let largest = heights.last, largest > 1.3 * heights[heights.count / 2] else { return nil }
        return rows.firstIndex { $0.core.height > 0.95 * largest }
    }

    /// Rows with a title that stands above everything else moved to the start.
    private static func titled(_ rows: [Row]) -> [Row] {
        guard let title = titleIndex(rows), title > 0,
            rows.indices.allSatisfy({ $0 == title || isAbove(rows[title].edges, rows[$0].edges) })
        else { return rows }
        return [rows[title]] + rows[..<title] + rows[(title + 1)...]
    }
}
