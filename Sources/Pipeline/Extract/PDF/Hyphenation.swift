/// Joins words that were divided at the end of a line, where the file itself shows how they are written.
///
/// A hyphen at the end of a line may be part of the word (`full-stack`) or not (`manage-ment`). It is decided by the same
/// word elsewhere in the file; without one, both lines stay as they are.
enum Hyphenation {
    typealias Line = PageText.Line

    /// Moves the second halves of divided words up to the first ones.
    static func join(_ lines: inout [Line]) {
        guard lines.indices.dropLast().contains(where: { isDivided(lines[$0], lines[$0 + 1]) }) else { return }
        var written: Set<String> = []
        for word in lines.lazy.flatMap(\.stretches).flatMap({ $0.split(separator: " ") }) {
            written.insert(String(trimmed(word)).lowercased())
        }
        for index in lines.indices.dropLast() where isDivided(lines[index], lines[index + 1]) {
            let (above, below) = (lines[index], lines[index + 1])
            guard let upper = above.stretches.last, let lower = below.stretches.first,
                let first = upper.split(separator: " ").last, let second = lower.split(separator: " ").first
            else { continue }
            let whole = first.dropLast() + second
            let compound = first + second
            let joined: String
            if written.contains(trimmed(whole).lowercased()) {
                joined = String(upper.dropLast()) + second
            } else if written.contains(trimmed(compound).lowercased()) {
                joined = upper + second
            } else {
                continue
            }
            lines[index].stretches[above.stretches.count - 1] = joined
            lines[index + 1].stretches[0] = String(lower.dropFirst(second.count).drop { $0 == " " })
        }
        lines.removeAll { $0.stretches.allSatisfy(\.isEmpty) }
    }

    /// Whether a line ends with a hyphen after a letter and the next goes on in the same block with a small letter.
    private static func isDivided(_ above: Line, _ below: Line) -> Bool {
        guard above.page == below.page, above.block == below.block, below.stretches.first?.first?.isLowercase == true,
            let end = above.stretches.last?.suffix(2), end.count == 2, end.last == "-" || end.last == "\u{2010}"
        else { return false }
        return end.first?.isLetter == true
    }

    /// A word without the punctuation around it.
    private static func trimmed(_ word: Substring) -> Substring {
        var word = word
        while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
        while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
        return word
    }
}
