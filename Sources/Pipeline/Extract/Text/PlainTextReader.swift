/// Reads text without markup: lines as they stand (see ``FlattenedLines``), empty lines between blocks, form feeds between pages.
enum PlainTextReader {
    /// Most pages that are counted.
    private static let maxPages = 10_000

    /// Reads `bytes` in any encoding.
    static func read(_ bytes: [UInt8], as mediaType: MediaType = .plain) -> ExtractedDocument {
        read(text: PlainTextDecoder.decode(bytes), as: mediaType)
    }

    /// Reads a text that is already decoded.
    static func read(text: String, as mediaType: MediaType) -> ExtractedDocument {
        var assembler = TextAssembler()
        var page = 1
        var block = 0
        let endsLine = text.utf8.contains(10) ? Self.endsLine : Self.endsOldLine
        for line in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: endsLine) {
            for (index, part) in line.split(separator: "\u{0C}", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { page = min(page + 1, maxPages) }
                if part.allSatisfy(\.isWhitespace) {
                    block += 1
                } else {
                    for line in FlattenedLines.lines(of: part) {
                        if line.startsBlock { block += 1 }
                        assembler.append(TextAssembler.stretches(of: String(line.text)), page: page, block: block)
                    }
                }
            }
        }
        let pageCount = assembler.lastPage
        return assembler.document(mediaType: mediaType.rawValue, pageCount: pageCount)
    }

    /// A carriage return before a line feed is white space at the line's end; alone, in old files, it ends the line.
    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{85}"
    }

    private static func endsOldLine(_ scalar: Unicode.Scalar) -> Bool { scalar == "\r" || endsLine(scalar) }
}
