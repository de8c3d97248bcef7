/// The few declarations of CSS that decide what can be seen, and how a line looks.
struct HTMLStyle {
    var hidden: HiddenText.Reason?
    var bold: Bool?
    var italic: Bool?
    /// In points, or relative to the size around it.
    var size: Double?
    var relativeSize: Double?
    /// Whether the letters are white, or the paper that they stand on is not.
    var isWhite: Bool?
    var isOnDark: Bool?
    /// Whether children stand side by side with room between them, or the element stands away from the text before it.
    var spreadsChildren: Bool?
    var standsApart = false
    var isBlock: Bool?

    /// Reads the declarations of a `style` attribute or of a rule.
    init(declarations: String) {
        var seen: [String: String] = [:]
        for declaration in declarations.split(separator: ";").prefix(100) {
            guard let colon = declaration.firstIndex(of: ":") else { continue }
            let name = declaration[..<colon].filter { !$0.isWhitespace }.lowercased()
            var value = declaration[declaration.index(after: colon)...].lowercased()
            if let mark = value.firstIndex(of: "!") { value = String(value[..<mark]) }
            seen[name] = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        if seen["display"] == "none" || seen["visibility"] == "hidden" || seen["visibility"] == "collapse" {
            hidden = .styledAway
        }
        if let opacity = seen["opacity"].flatMap({ Double($0) }), opacity < 0.05 { hidden = .styledAway }
        if let clip = seen["clip"], clip.hasPrefix("rect(0"), !clip.contains("auto") { hidden = .styledAway }
        let clipsAll = ["width", "height", "max-height", "max-width"].contains { seen[$0] == "0" || seen[$0] == "0px" }
        if clipsAll, seen["overflow"] == "hidden" { hidden = .styledAway }
        for name in ["left", "top", "text-indent", "margin-left", "margin-top", "right"] {
            if let value = seen[name], let points = Self.points(value), points <= -700 { hidden = .offPage }
        }
        readLooks(seen)
        if let display = seen["display"] {
            if display.contains("flex") || display == "grid" {
                spreadsChildren = !(seen["flex-direction"] ?? "").hasPrefix("column")
            }
            if ["block", "flex", "grid", "list-item", "table", "table-row"].contains(display) { isBlock = true }
            if display == "inline" { isBlock = false }
            if display == "table-cell" || display == "inline-block" { standsApart = true }
        }
        if seen["float"] == "right" || seen["position"] == "absolute" { standsApart = true }
    }

    private mutating func readLooks(_ seen: [String: String]) {
        if let weight = seen["font-weight"] { bold = weight.hasPrefix("bold") || (Int(weight) ?? 400) >= 600 }
        if let slant = seen["font-style"] { italic = slant != "normal" }
        if let value = seen["font-size"] {
            if let points = Self.points(value) {
                size = points
            } else if value.hasSuffix("%"), let share = Double(value.dropLast()) {
                relativeSize = share / 100
            } else if value.hasSuffix("em"), !value.hasSuffix("rem"), let share = Double(value.dropLast(2)) {
                relativeSize = share
            } else if value == "0" {
                size = 0
            }
        }
        if let colour = seen["color"] {
            if colour == "transparent" { hidden = hidden ?? .colourOfBackground }
            isWhite = Self.isWhite(colour)
        }
        if let paper = seen["background"] ?? seen["background-color"] ?? seen["background-image"] {
            if paper != "none" && paper != "transparent" && paper != "inherit" && paper != "initial" {
                isOnDark = !Self.isWhite(String(paper.prefix(while: { $0 != " " || paper.hasPrefix("rgb") })))
            }
        }
    }

    /// Takes over what `other` says.
    mutating func apply(_ other: HTMLStyle) {
        hidden = other.hidden ?? hidden
        bold = other.bold ?? bold
        italic = other.italic ?? italic
        if other.size != nil || other.relativeSize != nil { (size, relativeSize) = (other.size, other.relativeSize) }
        isWhite = other.isWhite ?? isWhite
        isOnDark = other.isOnDark ?? isOnDark
        spreadsChildren = other.spreadsChildren ?? spreadsChildren
        standsApart = standsApart || other.standsApart
        isBlock = other.isBlock ?? isBlock
    }

    private static func points(_ value: String) -> Double? {
        let units: [(String, Double)] = [
            ("rem", 12), ("px", 0.75), ("pt", 1), ("cm", 28.35), ("mm", 2.835), ("in", 72), ("pc", 12),
        ]
        for (unit, factor) in units where value.hasSuffix(unit) {
            return Double(value.dropLast(unit.count)).map { $0 * factor }
        }
        return nil
    }

    private static func isWhite(_ colour: String) -> Bool {
        if colour == "white" || colour == "#fff" || colour == "snow" || colour == "ivory" { return true }
        if colour.hasPrefix("#") {
            let digits = String(colour.dropFirst())
            guard let value = UInt32(digits, radix: 16) else { return false }
            if digits.utf8.count == 3 {
                return value >= 0xFFF || [value >> 8, value >> 4 & 15, value & 15].allSatisfy { $0 >= 15 }
            }
            guard digits.utf8.count == 6 else { return digits.utf8.count == 8 && value & 255 < 10 }
            return [value >> 16, value >> 8 & 255, value & 255].allSatisfy { $0 >= 0xF0 }
        }
        guard colour.hasPrefix("rgb"), let open = colour.firstIndex(of: "("), let close = colour.firstIndex(of: ")"),
            open < close
        else { return false }
        let parts = colour[colour.index(after: open)..<close].split { $0 == "," || $0 == " " || $0 == "/" }.map {
            Double($0)
        }
        if parts.count == 4, let alpha = parts[3], alpha < 0.05 { return true }
        return parts.count >= 3 && parts.prefix(3).allSatisfy { ($0 ?? 0) >= 240 }
    }
}

/// The rules of a page whose selectors are one tag, class or id; others are not followed.
struct HTMLStyleSheet {
    private var rules: [String: HTMLStyle] = [:]
    /// Whether a rule that is not followed paints a background: white letters may well stand on it.
    private(set) var paintsUnknownly = false

