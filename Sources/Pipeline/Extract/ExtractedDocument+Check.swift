extension ExtractedDocument {
    /// Whether every line stands in the text where it says, and every number is one that can be reckoned with.
    var isSound: Bool {
        var rest = text.unicodeScalars[...]
        var end = 0
        for line in lines {
            let letters = line.text.unicodeScalars
            let length = letters.count
            guard line.offset >= end,
                let start = rest.index(rest.startIndex, offsetBy: line.offset - end, limitedBy: rest.endIndex),
                rest[start...].starts(with: letters)
            else { return false }
            rest = rest[start...].dropFirst(length)
            guard Self.pages.contains(line.page), Self.blocks.contains(line.block), isSound(line.box) else {
                return false
            }
            if let size = line.fontSize, !Self.points.contains(size) { return false }
            guard line.gaps.allSatisfy({ (0...length).contains($0) }) else { return false }
            guard zip(line.gaps, line.gaps.dropFirst()).allSatisfy({ $0 <= $1 }) else { return false }
            end = line.offset + length
        }
        let apart = hidden + imageMismatches
        return Self.pages.contains(pageCount) && apart.allSatisfy { Self.pages.contains($0.page) && isSound($0.box) }
    }

    private func isSound(_ box: Box?) -> Bool {
        guard let box else { return true }
        return [box.x, box.y, box.width, box.height].allSatisfy(Self.points.contains)
    }

    private static let pages = 0...1_000_000
    private static let blocks = 0...100_000_000
    private static let points = -1e9...1e9
}
