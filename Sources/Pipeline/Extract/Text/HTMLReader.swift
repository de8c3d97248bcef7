/// Reads HTML as a browser shows it: blocks as lines, tables as rows, without scripts, and with what is styled away apart.
struct HTMLReader {
    private struct Element {
        var name: String
        var look = FlowBuilder.Look()
        /// Why nothing in it can be seen; what children say changes none of it.
        var concealment: HiddenText.Reason?
        /// Whether its letters are drawn, where it is not concealed; children may say otherwise.
        var isVisible = true
        /// Whether it is a `<details>` of which no summary was seen yet, and whether that is still to come.
        var isFolded = false
        var summaryIsDue = false
        /// Where in the stack the `<details>` stands whose first summary it is a part of.
        var folded: Int?
        /// Nil where it is not known.
        var ink: HTMLColour?
        var ground: HTMLColour? = .white
        /// What is seen through letters without ink: the background of an element that paints them with it.
        var filling: HTMLColour? = .clear
        var spreadsChildren = false
        var isBlock = false
        var keepsSpaces = false
        var hasBlocks = false
    }

    private var flow = FlowBuilder()
    private var sheet = HTMLStyleSheet()
    private var links: [String] = []
    private var stack: [Element] = []
    /// What selectors ask of the elements of the stack.
    private var open: [HTMLMarks] = []
    private var openSkips: [String] = []

