/// Reads Rich Text Format: visible text in order, page headers first and footers last, hidden and deleted text apart.
struct RTFReader {
    /// What a group inherits and gives back at its end.
    private struct State {
        var look = FlowBuilder.Look()
        var isVanished = false
        var isDeleted = false
        var colour = 0
        var background = 0
        var destination = Destination.body
        var skipsAfterUnicode = 1
        var font = 0
        var isHeading = false
        var isList = false
        var styleNumber = 0
        var outlineLevel: Int?
        var inTable = false
    }

    private enum Destination {
        case body, header, footer, skipped, fontTable, colourTable, styleSheet, fieldInstruction
    }

    private let bytes: [UInt8]
    private var index = 0
    private var stack: [State] = []
    private var state = State()
    private var flows = [FlowBuilder(), FlowBuilder(), FlowBuilder()]
    private var links: [String] = []
    private var codePage = "WINDOWS-1252"
    private var fontPages: [Int: String] = [:]
    private var colours: [(red: Int, green: Int, blue: Int)] = []
    private var colour = (red: 0, green: 0, blue: 0)
    private var headingStyles: Set<Int> = []
    private var gathered: [UInt8] = []
    private var pendingBytes: [UInt8] = []
    private var highSurrogate: UInt32?
    private var toSkip = 0
    private var destinationMayBeSkipped = false
    private var cellBackground = 0
    private var tableIsOpen = false
    private var rowIsOpen = false

    /// Deepest nesting that is followed.
    private static let maxDepth = 5_000

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a document.
    static func read(_ bytes: [UInt8]) throws(PipelineError) -> ExtractedDocument {
        var reader = RTFReader(bytes)
        try reader.run()
        var assembler = TextAssembler()
        var block = 0
        for place in reader.flows.indices { reader.flows[place].finish() }
        assembler.append(reader.flows[1], adding: .runningHead, block: &block)
        assembler.append(reader.flows[0], block: &block)
        assembler.append(reader.flows[2], adding: .runningHead, block: &block)
        for link in reader.links { assembler.link(link) }
        return assembler.document(mediaType: MediaType.rtf.rawValue)
    }

