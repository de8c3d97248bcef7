/// Cuts quotes out of a text: a passage with so much of its line around it that a reader understands it.
struct QuoteCutter {
    /// The longest quote, in scalars, unless the passage itself is longer.
    static let maxLength = 140

    private let scalars: [Unicode.Scalar]
    private let pages: PageIndex

    init(_ scalars: [Unicode.Scalar], _ pages: PageIndex) {
        self.scalars = scalars
        self.pages = pages
    }

    /// Quotes of passages, in the order given; passages that an earlier quote shows already give none.
    func quotes(_ passages: [Range<Int>], atMost limit: Int) -> [Evidence] {
        var shown: [Range<Int>] = []
        for passage in passages where shown.count < limit {
            let clamped = passage.clamped(to: 0..<scalars.count)
            guard !clamped.isEmpty, !shown.contains(where: { $0.contains(clamped.lowerBound) }) else { continue }
            shown.append(widened(clamped))
        }
        return shown.map { range in
            Evidence(quote: String(scalars[range]), offset: range.lowerBound, page: pages.page(at: range.lowerBound))
        }
    }

    /// The passage's line, or as much of it on both sides as fits, cut between words.
    private func widened(_ passage: Range<Int>) -> Range<Int> {
        var (low, high) = (passage.lowerBound, passage.upperBound)
        let side = max(0, (Self.maxLength - passage.count) / 2)
        while low > 0, passage.lowerBound - low < side, !Self.breaks.contains(scalars[low - 1]) { low -= 1 }
        while high < scalars.count, high - passage.upperBound < side, !Self.breaks.contains(scalars[high]) { high += 1 }
        // Not in the middle of a word.
        if low > 0, !Self.breaks.contains(scalars[low - 1]) {
            while low < passage.lowerBound, !scalars[low - 1].isWhitespace { low += 1 }
        }
        if high < scalars.count, !Self.breaks.contains(scalars[high]) {
            while high > passage.upperBound, !scalars[high].isWhitespace { high -= 1 }
        }
        while low < passage.lowerBound, scalars[low].isWhitespace || scalars[low] == "•" { low += 1 }
        while high > passage.upperBound, scalars[high - 1].isWhitespace { high -= 1 }
        return low..<high
    }

    private static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{0C}"]
}
