/// The styles of a Word document: what a paragraph or a run looks like before its own properties are read.
struct WordStyles {
    /// Properties of a run; nil where nothing is said.
    struct Run {
        var isHidden: Bool?
        var bold: Bool?
        var italic: Bool?
        /// Half points.
        var size: Int?
        var colour: Colour?
        var shading: Colour?
        var style: String?

        /// Takes over what `other` says.
        mutating func apply(_ other: Run) {
            isHidden = other.isHidden ?? isHidden
            bold = other.bold ?? bold
            italic = other.italic ?? italic
            size = other.size ?? size
            colour = other.colour ?? colour
            shading = other.shading ?? shading
        }
    }

    /// Properties of a paragraph; nil where nothing is said.
    struct Paragraph {
        var style: String?
        /// 0 for the highest heading.
        var outlineLevel: Int?
        var isNumbered: Bool?
        var shading: Colour?
        /// Twentieths of a point.
        var spaceBefore: Int?
        var spaceAfter: Int?

        /// Takes over what `other` says.
        mutating func apply(_ other: Paragraph) {
            outlineLevel = other.outlineLevel ?? outlineLevel
            isNumbered = other.isNumbered ?? isNumbered
            shading = other.shading ?? shading
            spaceBefore = other.spaceBefore ?? spaceBefore
            spaceAfter = other.spaceAfter ?? spaceAfter
        }
    }

    /// A colour as far as it matters here.
    enum Colour {
        /// White, or so near that nobody can read it on white.
        case white
        /// Any other.
        case dark
        /// Left to the program.
        case automatic
    }

    private struct Style {
        var isCharacter = false
        var isTable = false
        var isDefault = false
        var isHeading = false
        var basedOn: String?
        var run = Run()
        var paragraph = Paragraph()
    }

    private var styles: [String: Style] = [:]
    private var defaultRun = Run()
    private var defaultParagraph = Paragraph()
    private var defaultStyle: String?
    private var shadedTables: Set<String> = []
    private var resolved: [String: (run: Run, paragraph: Paragraph, isHeading: Bool)] = [:]

    /// No styles at all.
    init() {}

    /// Reads `word/styles.xml`.
    init(_ contents: [UInt8]) throws(PipelineError) {
        var reader = try XMLPullReader(contents)
        var path: [String] = []
        var id: String?
        var style = Style()
        while let event = try reader.next() {
            switch event {
            case .text: break
            case .start(let name):
                path.append(name)
                if path.count > 200 { throw .damaged("Word document") }
                switch name {
                case "style":
                    id = reader.attribute("styleId")
                    style = Style()
                    let type = reader.attribute("type")
                    style.isCharacter = type == "character"
                    style.isTable = type == "table"
                    style.isDefault = type == "paragraph" && Self.isOn(reader.attribute("default"), absent: false)
                case "name" where path.dropLast().last == "style":
                    let lowered = reader.attribute("val")?.lowercased() ?? ""
                    style.isHeading = lowered.hasPrefix("heading ") || lowered == "title" || lowered == "berschrift"
                case "basedOn":
                    style.basedOn = reader.attribute("val")
                default:
                    let parent = path.dropLast().last
                    if parent == "rPr", path.dropLast(2).last == "style" {
                        Self.read(name, reader, into: &style.run)
                    } else if parent == "rPr", path.contains("rPrDefault") {
                        Self.read(name, reader, into: &defaultRun)
                    } else if parent == "pPr" || path.dropLast(2).last == "pPr" {
                        if path.contains("pPrDefault") {
                            Self.read(name, reader, into: &defaultParagraph)
                        } else if path.contains("style"), !path.contains("tblStylePr") {
                            Self.read(name, reader, into: &style.paragraph)
                        }
                    } else if style.isTable, name == "shd", let id, Self.shading(reader) == .dark {
                        shadedTables.insert(id)
                    }
                }
            case .end(let name):
                if !path.isEmpty { path.removeLast() }
                if name == "style", let finished = id {
                    styles[finished] = style
                    if style.isDefault { defaultStyle = finished }
                    id = nil
                }
            }
        }
    }

    /// What a paragraph of style `id` looks like; the default style's looks for nil.
    mutating func paragraph(_ id: String?) -> (run: Run, paragraph: Paragraph, isHeading: Bool) {
        let key = id ?? defaultStyle ?? ""
        if let known = resolved[key] { return known }
        var result = (run: defaultRun, paragraph: defaultParagraph, isHeading: false)
        for (depth, style) in chain(key).reversed().enumerated() {
            result.run.apply(style.run)
            result.paragraph.apply(style.paragraph)
            // A style based on a heading is often body text, unless it says a level of its own.
            result.isHeading = style.isHeading || (depth > 0 && result.isHeading && style.paragraph.outlineLevel == nil)
        }
        if let level = result.paragraph.outlineLevel { result.isHeading = level < 9 }
        resolved[key] = result
        return result
    }

