/// Tells the words of a page that a reader does not see from those that they do.
struct HiddenTextFinder {
    typealias Edges = PDFExtractor.Edges
    typealias Colour = PDFExtractor.Colour
    typealias Segment = PDFExtractor.Segment
    typealias Word = PDFExtractor.Word

    /// Letters of a smaller font cannot be read, in points.
    static let smallestFont = 2.0
    /// The box of a letter is as high as the font's ascent and descent; this share of it is the font's size, or less.
    private static let boxHeight = 0.925
    /// Contrast below which text melts into its background.
    fileprivate static let leastContrast = 1.2
    /// Difference of colours in a small picture up to which a box shows no ink.
    fileprivate static let leastInk = 8
    /// Difference from which letters are to be seen, whatever their colour.
    fileprivate static let clearInk = 24
    /// Words without a piece of `pdftohtml` whose letters are fewer are a matter of rounding.
    private static let fewestLetters = 8
    /// Contrast with white below which it is worth looking at the page.
    private static let paleContrast = 1.6

    /// The page; ``sortOut(invisible:raster:)`` takes hidden words out of it.
    private(set) var page: PDFExtractor.Page

    init(page: PDFExtractor.Page) {
        self.page = page
        tieToSegments()
    }

    /// Whether a good part of the words has no piece of visible text around it.
    var lacksSegments: Bool {
        var letters = 0
        for word in page.fragments.lazy.flatMap(\.words) where word.segment == nil {
            letters += word.text.unicodeScalars.count
        }
        return letters >= Self.fewestLetters
    }

    /// Whether the words alone cannot tell if all of them are to be seen.
    ///
    /// Pale letters may stand on white or on a dark band, pictures may lie on top.
    func isDoubtful(fileHasPictures: Bool) -> Bool {
        guard !page.fragments.isEmpty else { return false }
        if fileHasPictures { return true }
        return page.segments.contains {
            $0.font.opacity < 0.5 || $0.font.colour.contrast(with: .white) < Self.paleContrast
        }
    }

    /// Takes hidden words out of the page and returns them, those of one line together.
    ///
    /// - Parameters:
    ///   - invisible: All pieces of text of the page, also those drawn in an invisible mode; nil if none is.
    ///   - raster: What the page looks like; nil if nothing is doubtful.
    /// - Returns: The hidden text, in the order of the words, then what lies off the page.
    mutating func sortOut(invisible: [Segment]?, raster: PageRaster?) -> [HiddenText] {
        let invisibleBands = invisible.map { Bands($0.map(\.edges), pageHeight: page.height) }
        let appearance = raster.map { Appearance(page: page, raster: $0) }
        var position = 0
        var hidden: [HiddenText] = []
        page.fragments = page.fragments.compactMap { fragment in
            var visible: [Word] = []
            var run: (words: [Word], reason: HiddenText.Reason)?
            func close() {
                guard let done = run, let first = done.words.first else { return }
                let edges = done.words.dropFirst().reduce(first.edges) { $0.union($1.edges) }
                let text = LineText.text(of: done.words)
                hidden.append(HiddenText(text: text, page: page.number, box: edges.box, reason: done.reason))
                run = nil
            }
            for word in fragment.words {
                defer { position += 1 }
                var reason: HiddenText.Reason?
                if word.size < Self.smallestFont * Self.boxHeight {
                    reason = .tinyFont
                } else if word.segment == nil, let invisibleBands, invisibleBands.largestShare(of: word.edges) != nil {
                    reason = .invisibleRenderMode
                } else {
                    reason = appearance?.reasons[position]
                }
                guard let reason else {
                    close()
                    visible.append(word)
                    continue
                }
                if run?.reason != reason { close() }
                run = ((run?.words ?? []) + [word], reason)
            }
            close()
            return PDFExtractor.Fragment(words: visible, block: fragment.block)
        }
        return hidden + offPage()
    }

    /// Pieces that lie outside what a reader sees of the page; `pdftotext` leaves them out.
    private func offPage() -> [HiddenText] {
        let whole = Edges(left: 0, top: 0, right: page.width, bottom: page.height)
        guard page.width > 0, page.height > 0 else { return [] }
        return page.segments.compactMap { segment in
            let area = segment.edges.width * segment.edges.height
            guard area > 0, segment.edges.shared(with: whole) < 0.4 * area else { return nil }
            return HiddenText(text: segment.text, page: page.number, box: segment.edges.box, reason: .offPage)
        }
    }

