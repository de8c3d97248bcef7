extension ExtractedDocument {
    /// Makes a document of text that has nothing but characters: a block ends at an empty line, a page at a form feed.
    ///
    /// - Parameter plainText: The text as it shall stand in ``text``; lines end with `\n`.
    public init(plainText: String) {
        var lines: [TextLine] = []
        var line = String.UnicodeScalarView()
        var start = 0
        var offset = 0
        var page = 1
        var block = 0
        var isBlank = true
        func close(at end: Int) {
            if isBlank {
                block += 1
            } else {
                lines.append(TextLine(text: String(line), offset: start, page: page, block: block))
            }
            line = String.UnicodeScalarView()
            isBlank = true
            start = end
        }
        for scalar in plainText.unicodeScalars {
            offset += 1
            if scalar == "\n" {
                close(at: offset)
            } else if scalar == "\u{C}" {
                close(at: offset)
                page += 1
            } else {
                line.append(scalar)
                if !ResumeScalars.isSpace(scalar) { isBlank = false }
            }
        }
        if !isBlank { close(at: offset) }
        self.init(mediaType: "text/plain", text: plainText, pageCount: page, lines: lines)
    }
}
