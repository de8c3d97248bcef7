/// Puts what stands on one baseline back on one line where the page means it as one.
///
/// That is a date at the right margin, a label and its value, the cells of a table; columns stay apart.
///
/// `pdftotext` splits a line at every wide gap. Whether the two sides of a gap belong together shows in the gutter, the
/// vertical strip between them that no text crosses. A short gutter is a gap in a line. Along a tall one, rows of a table
/// share their baselines and one side is sparse (dates, labels), while columns fill both sides with lines of their own.
struct RowMerger {
    typealias Edges = PDFExtractor.Edges
    typealias Fragment = PDFExtractor.Fragment

    /// Fragments of one visual line, from left to right; at least one.
    struct Row {
        var fragments: [Fragment]
        var edges: Edges
        /// The longest word, whose box is more like the line's than those of bullets and symbols.
        var core: Edges

        init(_ fragments: [Fragment]) {
            self.fragments = fragments
            let all = fragments.map(\.edges)
            edges = all.dropFirst().reduce(all.first ?? Edges(left: 0, top: 0, right: 0, bottom: 0)) { $0.union($1) }
            core = edges
            var longest = 0
            for word in fragments.lazy.flatMap(\.words) where word.text.utf8.count > longest {
                longest = word.text.utf8.count
                core = word.edges
            }
        }
    }

    /// Pages with more fragments than this are drawings or spreadsheets; their rows are left as they are.
    static let mostFragments = 1500
    /// Shared lines in a gutter up to which it counts as a gap.
    static let shortGutterRows = 3

    private let fragments: [Fragment]
    private let hasYear: [Bool]
    /// When each fragment is drawn; nil if that tells nothing.
    private let ranks: [Int]?
    /// Indices of the fragments by their vertical centre.
    private let byHeight: [Int]

    init(_ fragments: [Fragment]) {
        self.fragments = fragments
        hasYear = fragments.map { $0.words.contains(where: Self.holdsYear) }
        ranks = DrawingOrder.ranks(fragments)
        byHeight = fragments.indices.sorted { a, b in
            let (x, y) = (fragments[a].edges.centreY, fragments[b].edges.centreY)
            return x == y ? a < b : x < y
        }
    }

    /// Rows in reading order.
    func rows() -> [Row] {
        guard fragments.count <= Self.mostFragments else {
            return fragments.map { Row([$0]) }
        }
        // Where each fragment ends up: joined(to) its left neighbour, with the place in the order of the denser side.
        var leftOf = [Int?](repeating: nil, count: fragments.count)
        var placeByRight = [Bool](repeating: false, count: fragments.count)
        for right in fragments.indices {
            guard let left = leftNeighbour(of: right) else { continue }
            switch verdict(left: left, right: right) {
            case .apart: continue
            case .joinAtLeft: leftOf[right] = left
            case .joinAtRight:
                leftOf[right] = left
                placeByRight[right] = true
            }
        }
        var rightOf = [Int?](repeating: nil, count: fragments.count)
        for (right, left) in leftOf.enumerated() {
            guard let left else { continue }
            // Two may claim the same left neighbour; the nearer one has it.
            if let other = rightOf[left] {
                let nearer = fragments[other].edges.left <= fragments[right].edges.left ? other : right
                let farther = nearer == other ? right : other
                rightOf[left] = nearer
                leftOf[farther] = nil
            } else {
                rightOf[left] = right
            }
        }
        var rows: [(place: Int, row: Row)] = []
        for first in fragments.indices where leftOf[first] == nil {
            var place = first
            var members = [fragments[first]]
            var current = first
            while let next = rightOf[current] {
                if placeByRight[next] { place = next }
                members.append(fragments[next])
                current = next
            }
            rows.append((place, Row(members)))
        }
        return rows.sorted { $0.place < $1.place }.map(\.row)
    }

