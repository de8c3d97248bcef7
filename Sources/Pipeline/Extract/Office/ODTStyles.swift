/// The styles of an OpenDocument text, as far as they decide what can be seen and how a line looks.
struct ODTStyles {
    /// What a style says; nil where it says nothing.
    struct Style {
        var parent: String?
        var look = FlowBuilder.Look()
        var isHidden: Bool?
        var bold: Bool?
        var italic: Bool?
        var size: Double?
        /// A share of the parent's size.
        var relativeSize: Double?
        var isWhite: Bool?
        var isOnDark: Bool?
        var isHeading: Bool?
        /// In points.
        var spaceAround: Double?

        /// Takes over what `other` says.
        mutating func apply(_ other: Style) {
            isHidden = other.isHidden ?? isHidden
            bold = other.bold ?? bold
            italic = other.italic ?? italic
            if let share = other.relativeSize { size = size.map { $0 * share } }
            size = other.size ?? size
            isWhite = other.isWhite ?? isWhite
            isOnDark = other.isOnDark ?? isOnDark
            isHeading = other.isHeading ?? isHeading
            spaceAround = other.spaceAround ?? spaceAround
        }
    }

    private var styles: [String: Style] = [:]
    private var resolved: [String: Style] = [:]
    private var openKey: String?

    /// Follows the elements of `content.xml` and `styles.xml`; the rest of them is nothing to it.
    mutating func start(_ name: String, _ reader: borrowing XMLPullReader) {
        switch name {
        case "style", "default-style":
            let family = reader.attribute("family") ?? ""
            let key = "\(family)/\(name == "style" ? reader.attribute("name") ?? "" : "")"
            openKey = key
            var style = styles[key] ?? Style()
            style.parent =
                reader.attribute("parent-style-name").map { "\(family)/\($0)" }
                ?? (name == "style" ? "\(family)/" : nil)
            let display = (reader.attribute("name") ?? "").lowercased()
            if reader.attribute("default-outline-level").map({ !$0.isEmpty }) ?? false || display == "title"
                || display.hasPrefix("heading")
            {
                style.isHeading = true
            }
            styles[key] = style
        case "text-properties":
            guard let key = openKey else { return }
            read(reader, into: &styles[key, default: Style()])
        case "paragraph-properties", "table-cell-properties", "graphic-properties":
            guard let key = openKey else { return }
            let paper = reader.attribute("background-color") ?? reader.attribute("fill-color")
            if reader.attribute("fill") == "none" {
                styles[key]?.isOnDark = nil
            } else if let paper, paper != "transparent" {
                styles[key]?.isOnDark = !Self.isWhite(paper)
            }
            let margins = [reader.attribute("margin-top"), reader.attribute("margin-bottom")].compactMap {
                $0.flatMap(Self.points)
            }
            if !margins.isEmpty { styles[key]?.spaceAround = margins.reduce(0, +) }
        default: break
        }
    }

    /// The end of an element that ``start(_:_:)`` saw.
    mutating func end(_ name: String) {
        if name == "style" || name == "default-style" { openKey = nil }
    }

    /// What style `name` of a family amounts to with those that it is based on.
    mutating func style(_ name: String?, family: String) -> Style {
        let key = "\(family)/\(name ?? "")"
        if let known = resolved[key] { return known }
        var chain: [Style] = []
        var next: String? = key
        while let current = next, let style = styles[current], chain.count < 20 {
            chain.append(style)
            next = style.parent
        }
        var result = Style()
        for style in chain.reversed() { result.apply(style) }
        resolved[key] = result
        return result
    }

    private func read(_ reader: borrowing XMLPullReader, into style: inout Style) {
        if let display = reader.attribute("display") { style.isHidden = display == "none" }
        if let weight = reader.attribute("font-weight") { style.bold = weight == "bold" || (Int(weight) ?? 400) >= 600 }
        if let slant = reader.attribute("font-style") { style.italic = slant != "normal" }
        if let size = reader.attribute("font-size") {
            if size.hasSuffix("%") {
                style.relativeSize = Double(size.dropLast()).map { $0 / 100 }
            } else {
                style.size = Self.points(size)
            }
        }
        if let colour = reader.attribute("color") { style.isWhite = Self.isWhite(colour) }
        if let paper = reader.attribute("background-color"), paper != "transparent" {
            style.isOnDark = !Self.isWhite(paper)
        }
    }

    private static func isWhite(_ colour: String) -> Bool {
        guard colour.hasPrefix("#"), colour.utf8.count == 7, let value = UInt32(colour.dropFirst(), radix: 16) else {
            return false
        }
        return [value >> 16, value >> 8 & 255, value & 255].allSatisfy { $0 >= 0xF0 }
    }

    private static func points(_ length: String) -> Double? {
        for (unit, factor) in [("pt", 1.0), ("cm", 28.35), ("mm", 2.835), ("in", 72), ("px", 0.75)]
        where length.hasSuffix(unit) {
            return Double(length.dropLast(2)).map { $0 * factor }
        }
        return nil
    }
}