    /// Finds for each word the piece of `pdftohtml` that it is part of.
    private mutating func tieToSegments() {
        let bands = Bands(page.segments.map(\.edges), pageHeight: page.height)
        for f in page.fragments.indices {
            for w in page.fragments[f].words.indices {
                let word = page.fragments[f].words[w]
                page.fragments[f].words[w].segment = bands.largestShare(of: word.edges) { index in
                    // Boxes of neighbours overlap; the one that holds the word's text is right.
                    page.segments[index].text.utf8.containsBytes(word.text.utf8) ? 2 : 1
                }
            }
        }
    }
}

extension HiddenTextFinder {
    /// Rectangles by the bands of the page that they touch, so that a search looks at few of them.
    struct Bands {
        private static let height = 24.0

        private let edges: [Edges]
        private var byBand: [[Int]]

        init(_ edges: [Edges], pageHeight: Double) {
            self.edges = edges
            byBand = Array(repeating: [], count: Int(max(1, min(2000, pageHeight / Self.height))) + 1)
            for (index, edges) in edges.enumerated() {
                let top = band(edges.top)
                for i in top...max(top, band(edges.bottom)) { byBand[i].append(index) }
            }
        }

        private func band(_ y: Double) -> Int { Int(max(0, min(Double(byBand.count - 1), y / Self.height))) }

        /// Whether one of the rectangles covers a good part of another.
        func cover(_ other: Edges) -> Bool {
            byBand[band(other.centreY)].contains { edges[$0].shared(with: other) > 0.3 * other.width * other.height }
        }

        /// The rectangle that shares most with another, each share weighed; nil if none shares anything.
        func largestShare(of other: Edges, weight: (Int) -> Double = { _ in 1 }) -> Int? {
            var found: [(index: Int, share: Double)] = []
            for index in byBand[band(other.centreY)] {
                let share = edges[index].shared(with: other)
                if share > 0 { found.append((index, share)) }
            }
            if found.count < 2 { return found.first?.index }
            return found.map { ($0.index, $0.share * weight($0.index)) }.max { $0.1 < $1.1 }?.0
        }
    }

    /// What the picture of a page says about its words.
    private struct Appearance {
        /// For each word of the page, in order, why it is not seen; nil for one that is.
        private(set) var reasons: [HiddenText.Reason?]

        /// Fewer words without ink are cut off at a page break rather than covered on purpose.
        private static let fewestCovered = 5

        init(page: PDFExtractor.Page, raster: PageRaster) {
            let words = page.fragments.flatMap(\.words)
            // Ink in the box of a pale word may be that of darker words which lie over it.
            func isDark(_ word: Word) -> Bool {
                word.segment.map { page.segments[$0].font.colour.contrast(with: .white) > 3 } ?? false
            }
            let darkWords = words.filter(isDark)
            let dark = Bands(darkWords.map(\.edges), pageHeight: page.height)
            reasons = words.map { word in
                guard let index = word.segment,
                    let dots = raster.dots(of: word.edges, pageWidth: page.width, pageHeight: page.height)
                else { return nil }
                let font = page.segments[index].font
                let ink = raster.ink(in: dots)
                if ink >= HiddenTextFinder.clearInk, isDark(word) || !dark.cover(word.edges) { return nil }
                let background = raster.background(of: dots)
                let melts =
                    font.colour.contrast(with: background) < HiddenTextFinder.leastContrast
                    && font.colour.distance(to: background) < 32
                if melts { return .colourOfBackground }
                guard ink < HiddenTextFinder.leastInk else { return nil }
                if font.opacity < 0.1 { return .invisibleRenderMode }
                // A full stop is too little ink, and without its font a word of another script is not drawn.
                let isPlain = word.text.unicodeScalars.allSatisfy { $0.value < 0x250 }
                let letters = word.text.unicodeScalars.count { $0.properties.isAlphabetic }
                return isPlain && letters >= 3 ? .covered : nil
            }
            // Words too short to tell go with the one before them.
            for index in reasons.indices.dropFirst()
            where reasons[index] == nil && words[index].text.unicodeScalars.count < 3
                && words[index].segment == words[index - 1].segment
            {
                reasons[index] = reasons[index - 1]
            }
            let covered = reasons.count { $0 == .covered }
            // Where most of a page shows no ink, the drawing failed.
            if covered < Self.fewestCovered || 2 * covered > words.count {
                for index in reasons.indices where reasons[index] == .covered { reasons[index] = nil }
            }
        }
    }
}
