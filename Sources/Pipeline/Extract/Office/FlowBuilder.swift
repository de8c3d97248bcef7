/// Builds the lines of a flowing document while its markup is read: text in, tables and list items known, hidden text apart.
struct FlowBuilder {
    /// What a stretch of text looks like.
    struct Look {
        /// Why it cannot be seen; nil for what can.
        var hidden: HiddenText.Reason?
        var bold = false
        var italic = false
        /// In points.
        var size: Double?
    }

    /// Lines that a reader of the page sees.
    private(set) var lines: [FlowLine] = []
    /// Text that a reader of the page does not see.
    private(set) var hidden: [(text: String, reason: HiddenText.Reason)] = []

    private struct Table {
        var cells: [[FlowLine]] = []
        var rows: [FlowLine] = []
    }

    private var tables: [Table] = []
    private var stretches: [String] = [""]
    private var hasContent = false
    private var letters = (all: 0, bold: 0, italic: 0)
    private var lettersBySize: [Int: Int] = [:]
    private var hiddenText = ""
    private var hiddenReason: HiddenText.Reason?
    private var blockIsDue = true

    /// How deep tables are; a document with more is read as if the inner ones were text.
    private static let maxTables = 50

    /// Whether the line that is open has something to see.
    var lineIsOpen: Bool { hasContent }

    /// Adds text to the open line.
    mutating func put(_ text: String, _ look: Look) {
        guard !text.isEmpty else { return }
        if let reason = look.hidden {
            hiddenText += text
            hiddenReason = hiddenReason ?? reason
            return
        }
        let count = text.unicodeScalars.count { !$0.isWhitespace }
        stretches[stretches.count - 1] += text
        guard count > 0 else { return }
        hasContent = true
        letters.all += count
        if look.bold { letters.bold += count }
        if look.italic { letters.italic += count }
        if let size = look.size, size.isFinite, size < 1000 {
            lettersBySize[Int((size * 2).rounded()), default: 0] += count
        }
    }

    /// What follows stands well apart on the same line.
    mutating func gap() {
        if stretches.last?.unicodeScalars.contains(where: { !$0.isWhitespace }) == true {
            stretches.append("")
        }
    }

    /// Ends the open line; `style` says what its looks do not.
    mutating func endLine(_ style: LineStyle = []) {
        if let reason = hiddenReason { hidden.append((hiddenText, reason)) }
        (hiddenText, hiddenReason) = ("", nil)
        defer {
            (stretches, hasContent, letters) = ([""], false, (0, 0, 0))
            lettersBySize.removeAll(keepingCapacity: true)
        }
        guard hasContent else { return }
        var style = style
        if letters.bold * 2 > letters.all { style.insert(.bold) }
        if letters.italic * 2 > letters.all { style.insert(.italic) }
        let size = lettersBySize.max { ($0.value, $0.key) < ($1.value, $1.key) }
        let isHeading = style.contains(.heading)
        emit(
            FlowLine(
                stretches: stretches,
                fontSize: size.map { Double($0.key) / 2 },
                style: style,
                startsBlock: blockIsDue || isHeading
            )
        )
        blockIsDue = isHeading
    }

    /// The next line starts a block of its own.
    mutating func breakBlock() { blockIsDue = true }

    /// Starts a table; what was open ends.
    mutating func beginTable() {
        endLine()
        if tables.count < Self.maxTables { tables.append(Table()) }
        blockIsDue = true
    }

    /// Starts a cell; a row that was not started starts with it.
    mutating func beginCell() {
        endLine()
        guard let table = tables.indices.last else { return }
        tables[table].cells.append([])
        blockIsDue = true
    }

    /// Ends the row that is open.
    mutating func endRow() {
        endLine()
        guard let table = tables.indices.last, !tables[table].cells.isEmpty else { return }
        tables[table].rows += FlowLine.row(tables[table].cells, isFirst: tables[table].rows.isEmpty)
        tables[table].cells = []
    }

    /// Ends the innermost table.
    mutating func endTable() {
        endRow()
        guard let table = tables.popLast() else { return }
        for line in table.rows { emit(line) }
        blockIsDue = true
    }

    /// Ends whatever is open.
    mutating func finish() {
        endLine()
        while !tables.isEmpty { endTable() }
    }

    private mutating func emit(_ line: FlowLine) {
        if let table = tables.indices.last, let cell = tables[table].cells.indices.last {
            tables[table].cells[cell].append(line)
        } else {
            lines.append(line)
        }
    }
}

extension TextAssembler {
    /// Adds what was built, lines and hidden text.
    mutating func append(_ flow: FlowBuilder, adding style: LineStyle = [], block: inout Int) {
        append(flow.lines, adding: style, block: &block)
        for piece in flow.hidden { hide(piece.text, reason: piece.reason) }
    }
}
