extension Value {
    /// The value as messages show it: strings in single quotes, long ones and long lists shortened, two levels deep.
    ///
    /// So the reference's port to Python writes them, but for that language's own words: what GraphQL calls null is shown as
    /// `null`.
    var inspected: String { inspected(depth: 0) }

    private static let maxDepth = 2
    private static let maxLength = 240
    private static let maxItems = 10

    private func inspected(depth: Int) -> String {
        switch self {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .int(let number): "\(number)"
        case .float(let number): "\(number)"
        case .string(let text), .enum(let text): Self.quotedInShort(text)
        case .list(let items):
            if items.isEmpty {
                "[]"
            } else if depth >= Self.maxDepth {
                "[...]"
            } else {
                "[\(Self.joined(items) { $0.inspected(depth: depth + 1) })]"
            }
        case .object(let object):
            if object.isEmpty {
                "{}"
            } else if depth >= Self.maxDepth {
                "{...}"
            } else {
                "{\(Self.joined(object.entries) { Self.quotedInShort($0.key) + ": " + $0.value.inspected(depth: depth + 1) })}"
            }
        }
    }

    private static func joined<Item>(_ items: [Item], _ inspect: (Item) -> String) -> String {
        guard items.count > maxItems else { return items.map(inspect).joined(separator: ", ") }
        let head = items.prefix(maxItems / 2).map(inspect)
        let tail = items.suffix(maxItems / 2 - 1).map(inspect)
        return (head + ["..."] + tail).joined(separator: ", ")
    }

    /// Quotes no more of a long text than is shown: a message may show the same text again and again.
    private static func quotedInShort(_ text: String) -> String {
        let quote: Unicode.Scalar = text.utf8.contains(0x27) && !text.utf8.contains(0x22) ? "\"" : "'"
        let isLong = text.utf8.count > 4 * maxLength
        let scalars = text.unicodeScalars
        let start = quoted(isLong ? scalars.prefix(maxLength) : scalars[...], in: quote).unicodeScalars
        guard isLong || start.count > maxLength else { return String(start) }
        let end = isLong ? quoted(scalars.suffix(maxLength), in: quote).unicodeScalars : start
        let head = (maxLength - 3) / 2
        return "\(String(start.prefix(head)))...\(String(end.suffix(maxLength - 3 - head)))"
    }

    private static func quoted(_ text: Substring.UnicodeScalarView, in quote: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in text {
            switch scalar {
            case quote, "\\":
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xAD:
                let digits = String(scalar.value, radix: 16)
                result.append(contentsOf: "\\x\(digits.count < 2 ? "0" : "")\(digits)".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append(quote)
        return String(result)
    }
}