    /// Adds the rules of one `<style>`.
    mutating func add(_ text: String) {
        var rest = Array(Self.withoutComments(Array(text.utf8)))[...]
        while let open = rest.firstIndex(of: 123) {
            let selector = String(decoding: rest[rest.startIndex..<open], as: UTF8.self).lowercased()
            if selector.contains("@media") || selector.contains("@supports") || selector.contains("@font")
                || selector.contains("@keyframes") || selector.contains("@page")
            {
                let end = Self.end(ofBlock: rest[open...])
                if ByteSearch.first(Array("background".utf8), in: rest[open..<end]) != nil { paintsUnknownly = true }
                rest = rest[min(end + 1, rest.endIndex)...]
                continue
            }
            let close = rest[open...].firstIndex(of: 125) ?? rest.endIndex
            let style = HTMLStyle(declarations: String(decoding: rest[rest.index(after: open)..<close], as: UTF8.self))
            for part in selector.split(separator: ",").prefix(50) {
                add(style, for: part.split(whereSeparator: \.isWhitespace).joined(separator: " "))
            }
            rest = rest[min(close + 1, rest.endIndex)...]
        }
    }

    private mutating func add(_ style: HTMLStyle, for selector: String) {
        let name = selector.drop { $0 == "." || $0 == "#" }
        let isSimple = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } && !name.isEmpty
        guard isSimple, rules.count < 2000 || rules[selector] != nil else {
            if style.isOnDark == true { paintsUnknownly = true }
            return
        }
        rules[selector, default: HTMLStyle(declarations: "")].apply(style)
    }

    /// What the rules say of an element, the weaker ones first.
    func style(name: String, attributes: [String: String]) -> HTMLStyle {
        var result = rules[name] ?? HTMLStyle(declarations: "")
        guard !rules.isEmpty else { return result }
        for part in (attributes["class"] ?? "").lowercased().split(whereSeparator: \.isWhitespace).prefix(20) {
            if let rule = rules[".\(part)"] { result.apply(rule) }
        }
        if let id = attributes["id"]?.lowercased(), let rule = rules["#\(id)"] { result.apply(rule) }
        return result
    }

    private static func end(ofBlock bytes: ArraySlice<UInt8>) -> Int {
        var depth = 0
        for index in bytes.indices {
            if bytes[index] == 123 { depth += 1 }
            if bytes[index] == 125 {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return bytes.endIndex
    }

    private static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 47, index + 1 < bytes.count, bytes[index + 1] == 42 {
                index = ByteSearch.first([42, 47], in: bytes[(index + 2)...]).map { $0 + 2 } ?? bytes.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
