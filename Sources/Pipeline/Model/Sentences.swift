/// Cuts a text into sentences: at full stops followed by space, at line breaks that end a block or start a list item.
enum Sentences {
    /// The sentences of `scalars`, in order, without surrounding white space; none is empty.
    ///
    /// A single line break inside a block is taken for a wrapped line and does not end a sentence.
    static func ranges(in scalars: [Unicode.Scalar], range: Range<Int>) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = range.lowerBound
        func close(at end: Int) {
            var (low, high) = (start, end)
            while low < high, scalars[low].isWhitespace { low += 1 }
            while high > low, scalars[high - 1].isWhitespace { high -= 1 }
            if low < high { sentences.append(low..<high) }
            start = end
        }
        for index in range {
            let next = index + 1 < range.upperBound ? scalars[index + 1] : "\n"
            switch scalars[index] {
            case ".", "!", "?", ";":
                if next.isWhitespace { close(at: index + 1) }
            case "。", "！", "？", "\u{0C}":
                close(at: index + 1)
            case "\n":
                if next == "\n" || bullets.contains(next) { close(at: index + 1) }
            default: break
            }
        }
        close(at: range.upperBound)
        return sentences
    }

    private static let bullets: Set<Unicode.Scalar> = ["•", "-", "–", "*", "·", "▪", "◦", "●", "‣", "○", "■"]
}
