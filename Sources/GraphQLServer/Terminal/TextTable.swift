/// Columns of text of even width.
struct TextTable {
    /// Which side a column's text leans on.
    enum Alignment {
        case left
        case right
    }

    /// A column's heading, side and the widest that it may grow to.
    struct Column {
        var title: String
        var alignment: Alignment = .left
        var maxWidth = 60
    }

    let columns: [Column]
    private var rows: [(cells: [String], notes: [String])] = []

    init(columns: [Column]) { self.columns = columns }

    /// Adds a row, and lines to stand below it, indented.
    mutating func add(_ cells: [String], notes: [String] = []) {
        rows.append((cells, notes))
    }

    /// The table, one line a row, none longer than `width` columns.
    func text(width: Int) -> String {
        let widths = columns.indices.map { index in
            let cells = rows.map { DisplayWidth.of($0.cells[index]) }
            return min(columns[index].maxWidth, max(DisplayWidth.of(columns[index].title), cells.max() ?? 0))
        }
        var lines = [
            line(columns.map(\.title), widths), line(widths.map { String(repeating: "─", count: $0) }, widths),
        ]
        for row in rows {
            lines.append(line(row.cells, widths))
            let indent = (widths.first ?? 0) + 2
            for note in row.notes {
                lines += DisplayWidth.wrap(note, to: width - indent - 2).enumerated().map { number, part in
                    String(repeating: " ", count: indent + (number > 0 ? 2 : 0)) + part
                }
            }
        }
        return lines.map { DisplayWidth.cut($0, to: width) + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var out = ""
        for index in columns.indices {
            let cell = DisplayWidth.cut(cells[index], to: widths[index])
            let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(cell)))
            if index > 0 { out += "  " }
            out += columns[index].alignment == .left ? cell + padding : padding + cell
        }
        while out.last == " " { out.removeLast() }
        return out
    }
}

/// How many columns of a terminal a text takes.
enum DisplayWidth {
    /// Ideographs, kana, hangul and emoji take two columns, marks none.
    static func of(_ text: String) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    private static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default:
            let category = scalar.properties.generalCategory
            return category == .nonspacingMark || category == .enclosingMark ? 0 : 1
        }
    }

    /// The text, or as much of it as fits, with an ellipsis.
    static func cut(_ text: String, to columns: Int) -> String {
        guard of(text) > columns else { return text }
        var (out, used) = ("", 0)
        for character in text {
            used += width(character)
            if used > columns - 1 { break }
            out.append(character)
        }
        return out + "…"
    }

    /// The text broken at spaces into lines of at most `columns`.
    static func wrap(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, of(line) + 1 + of(String(word)) > columns {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
