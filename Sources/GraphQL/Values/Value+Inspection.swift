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
        case .string(let text), .enum(let text): Self.shortened(Self.quoted(text))
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
                "{\(Self.joined(object.entries) { Self.quoted($0.key) + ": " + $0.value.inspected(depth: depth + 1) })}"
            }
        }
    }

    private static func joined<Item>(_ items: [Item], _ inspect: (Item) -> String) -> String {
        guard items.count > maxItems else { return items.map(inspect).joined(separator: ", ") }
        let head = items.prefix(maxItems / 2).map(inspect)
        let tail = items.suffix(maxItems / 2 - 1).map(inspect)
        return (head + ["..."] + tail).joined(separator: ", ")
    }

    private static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > maxLength else { return text }
        let head = (maxLength - 3) / 2
        return "\(String(scalars.prefix(head)))...\(String(scalars.suffix(maxLength - 3 - head)))"
    }

    private static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar =
            text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in text.unicodeScalars {
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
