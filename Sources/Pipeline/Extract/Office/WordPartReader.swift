/// Reads one part of a Word document (body, header, footer, notes) into lines, in reading order.
///
/// Text boxes stand before the paragraph that they are anchored to; deleted text is left out; hidden text is kept apart.
struct WordPartReader {
    /// Lines that a reader of the page sees.
    private(set) var lines: [FlowLine] = []
    /// Text that a reader of the page does not see.
    private(set) var hidden: [(text: String, reason: HiddenText.Reason)] = []
    /// Targets of links in order of appearance.
    private(set) var links: [String] = []

    private var styles: WordStyles
    private let targets: [String: String]
    /// Whether something dark may lie behind the text, so that white letters can well be seen.
    private let hasBackdrop: Bool

    private struct Cell {
        var shading: WordStyles.Colour?
        var lines: [FlowLine] = []
    }

    private struct Table {
        var cells: [Cell] = []
        var isFilled = false
        var rows: [FlowLine] = []
    }

    private struct Letters {
        var all = 0
        var bold = 0
        var italic = 0
        var bySize: [Int: Int] = [:]
    }

    private struct Paragraph {
        var properties = WordStyles.Paragraph()
        var stretches: [String] = [""]
        var letters = Letters()
        var hiddenText = ""
        var hiddenReason: HiddenText.Reason?
        var hasContent = false
        var linesDone = 0
    }

    /// What surrounds a text box, put by while the box is read.
    private struct Outside {
        var paragraph: Paragraph?
        var run: WordStyles.Run
        var tables: [Table]
        var lines: [FlowLine]
        var fill: WordStyles.Colour?
        var lastSpace: Int
        var lastWasList: Bool
        var blockIsDue: Bool
    }

    private var path: [String] = []
    private var paragraph: Paragraph?
    private var run = WordStyles.Run()
    private var tables: [Table] = []
    private var boxes: [Outside] = []
    /// Fill of the shape being read, and whether its outline is meant instead.
    private var fill: WordStyles.Colour?
    private var boxFill: WordStyles.Colour?
    private var skipDepth: Int?
    private var instruction = ""
    private var lastSpace = 0
    private var lastWasList = false
    private var blockIsDue = true

    /// Space between paragraphs that a reader sees as a break, in twentieths of a point.
    private static let visibleSpace = 100
    /// Deepest nesting that is followed.
    private static let maxDepth = 220

    /// Makes a reader of a part whose relations are `targets`, by id.
    init(styles: WordStyles, targets: [String: String], hasBackdrop: Bool) {
        self.styles = styles
        self.targets = targets
        self.hasBackdrop = hasBackdrop
    }

