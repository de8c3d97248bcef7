extension BlockString {
    /// `value` between triple quotes, such that reading it gives the value again if ``isPrintable(_:)``.
    ///
    /// Long values, values of several lines, and those whose end would be misread get lines of their own.
    static func printed(_ value: String) -> String {
        let bytes = Array(value.utf8)
        var escaped: [UInt8] = []
        escaped.reserveCapacity(bytes.count + 8)
        var isSingleLine = true
        // Whether all lines but the first are blank or indented: they would lose that without a line break before them.
        var isIndented = true
        var quotes = 0
        var endsWithTripleQuotes = false
        for (index, byte) in bytes.enumerated() {
            quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
            escaped.append(byte)
            endsWithTripleQuotes = quotes == 3
            if quotes == 3 {
                escaped.insert(UInt8(ascii: "\\"), at: escaped.count - 3)
                quotes = 0
            }
            let isLineEnd = byte == 0x0A || byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
            guard isLineEnd else { continue }
            isSingleLine = false
            if index + 1 < bytes.count {
                switch bytes[index + 1] {
                case 0x20, 0x09, 0x0A, 0x0D: break
                default: isIndented = false
                }
            }
        }
        let forcesLeadingLine = !isSingleLine && isIndented
        let forcesTrailingLine =
            bytes.last == UInt8(ascii: "\"") && !endsWithTripleQuotes || bytes.last == UInt8(ascii: "\\")
        let hasOwnLines =
            !isSingleLine || value.unicodeScalars.count > 70 || forcesTrailingLine || forcesLeadingLine
            || endsWithTripleQuotes
        let startsWithSpace = bytes.first == 0x20 || bytes.first == 0x09
        let before = hasOwnLines && !(isSingleLine && startsWithSpace) || forcesLeadingLine ? "\n" : ""
        let after = hasOwnLines || forcesTrailingLine ? "\n" : ""
        return "\"\"\"" + before + String(decoding: escaped, as: UTF8.self) + after + "\"\"\""
    }

    /// Whether `value`, written as a block string, would be read as the same value.
    ///
    /// It would not with a blank line at its start or end, with common indentation, or with control characters.
    static func isPrintable(_ value: String) -> Bool {
        if value.isEmpty { return true }
        var isEmptyLine = true
        var hasIndent = false
        var hasCommonIndent = true
        var seenNonEmptyLine = false
        for byte in value.utf8 {
            switch byte {
            case 0x0A:
                if isEmptyLine, !seenNonEmptyLine { return false }
                seenNonEmptyLine = true
                isEmptyLine = true
                hasIndent = false
            case 0x20, 0x09:
                hasIndent = hasIndent || isEmptyLine
            case 0x00...0x0F:
                return false
            default:
                hasCommonIndent = hasCommonIndent && hasIndent
                isEmptyLine = false
            }
        }
        return !isEmptyLine && !(hasCommonIndent && seenNonEmptyLine)
    }
}

extension StringProtocol {
    /// The string as a GraphQL literal: in quotes, with control characters, `"` and `\` escaped.
    var printedLiteral: String {
        var literal = "\""
        literal.reserveCapacity(utf8.count + 2)
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\u{8}": literal += "\\b"
            case "\t": literal += "\\t"
            case "\n": literal += "\\n"
            case "\u{C}": literal += "\\f"
            case "\r": literal += "\\r"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