    private mutating func run() throws(PipelineError) {
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 123:
                flushBytes()
                guard stack.count < Self.maxDepth else { throw .damaged("RTF document") }
                stack.append(state)
                index += 1
            case 125:
                flushBytes()
                endGroup()
                index += 1
            case 92: control()
            case 10, 13, 0: index += 1
            default:
                index += 1
                if toSkip > 0 { toSkip -= 1 } else { take(byte) }
            }
        }
        flushBytes()
    }

    // MARK: Groups and control words

    private mutating func endGroup() {
        guard let outer = stack.popLast() else { return }
        switch state.destination {
        case .fieldInstruction where outer.destination != .fieldInstruction: noteField()
        case .styleSheet: noteStyle()
        default: break
        }
        if state.destination != outer.destination, state.destination == .header || state.destination == .footer {
            flows[flowIndex].endLine(lineStyle)
        }
        state = outer
        toSkip = 0
    }

    private mutating func control() {
        index += 1
        guard index < bytes.count else { return }
        let byte = bytes[index]
        guard isLetter(byte) else {
            index += 1
            symbol(byte)
            return
        }
        let start = index
        while index < bytes.count, isLetter(bytes[index]), index - start < 32 { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        var parameter: Int?
        let isNegative = index < bytes.count && bytes[index] == 45
        var at = index + (isNegative ? 1 : 0)
        while at < bytes.count, (48...57).contains(bytes[at]) {
            parameter = min((parameter ?? 0) * 10 + Int(bytes[at] - 48), 100_000_000)
            at += 1
        }
        if let value = parameter {
            index = at
            if isNegative { parameter = -value }
        }
        if index < bytes.count, bytes[index] == 32 { index += 1 }
        if word == "bin" {
            index = min(bytes.count, index + max(0, parameter ?? 0))
            return
        }
        if word == "u" {
            unicode(parameter ?? 0)
            return
        }
        flushBytes()
        if toSkip > 0 {
            toSkip -= 1
            return
        }
        let isOptional = destinationMayBeSkipped
        destinationMayBeSkipped = false
        if !destination(word, isOptional: isOptional) { property(word, parameter) }
    }

    private mutating func symbol(_ byte: UInt8) {
        switch byte {
        case 39:
            let digits = index + 1 < bytes.count ? String(decoding: bytes[index...index + 1], as: UTF8.self) : ""
            index = min(bytes.count, index + 2)
            guard let value = UInt8(digits, radix: 16) else { return }
            if toSkip > 0 { toSkip -= 1 } else { take(value) }
            return
        case 42: destinationMayBeSkipped = true
        case 92, 123, 125:
            if toSkip > 0 { toSkip -= 1 } else { take(byte) }
        case 126:
            flushBytes()
            put(" ")
        case 95:
            flushBytes()
            put("-")
        case 10, 13:
            flushBytes()
            endParagraph()
        case 9: break
        default: break
        }
    }

    /// Whether `word` opens a destination; what is not known and marked as optional is skipped, as the format wants it.
    private mutating func destination(_ word: String, isOptional: Bool) -> Bool {
        guard state.destination != .skipped else { return true }
        switch word {
        case "fonttbl": state.destination = .fontTable
        case "colortbl": state.destination = .colourTable
        case "stylesheet": state.destination = .styleSheet
        case "header", "headerl", "headerr", "headerf": state.destination = .header
        case "footer", "footerl", "footerr", "footerf": state.destination = .footer
        case "fldinst": state.destination = .fieldInstruction
        case "listtext", "pntext":
            state.destination = .skipped
            markList()
        case "shpinst", "shptxt", "shpgrp", "footnote", "cs", "ud", "hl": return word == "cs" ? false : true
        case "pict", "object", "info", "nonshppict", "shprslt", "sp", "themedata", "datastore", "xe", "tc", "bkmkstart",
            "bkmkend",
            "generator", "listtable", "listoverridetable", "rsidtbl", "latentstyles", "filetbl", "revtbl", "private",
            "template",
            "atnid", "atnauthor", "annotation", "atrfstart", "atrfend", "atnref", "userprops", "xmlnstbl", "mmathPr",
            "upr":
            state.destination = .skipped
        default:
            guard isOptional else { return false }
            state.destination = .skipped
        }
        return true
    }

    private mutating func property(_ word: String, _ parameter: Int?) {
        let isOn = parameter != 0
        switch state.destination {
        case .fontTable:
            if word == "f" { state.font = parameter ?? 0 }
            if word == "fcharset" { fontPages[state.font] = Self.codePages[parameter ?? 0] }
            return
        case .colourTable:
            switch word {
            case "red": colour.red = parameter ?? 0
            case "green": colour.green = parameter ?? 0
            case "blue": colour.blue = parameter ?? 0
            default: break
            }
            return
        case .styleSheet:
            if word == "s" { state.styleNumber = parameter ?? 0 }
            if word == "outlinelevel" { state.outlineLevel = parameter }
            return
        case .skipped, .fieldInstruction: return
        case .body, .header, .footer: break
        }
        switch word {
        case "par": endParagraph()
        case "sect", "page", "column":
            flows[flowIndex].endLine(lineStyle)
            flows[flowIndex].breakBlock()
        case "line", "lbr": flows[flowIndex].endLine(lineStyle)
        case "softline": put(" ")
        case "tab": if !isHidden { flows[flowIndex].gap() }
        case "cell": endCell()
        case "nestcell", "nestrow": flows[flowIndex].endLine(lineStyle)
        case "row": endRow()
        case "trowd": cellBackground = 0
        case "clcbpat": cellBackground = parameter ?? 0
        case "intbl": state.inTable = true
        case "pard":
            (state.isHeading, state.isList, state.inTable, state.outlineLevel) = (false, false, false, nil)
        case "plain":
            state.look = FlowBuilder.Look()
            (state.isVanished, state.colour, state.background, state.isDeleted) = (false, 0, 0, false)
        case "s": state.isHeading = headingStyles.contains(parameter ?? -1)
        case "outlinelevel": state.isHeading = (parameter ?? 9) < 9
        case "ls": state.isList = true
        case "b": state.look.bold = isOn
        case "i": state.look.italic = isOn
        case "fs": state.look.size = Double(parameter ?? 24) / 2
        case "f": state.font = parameter ?? 0
        case "v": state.isVanished = isOn
        case "deleted": state.isDeleted = isOn
        case "cf": state.colour = parameter ?? 0
        case "highlight", "chcbpat", "cb", "cbpat": state.background = parameter ?? 0
        case "uc": state.skipsAfterUnicode = max(0, parameter ?? 1)
        case "ansicpg": codePage = Self.encoding(codePage: parameter ?? 1252)
        case "mac": codePage = "MACINTOSH"
        case "pca", "pc": codePage = "CP850"
        default: if let text = Self.named[word] { put(text) }
        }
    }

    // MARK: Text

    /// Bytes are gathered, since one character may take several.
    private mutating func take(_ byte: UInt8) {
        switch state.destination {
        case .skipped: break
        case .colourTable:
            if byte == 59 {
                colours.append(colour)
                colour = (0, 0, 0)
            }
        case .fontTable: break
        case .styleSheet, .fieldInstruction: if gathered.count < 4096 { gathered.append(byte) }
        case .body, .header, .footer: pendingBytes.append(byte)
        }
    }

    private mutating func flushBytes() {
        guard !pendingBytes.isEmpty else { return }
        defer { pendingBytes.removeAll(keepingCapacity: true) }
        if pendingBytes.allSatisfy({ $0 < 0x80 }) {
            put(String(decoding: pendingBytes, as: UTF8.self))
        } else if let text = PlainTextDecoder.convert(pendingBytes[...], from: fontPages[state.font] ?? codePage) {
            put(text)
        }
    }

    private mutating func unicode(_ value: Int) {
        flushBytes()
        toSkip = state.skipsAfterUnicode
        guard [.body, .header, .footer].contains(state.destination) else { return }
        let unit = UInt32(truncatingIfNeeded: value < 0 ? value + 0x10000 : value)
        switch unit {
        case 0xD800...0xDBFF: highSurrogate = unit
        case 0xDC00...0xDFFF:
            guard let high = highSurrogate else { return }
            highSurrogate = nil
            if let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)) {
                put(String(Character(scalar)))
            }
        default: if let scalar = Unicode.Scalar(unit) { put(String(Character(scalar))) }
        }
    }

    private mutating func put(_ text: String) {
        guard [.body, .header, .footer].contains(state.destination), !state.isDeleted else { return }
        var look = state.look
        if isHidden {
            look.hidden = .vanish
        } else if let size = look.size, size < 2 {
            look.hidden = .tinyFont
        } else if isWhite(state.colour), state.background == 0 || isWhite(state.background),
            !state.inTable || cellBackground == 0 || isWhite(cellBackground)
        {
            look.hidden = .colourOfBackground
        }
        followTable()
        flows[flowIndex].put(text, look)
    }

    private var isHidden: Bool { state.isVanished }

    private func isWhite(_ number: Int) -> Bool {
        guard number > 0, number < colours.count else { return false }
        let colour = colours[number]
        return colour.red >= 0xF0 && colour.green >= 0xF0 && colour.blue >= 0xF0
    }

    private var flowIndex: Int {
        switch state.destination {
        case .header: 1
        case .footer: 2
        default: 0
        }
    }

    private var lineStyle: LineStyle { state.isHeading ? .heading : state.isList ? .listItem : [] }

    private mutating func endParagraph() {
        guard [.body, .header, .footer].contains(state.destination) else { return }
        if !flows[flowIndex].lineIsOpen { flows[flowIndex].breakBlock() }
        flows[flowIndex].endLine(lineStyle)
    }

    /// Opens and closes the table around the text that comes: the format marks only where cells and rows end.
    private mutating func followTable() {
        guard flowIndex == 0, state.inTable != tableIsOpen || (tableIsOpen && !rowIsOpen) else { return }
        if !state.inTable {
            flows[0].endTable()
            (tableIsOpen, rowIsOpen) = (false, false)
            return
        }
        if !tableIsOpen { flows[0].beginTable() }
        flows[0].beginCell()
        (tableIsOpen, rowIsOpen) = (true, true)
    }

    private mutating func endCell() {
        guard state.destination == .body else { return }
        state.inTable = true
        followTable()
        flows[0].endLine(lineStyle)
        flows[0].beginCell()
    }

    private mutating func endRow() {
        guard state.destination == .body, tableIsOpen else { return }
        flows[0].endRow()
        rowIsOpen = false
    }

    /// The mark of a list stands in a group of its own; the paragraph around it is the item.
    private mutating func markList() {
        if let last = stack.indices.last { stack[last].isList = true }
    }

    private mutating func noteField() {
        defer { gathered.removeAll() }
        guard let keyword = ByteSearch.first(Array("HYPERLINK".utf8), in: gathered[...]) else { return }
        let parts = gathered[keyword...].split(separator: 34, omittingEmptySubsequences: false)
        if parts.count > 1 { links.append(String(decoding: parts[1], as: UTF8.self)) }
    }

    private mutating func noteStyle() {
        defer { gathered.removeAll() }
        let name = String(decoding: gathered, as: UTF8.self).lowercased()
        let isHeading = state.outlineLevel.map { $0 < 9 } ?? (name.hasPrefix("heading ") || name.hasPrefix("title;"))
        if isHeading { headingStyles.insert(state.styleNumber) }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) && byte < 128 }

    private static func encoding(codePage: Int) -> String {
        switch codePage {
        case 932: "CP932"
        case 936: "GB18030"
        case 949: "CP949"
        case 950: "BIG5"
        case 1361: "JOHAB"
        case 10000: "MACINTOSH"
        case 65001: "UTF-8"
        case 437, 708...874: "CP\(codePage)"
        default: "WINDOWS-\(codePage)"
        }
    }

    /// Code pages by a font's character set.
    private static let codePages = [
        77: "MACINTOSH", 128: "CP932", 129: "CP949", 134: "GB18030", 136: "BIG5", 161: "WINDOWS-1253",
        162: "WINDOWS-1254",
        163: "WINDOWS-1258", 177: "WINDOWS-1255", 178: "WINDOWS-1256", 186: "WINDOWS-1257", 204: "WINDOWS-1251",
        222: "CP874", 238: "WINDOWS-1250",
    ]

    private static let named = [
        "emdash": "\u{2014}", "endash": "\u{2013}", "bullet": "\u{2022}", "lquote": "\u{2018}", "rquote": "\u{2019}",
        "ldblquote": "\u{201C}", "rdblquote": "\u{201D}", "emspace": " ", "enspace": " ", "qmspace": " ",
    ]
}
