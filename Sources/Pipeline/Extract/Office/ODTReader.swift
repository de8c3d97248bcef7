/// Reads OpenDocument texts: page headers, body, page footers, in this order.
struct ODTReader {
    private var styles = ODTStyles()
    private var flow = FlowBuilder()
    private var links: [String] = []
    private var path: [String] = []
    private var looks: [ODTStyles.Style] = []
    private var skipDepth: Int?
    private var paragraphStyle: LineStyle = []
    private var spaceBefore = 0.0
    private var paragraphDepth = 0
    private var listDepth = 0
    private var isWanted = true

    /// Deepest nesting that is followed.
    private static let maxDepth = 220

    /// Reads the document in `archive`.
    static func read(_ archive: inout ZipArchive) throws(PipelineError) -> ExtractedDocument {
        if let manifest = try archive.entry("META-INF/manifest.xml"),
            ByteSearch.first(Array("encryption-data".utf8), in: manifest[...]) != nil
        {
            throw .encrypted
        }
        guard let content = try archive.entry("content.xml") else { throw .damaged("OpenDocument text") }
        var styles = ODTStyles()
        let styleSheet = try archive.entry("styles.xml")
        for part in [styleSheet, content].compactMap({ $0 }) { try collect(part, into: &styles) }
        var assembler = TextAssembler()
        var block = 0
        var body = ODTReader(styles: styles)
        try body.read(content, within: "body")
        var known: Set<String> = []
        var heads: [(header: Bool, lines: [FlowLine])] = []
        if let styleSheet {
            for name in ["header", "header-first", "header-left", "footer", "footer-first", "footer-left"] {
                var part = ODTReader(styles: styles)
                try part.read(styleSheet, within: name)
                let fresh = part.flow.lines.filter { known.insert($0.stretches.joined(separator: "\t")).inserted }
                heads.append((name.hasPrefix("header"), fresh))
                for piece in part.flow.hidden { assembler.hide(piece.text, reason: piece.reason) }
                body.links += part.links
            }
        }
        for head in heads where head.header { assembler.append(head.lines, adding: .runningHead, block: &block) }
        assembler.append(body.flow, block: &block)
        for head in heads where !head.header { assembler.append(head.lines, adding: .runningHead, block: &block) }
        for link in body.links { assembler.link(link) }
        return assembler.document(mediaType: MediaType.odt.rawValue)
    }

    private init(styles: ODTStyles) { self.styles = styles }

    private static func collect(_ contents: [UInt8], into styles: inout ODTStyles) throws(PipelineError) {
        var reader = try XMLPullReader(contents)
        while let event = try reader.next() {
            switch event {
            case .start(let name): styles.start(name, reader)
            case .end(let name): styles.end(name)
            case .text: break
            }
        }
    }

    /// Reads what stands within elements called `container`.
    private mutating func read(_ contents: [UInt8], within container: String) throws(PipelineError) {
        var reader = try XMLPullReader(contents)
        var depth = 0
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                path.append(name)
                if path.count > Self.maxDepth { throw .damaged("OpenDocument text") }
                if depth > 0 && skipDepth == nil { start(name, reader) }
                if name == container { depth += 1 }
            case .end(let name):
                if name == container { depth -= 1 }
                if let skip = skipDepth {
                    if path.count == skip { skipDepth = nil }
                } else if depth > 0 {
                    end(name)
                }
                if !path.isEmpty { path.removeLast() }
            case .text(let text):
                if depth > 0, skipDepth == nil, paragraphDepth > 0 { put(Self.collapsed(text)) }
            }
        }
        flow.finish()
    }

    /// White space in the file is one space; more is written as an element of its own.
    private static func collapsed(_ text: String) -> String {
        text.utf8.contains(where: { $0 == 10 || $0 == 9 || $0 == 13 })
            ? String(text.map { $0.isWhitespace ? " " : $0 }) : text
    }

    private mutating func start(_ name: String, _ reader: borrowing XMLPullReader) {
        switch name {
        case "tracked-changes", "annotation", "ruby-text", "desc", "title", "binary-data", "note-citation",
            "forms", "sequence-decls", "index-title-template":
            skipDepth = path.count
        case "p", "h":
            flow.endLine(paragraphStyle)
            paragraphDepth += 1
            let style = styles.style(reader.attribute("style-name"), family: "paragraph")
            push(style)
            let isHeading = name == "h" || style.isHeading == true
            paragraphStyle = isHeading ? .heading : listDepth > 0 ? .listItem : []
            if (style.spaceAround ?? 0) >= 5, listDepth == 0 { flow.breakBlock() }
        case "span", "a":
            if name == "a", let target = reader.attribute("href") { links.append(target) }
            push(styles.style(reader.attribute("style-name"), family: "text"))
        case "hidden-text", "hidden-paragraph":
            var style = ODTStyles.Style()
            style.isHidden = true
            push(style)
            if let text = reader.attribute("string-value") { put(text) }
        case "s": put(String(repeating: " ", count: min(200, max(1, reader.attribute("c").flatMap { Int($0) } ?? 1))))
        case "tab": flow.gap()
        case "line-break": flow.endLine(paragraphStyle)
        case "list":
            listDepth += 1
            if listDepth == 1 { flow.breakBlock() }
        case "table": flow.beginTable()
        case "table-cell":
            flow.beginCell()
            push(styles.style(reader.attribute("style-name"), family: "table-cell"))
        case "frame", "custom-shape", "rect": push(styles.style(reader.attribute("style-name"), family: "graphic"))
        case "text-box":
            flow.endLine(paragraphStyle)
            flow.breakBlock()
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "p", "h":
            if !flow.lineIsOpen { flow.breakBlock() }
            flow.endLine(paragraphStyle)
            paragraphDepth = max(0, paragraphDepth - 1)
            pop()
            if paragraphDepth == 0 { paragraphStyle = [] }
        case "span", "a", "hidden-text", "hidden-paragraph", "frame", "custom-shape", "rect": pop()
        case "list":
            listDepth = max(0, listDepth - 1)
            if listDepth == 0 { flow.breakBlock() }
        case "table-row": flow.endRow()
        case "table-cell":
            flow.endLine(paragraphStyle)
            pop()
        case "table": flow.endTable()
        case "text-box": flow.breakBlock()
        default: break
        }
    }

    private mutating func push(_ style: ODTStyles.Style) {
        var look = looks.last ?? ODTStyles.Style()
        look.apply(style)
        looks.append(look)
    }

    private mutating func pop() {
        if !looks.isEmpty { looks.removeLast() }
    }

    private mutating func put(_ text: String) {
        let style = looks.last ?? ODTStyles.Style()
        var look = FlowBuilder.Look(bold: style.bold ?? false, italic: style.italic ?? false, size: style.size)
        if style.isHidden == true {
            look.hidden = .vanish
        } else if let size = style.size, size < 2 {
            look.hidden = .tinyFont
        } else if style.isWhite == true, style.isOnDark != true {
            look.hidden = .colourOfBackground
        }
        flow.put(text, look)
    }
}