    /// Reads the part.
    mutating func read(_ contents: [UInt8]) throws(PipelineError) {
        var reader = try XMLPullReader(contents)
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                path.append(name)
                if path.count > Self.maxDepth { throw .damaged("Word document") }
                if skipDepth == nil { start(name, reader) }
            case .end(let name):
                if let depth = skipDepth {
                    if path.count == depth { skipDepth = nil }
                } else {
                    end(name)
                }
                if !path.isEmpty { path.removeLast() }
            case .text(let text):
                guard skipDepth == nil else { continue }
                switch path.last {
                case "t": put(text)
                case "instrText": instruction += text
                default: break
                }
            }
        }
        finishParagraph()
        while !tables.isEmpty { endTable() }
    }

    private var parent: String? { path.dropLast().last }

    private mutating func start(_ name: String, _ reader: borrowing XMLPullReader) {
        switch name {
        case "Fallback", "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange",
            "tcPrChange", "tblGridChange", "numberingChange", "rt":
            skipDepth = path.count
        case "p": startParagraph()
        case "r": run = WordStyles.Run()
        case "tab", "ptab": if path.contains("r"), parent != "tabs" { startStretch() }
        case "br", "cr": if parent == "r" || parent == "t" { breakLine() }
        case "noBreakHyphen": put("-")
        case "sym": putSymbol(reader.attribute("char"))
        case "hyperlink", "hlinkClick":
            if let id = reader.attribute("id"), let target = targets[id] { links.append(target) }
        case "hlink": if let target = reader.attribute("dest") { links.append(target) }
        case "fldSimple": noteField(reader.attribute("instr") ?? "")
        case "fldChar":
            if reader.attribute("fldCharType") != "begin" { noteField(instruction) }
            instruction = ""
        case "tbl":
            finishParagraph()
            tables.append(Table())
        case "tblStyle":
            if !tables.isEmpty { tables[tables.count - 1].isFilled = styles.fillsCells(reader.attribute("val")) }
        case "tr": if !tables.isEmpty { tables[tables.count - 1].cells = [] }
        case "tc":
            blockIsDue = true
            if !tables.isEmpty { tables[tables.count - 1].cells.append(Cell()) }
        case "wsp", "shape", "rect", "roundrect", "oval":
            fill = nil
            if let colour = reader.attribute("fillcolor") {
                let isFilled = WordStyles.isOn(
                    reader.attribute("filled").map { $0 == "f" ? "false" : $0 },
                    absent: true
                )
                fill = isFilled ? WordStyles.fillColour(String(colour.drop { $0 == "#" }.prefix(6))) : nil
            }
        case "srgbClr" where path.contains("spPr") && parent == "solidFill" && !path.contains("ln"):
            fill = reader.attribute("val").map(WordStyles.fillColour)
        case "schemeClr"
        where parent == "fillRef" || (path.contains("spPr") && parent == "solidFill" && !path.contains("ln")):
            let value = reader.attribute("val") ?? ""
            if fill == nil { fill = value == "bg1" || value == "lt1" ? .white : .dark }
        case "gradFill", "blipFill", "pattFill":
            if path.contains("spPr"), !path.contains("ln") { fill = .dark }
        case "txbxContent": enterBox()
        case "footnote", "endnote":
            if let type = reader.attribute("type"), type != "normal" { skipDepth = path.count }
        default: property(name, reader)
        }
    }

    /// Properties of the run, the paragraph or the cell that is open.
    private mutating func property(_ name: String, _ reader: borrowing XMLPullReader) {
        switch parent {
        case "rPr" where path.dropLast(2).last == "r":
            WordStyles.read(name, reader, into: &run)
        case "pPr", "numPr", "listPr":
            if paragraph != nil, path.dropLast(parent == "pPr" ? 2 : 3).last == "p" {
                paragraph.mutate { WordStyles.read(name, reader, into: &$0.properties) }
            }
        case "tcPr" where name == "shd":
            guard let table = tables.indices.last, let cell = tables[table].cells.indices.last else { return }
            tables[table].cells[cell].shading = WordStyles.shading(reader)
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "p": finishParagraph()
        case "tr":
            finishParagraph()
            guard let table = tables.indices.last else { return }
            let isFirst = tables[table].rows.isEmpty
            tables[table].rows += FlowLine.row(tables[table].cells.map(\.lines), isFirst: isFirst)
            tables[table].cells = []
        case "tbl": endTable()
        case "txbxContent": leaveBox()
        default: break
        }
    }

    // MARK: Text

    private mutating func put(_ text: String) {
        guard paragraph != nil, !text.isEmpty else { return }
        let look = effectiveLook()
        if let reason = hiddenReason(look) {
            paragraph.mutate {
                $0.hiddenText += text
                $0.hiddenReason = $0.hiddenReason ?? reason
            }
            return
        }
        let letters = text.unicodeScalars.count { !$0.isWhitespace }
        paragraph.mutate {
            $0.stretches[$0.stretches.count - 1] += text
            $0.hasContent = $0.hasContent || letters > 0
            $0.letters.all += letters
            if look.bold == true { $0.letters.bold += letters }
            if look.italic == true { $0.letters.italic += letters }
            if let size = look.size { $0.letters.bySize[size, default: 0] += letters }
        }
    }

    private mutating func putSymbol(_ code: String?) {
        guard let code, let value = UInt32(code, radix: 16) else { return }
        // Symbol fonts may be written with or without their private place.
        if let scalar = Unicode.Scalar(value < 0x100 ? value + 0xF000 : value) { put(String(Character(scalar))) }
    }

    private mutating func effectiveLook() -> WordStyles.Run {
        var look = styles.paragraph(paragraph?.properties.style).run
        look.apply(styles.character(run.style))
        look.apply(run)
        return look
    }

    private mutating func hiddenReason(_ look: WordStyles.Run) -> HiddenText.Reason? {
        if look.isHidden == true { return .vanish }
        if let size = look.size, size < 4 { return .tinyFont }
        guard look.colour == .white else { return nil }
        let own =
            look.shading ?? paragraph?.properties.shading
            ?? styles.paragraph(paragraph?.properties.style).paragraph.shading
        if let own { return own == .white ? .colourOfBackground : nil }
        for table in tables.reversed() {
            if let shading = table.cells.last?.shading { return shading == .white ? .colourOfBackground : nil }
            if table.isFilled { return nil }
        }
        if let boxFill, !boxes.isEmpty { return boxFill == .white ? .colourOfBackground : nil }
        return hasBackdrop ? nil : .colourOfBackground
    }

    private mutating func startStretch() {
        guard let current = paragraph, hiddenReason(effectiveLook()) == nil else { return }
        if current.stretches.last?.isEmpty == false { paragraph.mutate { $0.stretches.append("") } }
    }

    private mutating func noteField(_ text: String) {
        guard let keyword = ByteSearch.first(Array("HYPERLINK".utf8), in: Array(text.utf8)[...]) else { return }
        let parts = text.utf8.dropFirst(keyword).split(separator: 34, omittingEmptySubsequences: false)
        if parts.count > 1, let target = String(parts[1]) { links.append(target) }
    }

    // MARK: Paragraphs

    private mutating func startParagraph() {
        // A paragraph within a paragraph is not allowed; the outer one ends here.
        finishParagraph()
        paragraph = Paragraph()
    }

    private mutating func breakLine() {
        guard paragraph != nil else { return }
        emitLine()
    }

    private mutating func finishParagraph() {
        guard let finished = paragraph else { return }
        emitLine()
        if !finished.hiddenText.isEmpty, let reason = finished.hiddenReason {
            hidden.append((finished.hiddenText, reason))
        }
        let resolved = resolvedProperties(finished)
        if !finished.hasContent && (paragraph?.linesDone ?? 0) == 0 {
            if finished.hiddenText.isEmpty { blockIsDue = true }
        } else {
            lastSpace = resolved.paragraph.spaceAfter ?? 0
            lastWasList = resolved.paragraph.isNumbered == true
        }
        paragraph = nil
    }

    private mutating func resolvedProperties(
        _ paragraph: Paragraph
    ) -> (paragraph: WordStyles.Paragraph, isHeading: Bool) {
        let style = styles.paragraph(paragraph.properties.style)
        var properties = style.paragraph
        properties.apply(paragraph.properties)
        let isHeading = paragraph.properties.outlineLevel.map { $0 < 9 } ?? style.isHeading
        return (properties, isHeading)
    }

    private mutating func emitLine() {
        guard let current = paragraph, current.hasContent else { return }
        let (properties, isHeading) = resolvedProperties(current)
        let letters = current.letters
        var style: LineStyle = []
        if letters.bold * 2 > letters.all { style.insert(.bold) }
        if letters.italic * 2 > letters.all { style.insert(.italic) }
        let isList = properties.isNumbered == true && !isHeading
        if isHeading { style.insert(.heading) } else if isList { style.insert(.listItem) }
        var startsBlock = false
        if current.linesDone == 0 {
            startsBlock =
                blockIsDue || isHeading || isList != lastWasList
                || lastSpace + (properties.spaceBefore ?? 0) >= Self.visibleSpace && !(isList && lastWasList)
            blockIsDue = isHeading
        }
        let size = letters.bySize.max { ($0.value, $0.key) < ($1.value, $1.key) }
        emit(
            FlowLine(
                stretches: current.stretches,
                fontSize: size.map { Double($0.key) / 2 },
                style: style,
                startsBlock: startsBlock
            )
        )
        paragraph.mutate {
            $0.stretches = [""]
            $0.letters = Letters()
            $0.hasContent = false
            $0.linesDone += 1
        }
    }

    private mutating func emit(_ line: FlowLine) {
        if let table = tables.indices.last, let cell = tables[table].cells.indices.last {
            tables[table].cells[cell].lines.append(line)
        } else {
            lines.append(line)
        }
    }

    // MARK: Tables and boxes

    private mutating func endTable() {
        finishParagraph()
        guard let table = tables.popLast() else { return }
        let rest = FlowLine.row(table.cells.map(\.lines), isFirst: table.rows.isEmpty)
        for line in table.rows + rest { emit(line) }
        blockIsDue = true
    }

    private mutating func enterBox() {
        boxes.append(
            Outside(
                paragraph: paragraph,
                run: run,
                tables: tables,
                lines: lines,
                fill: boxFill,
                lastSpace: lastSpace,
                lastWasList: lastWasList,
                blockIsDue: blockIsDue
            )
        )
        (paragraph, run, tables, lines) = (nil, WordStyles.Run(), [], [])
        boxFill = fill
        (lastSpace, lastWasList, blockIsDue) = (0, false, true)
    }

    private mutating func leaveBox() {
        finishParagraph()
        while !tables.isEmpty { endTable() }
        guard let outside = boxes.popLast() else { return }
        let inside = lines
        (paragraph, run, tables, lines) = (outside.paragraph, outside.run, outside.tables, outside.lines)
        (boxFill, lastSpace, lastWasList) = (outside.fill, outside.lastSpace, outside.lastWasList)
        for line in inside { emit(line) }
        blockIsDue = outside.blockIsDue || !inside.isEmpty
    }
}

extension Optional {
    /// Changes the value in place, if there is one.
    fileprivate mutating func mutate(_ change: (inout Wrapped) -> Void) {
        guard var value = self else { return }
        self = nil
        change(&value)
        self = value
    }
}
