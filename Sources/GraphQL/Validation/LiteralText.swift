extension ValueNode {
    /// The literal as messages show it: printed like a document, but no longer than a message may be.
    var textForMessage: String {
        var text = LiteralText(limit: ValidationContext.maxMessageBytes)
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

/// Prints literals up to a length, so that no message costs more than it shows.
private struct LiteralText {
    /// In bytes; what is longer is cut, at about that place.
    let limit: Int
    /// In letters, of a list or object on one line.
    private static let maxLineLength = 80

    /// Recursion: as deep as values are nested, which the parser limits.
    mutating func text(of value: ValueNode) -> String {
        switch value.kind {
        case .variable(let name): "$\(name)"
        case .int(let digits), .float(let digits): String(digits.prefix(limit))
        case .string(let string, let isBlock): isBlock ? Self.block(cut(string)) : Self.quoted(cut(string))
        case .boolean(let flag): flag ? "true" : "false"
        case .null: "null"
        case .enum(let name): name
        case .list(let items): list(items)
        case .object(let fields): object(fields)
        }
    }

    private mutating func list(_ items: [ValueNode]) -> String {
        let (texts, length) = texts(items) { $0.text(of: $1) }
        return 2 + length > Self.maxLineLength ? wrapped(texts, "[", "]") : "[\(texts.joined(separator: ", "))]"
    }

    private mutating func object(_ fields: [ObjectFieldNode]) -> String {
        let (texts, length) = texts(fields) { "\($1.name.value): \($0.text(of: $1.value))" }
        return 4 + length > Self.maxLineLength ? wrapped(texts, "{", "}") : "{ \(texts.joined(separator: ", ")) }"
    }

    /// The text of each, until they are longer than can be shown, and their length in one line.
    private mutating func texts<Item>(_ items: [Item], _ text: (inout Self, Item) -> String) -> ([String], Int) {
        var texts: [String] = []
        var (length, bytes) = (0, 0)
        for item in items where bytes <= limit {
            let next = text(&self, item)
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

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\u{C}": result += "\\f"
            case "\r": result += "\\r"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func block(_ value: String) -> String {
        let escaped = value.split(separator: "\"\"\"", omittingEmptySubsequences: false).joined(separator: "\\\"\"\"")
        let lines = escaped.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        let isSingleLine = lines.count == 1
        func isIndented(_ line: Substring.UnicodeScalarView) -> Bool {
            line.first == " " || line.first == "\t"
        }
        let needsFirstBreak = !isSingleLine && lines.dropFirst().allSatisfy { $0.isEmpty || isIndented($0) }
        let endsInQuotes = escaped.hasSuffix("\\\"\"\"")
        let needsLastBreak = value.hasSuffix("\"") && !endsInQuotes || value.hasSuffix("\\")
        let isSpread =
            !isSingleLine || value.unicodeScalars.count > 70 || needsLastBreak || needsFirstBreak || endsInQuotes
        let startsIndented = isSingleLine && isIndented(lines[0])
        let before = isSpread && !startsIndented || needsFirstBreak ? "\n" : ""
        let after = isSpread || needsLastBreak ? "\n" : ""
        return "\"\"\"" + before + escaped + after + "\"\"\""
    }
}