    /// What character style `id` adds.
    mutating func character(_ id: String?) -> Run {
        var result = Run()
        guard let id else { return result }
        for style in chain(id).reversed() { result.apply(style.run) }
        return result
    }

    /// Whether table style `id`, or one that it is based on, fills cells with a colour.
    func fillsCells(_ id: String?) -> Bool {
        var next = id
        for _ in 0..<20 {
            guard let current = next else { return false }
            if shadedTables.contains(current) { return true }
            next = styles[current]?.basedOn
        }
        return false
    }

    /// The style and those that it is based on; a circle ends after 20.
    private func chain(_ id: String) -> [Style] {
        var result: [Style] = []
        var next: String? = id
        while let current = next, let style = styles[current], result.count < 20 {
            result.append(style)
            next = style.basedOn
        }
        return result
    }
}

// MARK: - Reading single properties

extension WordStyles {
    /// Reads the element `name` within `w:rPr`.
    static func read(_ name: String, _ reader: borrowing XMLPullReader, into run: inout Run) {
        switch name {
        case "vanish": run.isHidden = isOn(reader.attribute("val"), absent: true)
        case "b": run.bold = isOn(reader.attribute("val"), absent: true)
        case "i": run.italic = isOn(reader.attribute("val"), absent: true)
        case "sz": run.size = reader.attribute("val").flatMap { Int($0) }
        case "color": run.colour = textColour(reader.attribute("val"), theme: reader.attribute("themeColor"))
        case "shd": run.shading = shading(reader)
        case "highlight":
            if let value = reader.attribute("val"), value != "none" { run.shading = value == "white" ? .white : .dark }
        case "rStyle": run.style = reader.attribute("val")
        default: break
        }
    }

    /// Reads the element `name` within `w:pPr`, or within its `w:numPr`.
    static func read(_ name: String, _ reader: borrowing XMLPullReader, into paragraph: inout Paragraph) {
        switch name {
        case "pStyle": paragraph.style = reader.attribute("val")
        case "outlineLvl": paragraph.outlineLevel = reader.attribute("val").flatMap { Int($0) }
        case "numId", "ilfo": paragraph.isNumbered = reader.attribute("val").map { $0 != "0" }
        case "shd": paragraph.shading = shading(reader)
        case "spacing":
            paragraph.spaceBefore = reader.attribute("before").flatMap { Int($0) } ?? paragraph.spaceBefore
            paragraph.spaceAfter = reader.attribute("after").flatMap { Int($0) } ?? paragraph.spaceAfter
        default: break
        }
    }

    /// The fill of a `w:shd`.
    static func shading(_ reader: borrowing XMLPullReader) -> Colour? {
        let pattern = reader.attribute("val")
        if pattern == "solid" { return textColour(reader.attribute("color"), theme: reader.attribute("themeColor")) }
        if pattern == "nil" { return nil }
        guard let fill = reader.attribute("fill"), fill != "auto" else {
            return reader.attribute("themeFill") == nil ? nil : .dark
        }
        return fillColour(fill)
    }

    /// The colour of a fill given as six hexadecimal digits.
    static func fillColour(_ hex: String) -> Colour {
        guard let value = UInt32(hex, radix: 16), hex.utf8.count == 6 else { return .dark }
        // A fill hides white text only if it is nearly white itself.
        return [value >> 16, value >> 8 & 255, value & 255].allSatisfy { $0 >= 0xE6 } ? .white : .dark
    }

    private static func textColour(_ hex: String?, theme: String?) -> Colour {
        if let hex, hex != "auto", let value = UInt32(hex, radix: 16), hex.utf8.count == 6 {
            return [value >> 16, value >> 8 & 255, value & 255].allSatisfy { $0 >= 0xF0 } ? .white : .dark
        }
        if let theme, theme == "background1" || theme == "light1" { return .white }
        return hex == "auto" || hex == nil && theme == nil ? .automatic : .dark
    }

    /// An on/off property: there, but perhaps switched off.
    static func isOn(_ value: String?, absent: Bool) -> Bool {
        switch value {
        case nil: absent
        case "0", "false", "off", "none": false
        default: true
        }
    }
}
