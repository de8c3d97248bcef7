extension ValueNode {
    /// The literal as messages show it: printed like a document, but no longer than a message may be.
    var textForMessage: String {
        let text = LiteralText(limit: ValidationContext.maxMessageBytes)
        return text.text(of: self)
    }

    /// What stays known before there are variables: those in objects are left out with their fields, others are null.
    var withoutVariables: ValueNode {
        guard containsVariable else { return self }
        switch kind {
        case .variable:
            return ValueNode(.null, at: offset)
        case .list(let items):
            return ValueNode(.list(items.map(\.withoutVariables)), at: offset)
        case .object(let fields):
            let known = fields.filter { field in
                if case .variable = field.value.kind { false } else { true }
            }
            return ValueNode(
                .object(known.map { ObjectFieldNode(name: $0.name, value: $0.value.withoutVariables) }),
                at: offset
            )
        default:
            return self
        }
    }
}

/// Prints literals as ``ValueNode/printed`` does, up to a length, so that no message costs more than it shows.
private struct LiteralText {
    /// In bytes; what is longer is cut, at about that place.
    let limit: Int
    /// In letters, of a list or object on one line.
    private static let maxLineLength = 80

    /// Recursion: as deep as values are nested, which the parser limits.
    func text(of value: ValueNode) -> String {
        switch value.kind {
        case .variable(let name): "$\(name)"
        case .int(let digits), .float(let digits): String(digits.prefix(limit))
        case .string(let string, let isBlock): isBlock ? BlockString.printed(cut(string)) : cut(string).printedLiteral
        case .boolean(let flag): flag ? "true" : "false"
        case .null: "null"
        case .enum(let name): name
        case .list(let items): list(items)
        case .object(let fields): object(fields)
        }
    }

    private func list(_ items: [ValueNode]) -> String {
        let (texts, length) = texts(items) { text(of: $0) }
        return 2 + length > Self.maxLineLength ? wrapped(texts, "[", "]") : "[\(texts.joined(separator: ", "))]"
    }

    private func object(_ fields: [ObjectFieldNode]) -> String {
        let (texts, length) = texts(fields) { "\($0.name.value): \(text(of: $0.value))" }
        return 4 + length > Self.maxLineLength ? wrapped(texts, "{", "}") : "{ \(texts.joined(separator: ", ")) }"
    }

    /// The text of each, until they are longer than can be shown, and their length in one line.
    private func texts<Item>(_ items: [Item], _ text: (Item) -> String) -> ([String], Int) {
        var texts: [String] = []
        var (length, bytes) = (0, 0)
        for item in items where bytes <= limit {
            let next = text(item)
            length += next.unicodeScalars.count + (texts.isEmpty ? 0 : 2)
            bytes += next.utf8.count + 2
            texts.append(next)
        }
        return (texts, length)
    }

    private func wrapped(_ texts: [String], _ start: String, _ end: String) -> String {
        var lines = start
        for text in texts {
            lines += "\n  "
            for scalar in text.unicodeScalars {
                lines.unicodeScalars.append(scalar)
                if scalar == "\n" { lines += "  " }
            }
        }
        return cut(lines + "\n" + end)
    }

    private func cut(_ text: String) -> String {
        guard text.utf8.count > limit else { return text }
        return String(text.unicodeScalars.prefix(limit))
    }
}
