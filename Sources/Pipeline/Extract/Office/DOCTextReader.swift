/// Reads the text of Word 97–2003 documents from their piece table.
///
/// Looks are not read, so hidden text counts as seen, and headings do not show.
/// Source: [MS-DOC], 2.4.1 Retrieving Text.
struct DOCTextReader {
    private var flow = FlowBuilder()
    private var cellIsEmpty = true
    private var fields: [(instruction: String, showsResult: Bool)] = []
    private var links: [String] = []
    private var open = String.UnicodeScalarView()

    /// Most characters that are read.
    private static let maxCharacters = 4_000_000

    /// Reads the document; nil where it is older than Word 97 or makes no sense.
    static func read(_ bytes: [UInt8]) -> ExtractedDocument? {
        guard let file = CompoundFile(bytes), let main = file.stream("WordDocument") else { return nil }
        let header = ByteReader(bytes: main)
        guard let version = header.little16(2), version >= 0xC1, let flags = header.little16(10) else { return nil }
        guard let table = file.stream(flags & 0x0200 != 0 ? "1Table" : "0Table") else { return nil }
        guard let units = text(header, ByteReader(bytes: table)) else { return nil }
        // The stories follow each other: body, footnotes, page headers and footers, comments, endnotes, text boxes.
        var start = 0
        var stories: [ArraySlice<UInt16>] = []
        for field in [0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64] {
            let count = max(0, min(header.little32(field) ?? 0, units.count - start))
            stories.append(units[start..<start + count])
            start += count
        }
        var assembler = TextAssembler()
        var block = 0
        var known: Set<String> = []
        var links: [String] = []
        for (index, style) in [(2, LineStyle.runningHead), (0, []), (5, []), (1, []), (4, [])] as [(Int, LineStyle)] {
            var reader = DOCTextReader()
            reader.read(stories[index])
            // First, even and other pages mostly have the same header.
            let lines =
                index == 2
                ? reader.flow.lines.filter { known.insert($0.stretches.joined(separator: "\t")).inserted }
                : reader.flow.lines
            assembler.append(lines, adding: style, block: &block)
            links += reader.links
        }
        for link in links { assembler.link(link) }
        return assembler.document(mediaType: MediaType.doc.rawValue)
    }

    /// The document's characters as UTF-16, by the pieces in their order.
    private static func text(_ header: ByteReader, _ table: ByteReader) -> [UInt16]? {
        guard let place = header.little32(0x1A2), let size = header.little32(0x1A6) else { return nil }
        var at = place
        let end = min(table.bytes.count, place + size)
        while at < end, table.byte(at) == 1 { at += 3 + (table.little16(at + 1) ?? end) }
        guard at < end, table.byte(at) == 2, let length = table.little32(at + 1), length >= 16 else { return nil }
        let first = at + 5
        let count = (min(length, table.bytes.count - first) - 4) / 12
        guard count > 0 else { return nil }
        var result: [UInt16] = []
        for piece in 0..<count {
            guard let from = table.little32(first + piece * 4), let to = table.little32(first + piece * 4 + 4),
                to >= from,
                let position = table.little32(first + (count + 1) * 4 + piece * 8 + 2),
                result.count + to - from <= maxCharacters
            else { return nil }
            let start = position & 0x3FFF_FFFF
            for index in 0..<to - from {
                if position & 0x4000_0000 != 0 {
                    guard let byte = header.byte(start / 2 + index) else { return result.isEmpty ? nil : result }
                    result.append((0x80..<0xA0).contains(byte) ? windows1252[byte] ?? UInt16(byte) : UInt16(byte))
                } else {
                    guard let unit = header.little16(start + index * 2) else { return result.isEmpty ? nil : result }
                    result.append(UInt16(truncatingIfNeeded: unit))
                }
            }
        }
        return result
    }

    private mutating func read(_ units: ArraySlice<UInt16>) {
        for scalar in String(decoding: units, as: UTF16.self).unicodeScalars { take(scalar) }
        flush()
        flow.finish()
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x13:
            flush()
            if fields.count < 100 { fields.append(("", false)) }
        case 0x14:
            guard let last = fields.indices.last else { return }
            fields[last].showsResult = true
            noteLink(fields[last].instruction)
        case 0x15: if !fields.isEmpty { fields.removeLast() }
        default:
            if let last = fields.indices.last, !fields[last].showsResult {
                if fields[last].instruction.utf8.count < 4096 { fields[last].instruction.unicodeScalars.append(scalar) }
                return
            }
            show(scalar)
        }
    }

    private mutating func show(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x07:
            flush()
            endCell()
        case 0x0D, 0x0C:
            flush()
            if !flow.lineIsOpen { flow.breakBlock() }
            flow.endLine()
            if scalar.value == 0x0C { flow.breakBlock() }
        case 0x0B:
            flush()
            flow.endLine()
        case 0x09:
            flush()
            flow.gap()
        case 0x1E: open.append("-")
        case 0x00...0x1F: break
        default:
            open.append(scalar)
            cellIsEmpty = false
        }
    }

    /// Cells end with a mark and rows with one more, which leaves an empty cell: cells stand on one line, with gaps.
    private mutating func endCell() {
        if cellIsEmpty {
            flow.endLine(.tableCell)
        } else {
            flow.gap()
        }
        cellIsEmpty = true
    }

    private mutating func flush() {
        guard !open.isEmpty else { return }
        flow.put(String(open), FlowBuilder.Look())
        open.removeAll()
    }

    private mutating func noteLink(_ instruction: String) {
        guard instruction.contains("HYPERLINK") else { return }
        let parts = instruction.split(separator: "\"", omittingEmptySubsequences: false)
        if parts.count > 1 { links.append(String(parts[1])) }
    }

    /// Where the code page differs from Latin 1.
    private static let windows1252: [Int: UInt16] = [
        0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021, 0x88: 0x02C6,
        0x89: 0x2030, 0x8A: 0x0160, 0x8B: 0x2039, 0x8C: 0x0152, 0x8E: 0x017D, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C,
        0x94: 0x201D, 0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A,
        0x9C: 0x0153, 0x9E: 0x017E, 0x9F: 0x0178,
    ]
}