    /// Deepest nesting whose styles are told apart; what is deeper looks like what it stands in.
    private static let maxDepth = 2_000
    /// How far up an end tag without a start looks for one, which keeps the whole linear.
    private static let searchDepth = 200
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
        "legend",
        "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "ul",
    ]
    private static let breaking: Set<String> = [
        "article", "aside", "blockquote", "dl", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "main", "ol",
        "p", "pre", "section", "ul",
    ]
    private static let empty: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]
    private static let skipped: Set<String> = [
        "template", "noscript", "select", "datalist", "object", "audio", "video", "canvas",
    ]
    private static let headingSizes: [String: Double] = ["h1": 24, "h2": 18, "h3": 14, "h4": 12, "h5": 10, "h6": 8]

    /// Reads a page in any encoding.
    ///
    /// - Returns: What is seen of it, and what is hidden apart.
    /// - Throws: ``PipelineError`` where its styles are too many to tell the one from the other.
    static func read(_ bytes: [UInt8]) throws(PipelineError) -> ExtractedDocument {
        var reader = HTMLReader()
        let text = decode(bytes)
        // Sheets may stand after what they style.
        var first = HTMLTokenizer(text)
        while let token = first.next() {
            if case .styleSheet(let rules) = token { reader.sheet.add(rules) }
        }
        var tokens = HTMLTokenizer(text)
        while let token = tokens.next() {
            reader.take(token)
            if reader.sheet.isExhausted {
                throw .extraction(
                    .fileTooLarge,
                    "The page has far more styles than a resume needs: save it as a PDF and send that."
                )
            }
        }
        reader.flow.finish()
        var assembler = TextAssembler()
        var block = 0
        assembler.append(reader.flow, block: &block)
        for link in reader.links { assembler.link(link) }
        return assembler.document(mediaType: MediaType.html.rawValue)
    }

    private static func decode(_ bytes: [UInt8]) -> String {
        let head = bytes.prefix(2048).map { (65...90).contains($0) ? $0 + 32 : $0 }
        if !PlainTextDecoder.isUTF8(bytes[...]), let at = ByteSearch.first(Array("charset=".utf8), in: head[...]) {
            let name = head[(at + 8)...].drop { $0 == 34 || $0 == 39 }.prefix {
                $0 > 32 && $0 != 34 && $0 != 39 && $0 != 62 && $0 != 59
            }
            var encoding = String(decoding: name, as: UTF8.self).uppercased()
            // What pages call Latin 1 is its Windows superset.
            if encoding == "ISO-8859-1" || encoding == "US-ASCII" || encoding == "LATIN1" { encoding = "WINDOWS-1252" }
            if encoding == "GB2312" || encoding == "GBK" { encoding = "GB18030" }
            if !encoding.hasPrefix("UTF"), let text = PlainTextDecoder.convert(bytes[...], from: encoding) {
                return text
            }
        }
        return PlainTextDecoder.decode(bytes)
    }

    private mutating func take(_ token: HTMLTokenizer.Token) {
        switch token {
        case .styleSheet: break
        case .text(let text): if openSkips.isEmpty { put(text) }
        case .start(let name, let attributes, let closesItself):
            if Self.skipped.contains(name) {
                if !closesItself { openSkips.append(name) }
            } else if openSkips.isEmpty {
                start(name, attributes)
                if closesItself && !Self.blocks.contains(name) && !Self.empty.contains(name) { end(name) }
            }
        case .end(let name):
            if let skip = openSkips.last {
                if skip == name { openSkips.removeLast() }
            } else {
                end(name)
            }
        }
    }

    private mutating func put(_ text: String) {
        guard !text.isEmpty else { return }
        var look = stack.last?.look ?? FlowBuilder.Look()
        look.hidden = stack.last.flatMap(reasonToHide)
        // Whoever sees a summary opens with one click what is folded away behind it.
        if look.hidden == nil, let folded = stack.last?.folded, text.unicodeScalars.contains(where: Self.isSeen) {
            stack[folded].isFolded = false
        }
        guard stack.last?.keepsSpaces == true else {
            flow.put(text, look)
            return
        }
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            if index > 0 { flow.endLine() }
            for (place, stretch) in TextAssembler.stretches(of: String(line)).enumerated() {
                if place > 0 { flow.gap() }
                flow.put(stretch, look)
            }
        }
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        if name == "br" {
            flow.endLine(lineStyle)
            return
        }
        if name == "a", let target = attributes["href"] { links.append(target) }
        if Self.empty.contains(name) {
            if name == "hr" {
                flow.endLine(lineStyle)
                flow.breakBlock()
            }
            return
        }
        closeImplied(by: name)
        guard stack.count < Self.maxDepth else {
            if Self.blocks.contains(name) { flow.endLine(lineStyle) }
            return
        }
        let marks = HTMLMarks(name: name, attributes: attributes)
        let element = element(marks, attributes)
        if element.isBlock {
            flow.endLine(lineStyle)
            if Self.breaking.contains(name) { flow.breakBlock() }
            if let parent = stack.indices.last { stack[parent].hasBlocks = true }
        }
        switch name {
        case "table": flow.beginTable()
        case "tr": flow.endRow()
        case "td", "th": flow.beginCell()
        default: break
        }
        stack.append(element)
        open.append(marks)
    }

    /// Why letters right in the element cannot be seen; nil for those that can.
    private func reasonToHide(_ element: Element) -> HiddenText.Reason? {
        if let reason = element.concealment { return reason }
        if !element.isVisible || element.isFolded { return .styledAway }
        if let size = element.look.size, size < 2 { return .tinyFont }
        guard let own = element.ink, let ink = own.isTransparent ? element.filling : own else { return nil }
        if ink.isTransparent { return .colourOfBackground }
        guard let ground = element.ground, ink.isLike(ground), !sheet.paintsUnknownly else { return nil }
        return .colourOfBackground
    }

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
    }

    private mutating func element(_ marks: HTMLMarks, _ attributes: [String: String]) -> Element {
        let outer = stack.last
        let name = marks.name
        var element = Element(name: name)
        // Old attributes count less than any rule.
        var style = HTMLStyle()
        if let paper = attributes["bgcolor"] { style.apply(HTMLStyle(declarations: "background:\(paper)")) }
        if name == "font", let colour = attributes["color"] { style.apply(HTMLStyle(declarations: "color:\(colour)")) }
        style.apply(sheet.style(of: marks, in: open))
        if let own = attributes["style"] { style.apply(HTMLStyle(declarations: own)) }
        element.look = outer?.look ?? FlowBuilder.Look()
        let headingSize = Self.headingSizes[name]
        if headingSize != nil || ["b", "strong", "th"].contains(name) { element.look.bold = true }
        if ["i", "em", "cite"].contains(name) { element.look.italic = true }
        element.look.bold = style.bold ?? element.look.bold
        element.look.italic = style.italic ?? element.look.italic
        // A heading's size is a multiple of the one around: of nothing it is nothing.
        if let headingSize, element.look.size ?? 12 >= 2 { element.look.size = headingSize }
        element.look.size = style.size(within: element.look.size ?? 12) ?? element.look.size
        let isShut = attributes["hidden"] != nil || name == "dialog" && attributes["open"] == nil
        let isSummary = name == "summary" && outer?.summaryIsDue == true
        if isSummary { stack[stack.count - 1].summaryIsDue = false }
        element.folded = isSummary ? stack.count - 1 : outer?.folded
        let isFoldedAway = outer?.isFolded == true && !isSummary
        element.concealment = outer?.concealment ?? style.concealment
        if isFoldedAway || isShut && style.isDisplayed == nil {
            element.concealment = element.concealment ?? .styledAway
        }
        element.isVisible = style.isVisible ?? outer?.isVisible ?? true
        element.isFolded = name == "details" && attributes["open"] == nil
        element.summaryIsDue = element.isFolded
        element.ink = style.ink(within: outer?.ink)
        element.ground = outer.map(\.ground) ?? .white
        element.filling = outer.map(\.filling) ?? .clear
        if style.paintsLetters {
            element.filling = style.paint ?? element.filling
        } else if let paint = style.paint {
            (element.ground, element.filling) = (paint, .clear)
        }
        element.spreadsChildren = style.spreadsChildren
        element.keepsSpaces = name == "pre" || outer?.keepsSpaces == true
        element.isBlock = style.isBlock ?? Self.blocks.contains(name)
        if outer?.spreadsChildren == true || style.standsApart {
            element.isBlock = false
            flow.gap()
        }
        return element
    }

    /// Tags that may be left open end where the next of their kind begins.
    private mutating func closeImplied(by name: String) {
        let ended: Set<String>
        let fence: Set<String>
        switch name {
        case "li": (ended, fence) = (["li"], ["ul", "ol", "menu"])
        case "dt", "dd": (ended, fence) = (["dt", "dd"], ["dl"])
        case "tr": (ended, fence) = (["tr", "td", "th"], ["table"])
        case "td", "th": (ended, fence) = (["td", "th"], ["table", "tr"])
        default:
            guard Self.blocks.contains(name) || name == "table" else { return }
            (ended, fence) = (["p"], ["div", "td", "th", "li", "body", "section", "article"])
        }
        var wanted: Int?
        for index in stack.indices.reversed().prefix(30) {
            if fence.contains(stack[index].name) { break }
            if ended.contains(stack[index].name) { wanted = index }
        }
        if let wanted { close(downTo: wanted) }
    }

    private mutating func end(_ name: String) {
        if name == "p", !stack.suffix(Self.searchDepth).contains(where: { $0.name == "p" }) {
            flow.endLine(lineStyle)
            return
        }
        guard let index = stack.indices.reversed().prefix(Self.searchDepth).first(where: { stack[$0].name == name })
        else { return }
        // An inline tag that was left open does not reach beyond its cell.
        if !Self.blocks.contains(name), !["table", "tr", "td", "th"].contains(name),
            stack[index...].contains(where: { $0.name == "td" || $0.name == "th" })
        {
            return
        }
        close(downTo: index)
    }

    private mutating func close(downTo index: Int) {
        while stack.count > index, let element = stack.last {
            if element.isBlock {
                flow.endLine(lineStyle)
                if Self.breaking.contains(element.name) || element.hasBlocks { flow.breakBlock() }
            }
            switch element.name {
            case "table": flow.endTable()
            case "tr": flow.endRow()
            case "td", "th": flow.endLine(lineStyle)
            default: break
            }
            stack.removeLast()
            open.removeLast()
        }
    }

    /// What the open elements say of the line that is open.
    private var lineStyle: LineStyle {
        for element in stack.reversed().prefix(12) {
            if Self.headingSizes[element.name] != nil { return .heading }
            if element.name == "li" || element.name == "dd" { return .listItem }
            if ["td", "th", "table", "ul", "ol", "section"].contains(element.name) { return [] }
        }
        return []
    }
}
