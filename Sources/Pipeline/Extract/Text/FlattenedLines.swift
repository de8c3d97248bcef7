/// Gives back the lines of a text whose line breaks were turned into runs of spaces.
enum FlattenedLines {
    /// A line shorter than this many scalars is taken as it stands.
    private static let longLine = 400

    /// The lines that `line` holds; only itself, unless it is long and runs of spaces are rarer in it than single ones.
    ///
    /// - Returns: The lines in order, with whether four spaces or more, an empty line once, stand before each.
    static func lines(of line: Substring.UnicodeScalarView) -> [(text: Substring.UnicodeScalarView, startsBlock: Bool)]
    {
        guard line.count >= longLine else { return [(line, false)] }
        var singles = 0
        var runs = 0
        var length = 0
        for scalar in line {
            if scalar == " " {
                length += 1
            } else {
                if length == 1 { singles += 1 } else if length > 1 { runs += 1 }
                length = 0
            }
        }
        // Where every blank is doubled, the doubled ones part no lines.
        guard runs >= 2, singles > runs else { return [(line, false)] }
        var result: [(text: Substring.UnicodeScalarView, startsBlock: Bool)] = []
        var start: Substring.UnicodeScalarView.Index?
        var end = line.startIndex
        var gap = 0
        var startsBlock = false
        for index in line.indices {
            if line[index] == " " {
                gap += 1
                continue
            }
            if let begun = start, gap > 1 {
                result.append((line[begun..<end], startsBlock))
                startsBlock = gap >= 4
                start = index
            } else if start == nil {
                start = index
            }
            end = line.index(after: index)
            gap = 0
        }
        if let start { result.append((line[start..<end], startsBlock)) }
        return result
    }
}
