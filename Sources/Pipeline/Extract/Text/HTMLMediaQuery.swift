/// Conditions of `@media`, in lower case, as a common window answers them: a light screen that is 1,280 pixels wide.
enum HTMLMediaQuery {
    private static let windowWidth = 1_280.0
    private static let types = ["all": true, "screen": true, "print": false, "speech": false]
    private static let answers: [Substring: Substring] = [
        "orientation": "landscape", "hover": "hover", "pointer": "fine", "prefers-color-scheme": "light",
        "prefers-reduced-motion": "no-preference",
    ]

    /// Whether one of the conditions in `list` holds; nil where that is not known.
    static func holds(_ list: Substring) -> Bool? {
        let answers = list.split(separator: ",", omittingEmptySubsequences: false).map(isMet)
        return answers.contains(true) ? true : answers.contains(nil) ? nil : false
    }

    /// Reads kinds and features with `and` between them, as strictly as browsers: what they drop shows nothing.
    private static func isMet(_ query: Substring) -> Bool? {
        var words = words(of: query)
        if words.first == "only" {
            words.removeFirst()
            guard let type = words.first, types[String(type)] != nil else { return nil }
        }
        guard words.count % 2 == 1 else { return nil }
        var isMet = true
        for (index, word) in words.enumerated() {
            if index % 2 == 1 {
                guard word == "and" else { return nil }
            } else {
                guard let holds = (index == 0 ? types[String(word)] : nil) ?? isFeature(word) else { return nil }
                isMet = isMet && holds
            }
        }
        return isMet
    }

    /// Words, and features with their brackets.
    private static func words(of query: Substring) -> [Substring] {
        var words: [Substring] = []
        var rest = query.drop(while: \.isWhitespace)
        while let first = rest.first {
            let end: Substring.Index
            if first == "(" {
                end = rest.firstIndex(of: ")").map(rest.index(after:)) ?? rest.endIndex
            } else {
                end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
            }
            words.append(rest[..<end])
            rest = rest[end...].drop(while: \.isWhitespace)
        }
        return words
    }

    /// Whether the window has a feature, such as `(min-width: 768px)`.
    private static func isFeature(_ word: Substring) -> Bool? {
        let sides = word.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false).map(bare)
        guard word.first == "(", word.last == ")", sides.count == 2, let name = sides[0], let value = sides[1] else {
            return nil
        }
        switch name {
        case "min-width": return pixels(value).map { windowWidth >= $0 }
        case "max-width": return pixels(value).map { windowWidth <= $0 }
        default: return answers[name].map { $0 == value }
        }
    }

    /// The one word of a text; nil for none or several.
    private static func bare(_ text: Substring) -> Substring? {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 1 ? words[0] : nil
    }

    /// A length; letters are 16 pixels high in conditions, whatever the page says.
    private static func pixels(_ text: Substring) -> Double? {
        let number = text.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard number.last != ".", let value = Double(number) else { return nil }
        switch text[number.endIndex...] {
        case "px": return value
        case "em", "rem": return value * 16
        case "": return value == 0 ? 0 : nil
        default: return nil
        }
    }
}