    /// Whether a word has four digits in a row that start with 19 or 20.
    private static func holdsYear(_ word: PDFExtractor.Word) -> Bool {
        var digits: [UInt8] = []
        for byte in word.text.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                digits.removeAll(keepingCapacity: true)
                continue
            }
            digits.append(byte)
            if digits.count == 4, digits.starts(with: "19".utf8) || digits.starts(with: "20".utf8) { return true }
        }
        return false
    }

    /// Whether two stand on the same baseline.
    private func aligned(_ a: Edges, _ b: Edges) -> Bool {
        let small = min(a.height, b.height)
        guard small > 0, max(a.height, b.height) < 2.5 * small else { return false }
        // Bottoms agree for letters of different size on one baseline, centres for equal boxes.
        let offset = min(abs(a.bottom - b.bottom), abs(a.centreY - b.centreY))
        // Neighbours may be a symbol and a word.
        let gap = max(a.left, b.left) - min(a.right, b.right)
        return offset < (gap < 2.5 * small ? 0.35 : 0.17) * small
    }

    /// The fragments whose vertical centre lies in a range, as a slice of ``byHeight``.
    private func slice(from top: Double, to bottom: Double) -> ArraySlice<Int> {
        func firstIndex(from y: Double) -> Int {
            var (low, high) = (0, byHeight.count)
            while low < high {
                let middle = (low + high) / 2
                if fragments[byHeight[middle]].edges.centreY < y { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let start = firstIndex(from: top)
        return byHeight[start..<max(start, firstIndex(from: bottom))]
    }

    /// The nearest fragment to the left on the same baseline.
    private func leftNeighbour(of right: Int) -> Int? {
        let edges = fragments[right].edges
        var best: Int?
        for other in slice(from: edges.top - edges.height, to: edges.bottom + edges.height) where other != right {
            let candidate = fragments[other].edges
            guard candidate.right <= edges.left + 0.2 * edges.height, candidate.left < edges.left,
                aligned(candidate, edges)
            else { continue }
            if let current = best, fragments[current].edges.right >= candidate.right { continue }
            best = other
        }
        return best
    }

    private enum Verdict {
        case apart
        case joinAtLeft
        case joinAtRight
    }

    private func verdict(left: Int, right: Int) -> Verdict {
        let (a, b) = (fragments[left].edges, fragments[right].edges)
        let gap = b.left - a.right
        if gap < 0.6 * min(a.height, b.height) { return .joinAtLeft }
        // The tallest of some gutters in the gap decides. One of columns may be narrow, right before the second.
        var tallest: Gutter?
        let near = min(0.1 * gap, 0.4 * min(a.height, b.height))
        for x in [a.right + 0.1 * gap, a.right + 0.5 * gap, b.left - 0.1 * gap, b.left - near] {
            let gutter = self.gutter(at: x, between: a, and: b)
            // Of equal ones that is the columns' where the side changes least.
            let isTaller = gutter.rows > (tallest?.rows ?? -1)
            if isTaller || gutter.rows == tallest?.rows && gutter.changesOfSide ?? 0 < tallest?.changesOfSide ?? 0 {
                tallest = gutter
            }
        }
        guard let tallest else { return .apart }
        guard let ranks else { return tallest.verdict }
        // Next to each other as drawn, and not because all is drawn line by line.
        if ranks[right] == ranks[left] + 1, let changes = tallest.changesOfSide, changes < tallest.sharedRows {
            return tallest.denser
        }
        return tallest.isOfDates || isDrawnTogether(left, right, in: tallest) ? tallest.verdict : .apart
    }

    /// Whether next to nothing from outside the gutter is drawn between the two; true if that is not known.
    private func isDrawnTogether(_ left: Int, _ right: Int, in gutter: Gutter) -> Bool {
        guard let ranks else { return true }
        let (first, last) = (min(ranks[left], ranks[right]), max(ranks[left], ranks[right]))
        let inside = (gutter.leftRanks + gutter.rightRanks).count { $0 > first && $0 < last }
        return last - first - 1 <= inside + 2
    }

    /// What stands on the two sides of a vertical line, as far up and down as nothing crosses it.
    private struct Gutter {
        var left: [Edges] = []
        var right: [Edges] = []
        /// How many pieces on the left and on the right hold a year, and how many there are with those beyond the next gutter.
        var leftYears = 0
        var rightYears = 0
        var leftCount = 0
        var rightCount = 0
        /// When the pieces on the left and on the right are drawn.
        var leftRanks: [Int] = []
        var rightRanks: [Int] = []
        /// For each baseline from top to bottom, whether it has text on the left and on the right.
        var sides: [(left: Bool, right: Bool)] = []

        var rows: Int { sides.count }

        /// A column of nothing but dates belongs to what stands beside it.
        var isOfDates: Bool { 4 * leftYears >= 3 * leftCount || 4 * rightYears >= 3 * rightCount }

        var sharedRows: Int { sides.count { $0.left && $0.right } }

        /// To be joined in the order of the side with more rows.
        var denser: Verdict { sides.count(where: \.right) > sides.count(where: \.left) ? .joinAtRight : .joinAtLeft }

        var verdict: Verdict {
            let (leftRows, rightRows) = (sides.count(where: \.left), sides.count(where: \.right))
            guard leftRows > 0, rightRows > 0 else { return .apart }
            if rows <= RowMerger.shortGutterRows { return denser }
            let beside = rowsBeside
            let shared = beside.count { $0.left && $0.right }
            let few = min(beside.count(where: \.left), beside.count(where: \.right))
            let many = max(leftRows, rightRows)
            // Lines of columns meet on a baseline by chance only.
            guard 5 * shared >= 3 * few else { return .apart }
            if isOfDates { return denser }
            // Lines may share their baselines by a common grid; what is drawn one after the other is meant so.
            if shared >= 3, let changes = changesOfSide, 3 * changes <= shared { return .apart }
            // Cells that are drawn row by row, and none stands alone.
            if shared == beside.count, let changes = changesOfSide, changes >= 2 * shared - 1,
                !(Self.isProse(left) && Self.isProse(right))
            {
                return denser
            }
            if 3 * few <= 2 * many {
                // Dates and labels stand alone or in pairs beside longer texts; a side bar runs on.
                return 2 * shared <= 5 * Self.runs(beside) ? denser : .apart
            }
            guard 4 * shared >= 3 * many else { return .apart }
            return Self.isProse(left) && Self.isProse(right) ? .apart : denser
        }

        /// How often the side changes as the pieces are drawn; nil if that is not known.
        var changesOfSide: Int? {
            guard !leftRanks.isEmpty, !rightRanks.isEmpty else { return nil }
            let drawn = (leftRanks.map { ($0, true) } + rightRanks.map { ($0, false) }).sorted { $0.0 < $1.0 }
            return zip(drawn, drawn.dropFirst()).count { $0.1 != $1.1 }
        }

        /// Rows as far as both sides reach: what stands above or below all of the other says nothing about the two.
        private var rowsBeside: ArraySlice<(left: Bool, right: Bool)> {
            guard let a = sides.firstIndex(where: \.left), let b = sides.firstIndex(where: \.right),
                let c = sides.lastIndex(where: \.left), let d = sides.lastIndex(where: \.right)
            else { return [] }
            return max(a, b) <= min(c, d) ? sides[max(a, b)...min(c, d)] : []
        }

        /// How many times a stretch of rows with text on both sides starts.
        private static func runs(_ rows: ArraySlice<(left: Bool, right: Bool)>) -> Int {
            var count = 0
            var before = false
            for row in rows {
                let shared = row.left && row.right
                if shared && !before { count += 1 }
                before = shared
            }
            return count
        }

        /// Whether lines run on to the edge of their column, as wrapped text does.
        private static func isProse(_ lines: [Edges]) -> Bool {
            let start = lines.reduce(Double.infinity) { min($0, $1.left) }
            let end = lines.reduce(-Double.infinity) { max($0, $1.right) }
            let full = lines.count { $0.right - start > 0.85 * (end - start) && $0.width > 12 * $0.height }
            return 5 * full >= 2 * lines.count
        }
    }

    private func gutter(at x: Double, between a: Edges, and b: Edges) -> Gutter {
        var gutter = Gutter()
        let y = (a.centreY + b.centreY) / 2
        let middle = slice(from: -.infinity, to: y).endIndex
        let start = byHeight[..<middle].lastIndex { crosses($0, x) }.map { $0 + 1 } ?? byHeight.startIndex
        let end = byHeight[middle...].firstIndex { crosses($0, x) } ?? byHeight.endIndex
        var baseline: Edges?
        for index in byHeight[start..<max(start, end)] {
            let edges = fragments[index].edges
            let isLeft = edges.centreX < x
            if isLeft { gutter.leftCount += 1 } else { gutter.rightCount += 1 }
            if hasYear[index] {
                if isLeft { gutter.leftYears += 1 } else { gutter.rightYears += 1 }
            }
            // What lies beyond the two is parted from them by a gutter of its own, as far as the drawing can tell.
            if ranks != nil, isLeft ? edges.right <= a.left : edges.left >= b.right { continue }
            if isLeft { gutter.left.append(edges) } else { gutter.right.append(edges) }
            if let rank = ranks?[index] {
                if isLeft { gutter.leftRanks.append(rank) } else { gutter.rightRanks.append(rank) }
            }
            if let baseline, aligned(baseline, edges) {
                let last = gutter.sides.count - 1
                gutter.sides[last].left = gutter.sides[last].left || isLeft
                gutter.sides[last].right = gutter.sides[last].right || !isLeft
            } else {
                gutter.sides.append((isLeft, !isLeft))
                baseline = edges
            }
        }
        return gutter
    }

    private func crosses(_ index: Int, _ x: Double) -> Bool {
        fragments[index].edges.left < x && fragments[index].edges.right > x
    }
}
