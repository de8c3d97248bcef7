/// The few declarations of CSS that decide what can be seen, and how a line looks.
struct HTMLStyle {
    private struct Value {
        var text: String
        var isImportant: Bool
    }

    /// By property, in lower case, as the last that counts gave it.
    private var values: [String: Value] = [:]

    /// Makes a style that says nothing.
    init() {}

    /// Reads the declarations of a `style` attribute or of a rule.
    init(declarations: String) {
        for declaration in HTMLStyleSheet.withoutComments(declarations).split(separator: ";").prefix(100) {
            guard let colon = declaration.firstIndex(of: ":") else { continue }
            let name = declaration[..<colon].filter { !$0.isWhitespace }.lowercased()
            let parts = declaration[declaration.index(after: colon)...].lowercased().split(
                separator: "!",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let text = parts[0].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let isImportant = parts.count > 1 && parts[1].filter { !$0.isWhitespace } == "important"
            for (name, text) in Self.longhands(name, text) where Self.names.contains(name) {
                if values[name]?.isImportant == true, !isImportant { continue }
                values[name] = Value(text: text, isImportant: isImportant)
            }
        }
    }

    /// Takes over what `other`, which counts more, says.
    mutating func apply(_ other: HTMLStyle) {
        values.merge(other.values) { $0.isImportant && !$1.isImportant ? $0 : $1 }
    }

    /// How many properties it says something of.
    var count: Int { values.count }

    private subscript(_ name: String) -> String? { values[name]?.text }

    private static let names: Set<String> = [
        "display", "visibility", "opacity", "clip", "width", "height", "max-width", "max-height", "overflow", "left",
        "top",
        "right", "text-indent", "margin-left", "margin-top", "font-size", "font-weight", "font-style", "color",
        "background",
        "background-image", "background-clip", "flex-direction", "float", "position",
    ]

    /// The properties that are looked at, of one that may set several.
    private static func longhands(_ name: String, _ text: String) -> [(String, String)] {
        switch name {
        case "background-color": return [("background", text)]
        case "background":
            return [("background", text), ("background-image", "none"), ("background-clip", "border-box")]
        case "-webkit-background-clip": return [("background-clip", text)]
        case "font":
            let words = text.split(separator: " ")
            // A weight is the only other number.
            guard
                let at = words.firstIndex(where: {
                    $0.first?.isNumber == true && !(100...900 ~= Int($0) ?? 0) || $0.first == "."
                })
            else { return [] }
            let size = words[at].prefix { $0 != "/" }
            let marks = words[..<at].map(String.init)
            return [
                ("font-size", String(size)), ("font-style", marks.contains("italic") ? "italic" : "normal"),
                ("font-weight", marks.first { $0.hasPrefix("bold") || Int($0) != nil } ?? "normal"),
            ]
        default: return [(name, text)]
        }
    }

    // MARK: What can be seen

    /// Whether it is laid out at all; nil where nothing is said.
    var isDisplayed: Bool? { self["display"].map { $0 != "none" } }

    /// Whether its letters are drawn, if no child says otherwise; nil where nothing is said.
    var isVisible: Bool? {
        self["visibility"].flatMap { $0 == "inherit" || $0 == "unset" ? nil : $0 != "hidden" && $0 != "collapse" }
    }

    /// Why nothing in the element can be seen, whatever its children say.
    var concealment: HiddenText.Reason? {
        if values.isEmpty { return nil }
        if isDisplayed == false { return .styledAway }
        if let opacity = self["opacity"].flatMap(Self.share), opacity < 0.05 { return .styledAway }
        if let clip = self["clip"], clip.hasPrefix("rect(0"), !clip.contains("auto") { return .styledAway }
        if self["overflow"] == "hidden",
            ["width", "height", "max-height", "max-width"].contains(where: { self[$0].flatMap(Self.points) == 0 })
        {
            return .styledAway
        }
        let places = ["left", "top", "text-indent", "margin-left", "margin-top", "right"]
        return places.contains { self[$0].flatMap(Self.points) ?? 0 <= -700 } ? .offPage : nil
    }

    /// The size of letters in points where those around have `outer`; nil where nothing is said.
    func size(within outer: Double) -> Double? {
        guard let text = self["font-size"] else { return nil }
        if text.hasSuffix("%") { return Self.share(text).map { $0 * outer } }
        if text.hasSuffix("em"), !text.hasSuffix("rem") { return Double(text.dropLast(2)).map { $0 * outer } }
        return Self.sizes[text] ?? Self.points(text)
    }

    private static let sizes: [String: Double] = [
        "x-small": 8, "small": 10, "medium": 12, "initial": 12, "large": 14, "x-large": 18, "xx-large": 24,
    ]

    /// The colour of letters where those around have `outer`; nil where it is not known.
    func ink(within outer: HTMLColour?) -> HTMLColour? {
        guard let text = self["color"], !Self.inheriting.contains(text) else { return outer }
        return HTMLColour(text)
    }

    /// The colour that is painted behind the element, which is nil where it is not known; nil where nothing is.
    var paint: HTMLColour?? {
        let texts = [self["background"], self["background-image"]].compactMap(\.self)
        guard let text = texts.first(where: { !Self.seeThrough.contains($0) }) else { return nil }
        let first = text.prefix { $0 != " " || text.hasPrefix("rgb") || text.hasPrefix("hsl") }
        guard let colour = HTMLColour(String(first)) ?? Self.colour(ofGradient: text) else { return .some(nil) }
        return colour.isTransparent ? nil : .some(colour.alpha < 1 ? nil : colour)
    }

    /// Whether its background is painted in the shape of its letters, and nowhere else.
    var paintsLetters: Bool { self["background-clip"] == "text" }

    /// Whether it paints a ground that white letters can be seen on.
    var paints: Bool { paint.map { $0.map { !$0.isLike(.white) } ?? true } ?? false }

    /// The one colour of a gradient that has no other; nil for all that change, or that are not known.
    private static func colour(ofGradient text: String) -> HTMLColour? {
        guard text.hasSuffix(")"), let open = text.firstRange(of: "gradient(") else { return nil }
        var stops: [String] = [""]
        var depth = 0
        for letter in text[open.upperBound...].dropLast() {
            if letter == "(" { depth += 1 }
            if letter == ")" { depth -= 1 }
            if letter == ",", depth == 0 { stops.append("") } else { stops[stops.count - 1].append(letter) }
        }
        // Where it runs comes first, if at all.
        if let first = stops.first,
            first.first?.isNumber == true
                || ["-", "to ", "at ", "from ", "circle", "ellipse"].contains(where: first.hasPrefix)
        {
            stops.removeFirst()
        }
        let colours = stops.map { stop in
            let stop = stop.drop { $0 == " " }
            let end = stop.firstIndex(of: ")").map(stop.index(after:)) ?? stop.firstIndex(of: " ") ?? stop.endIndex
            return HTMLColour(String(stop[..<end]))
        }
        guard let first = colours.first, let colour = first,
            colours.allSatisfy({ $0.map { $0.isLike(colour) && $0.alpha == colour.alpha } ?? false })
        else { return nil }
        return colour
    }

    private static let inheriting: Set<String> = ["inherit", "unset", "currentcolor"]
    private static let seeThrough: Set<String> = ["none", "transparent", "inherit", "initial", "unset"]

    // MARK: What a line looks like

    var bold: Bool? { self["font-weight"].map { $0.hasPrefix("bold") || (Int($0) ?? 400) >= 600 } }
    var italic: Bool? { self["font-style"].map { $0 != "normal" } }

    /// Whether children stand side by side with room between them.
    var spreadsChildren: Bool {
        guard let display = self["display"], display.contains("flex") || display == "grid" else { return false }
        return !(self["flex-direction"] ?? "").hasPrefix("column")
    }

    /// Whether the element stands away from the text before it.
    var standsApart: Bool {
        self["display"] == "table-cell" || self["display"] == "inline-block" || self["float"] == "right"
            || self["position"] == "absolute"
    }

    /// Whether it has lines of its own; nil where nothing is said.
    var isBlock: Bool? {
        switch self["display"] {
        case "block", "flex", "grid", "list-item", "table", "table-row": true
        case "inline": false
        default: nil
        }
    }

    // MARK: Values

    /// A length; letters, and the window, are taken to be of the common size.
    private static func points(_ text: String) -> Double? {
        let units: [(String, Double)] = [
            ("em", 12), ("px", 0.75), ("pt", 1), ("cm", 28.35), ("mm", 2.835), ("in", 72), ("pc", 12), ("vw", 6),
            ("vh", 6), ("%", 6),
        ]
        for (unit, factor) in units where text.hasSuffix(unit) {
            let number = text.dropLast(unit.count)
            return Double(number.hasSuffix("r") ? number.dropLast() : number).map { $0 * factor }
        }
        return Double(text) == 0 ? 0 : nil
    }

    /// A part of a whole: `0.5` or `50%`.
    private static func share(_ text: String) -> Double? {
        text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    }
}
