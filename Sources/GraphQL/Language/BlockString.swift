/// The rules of block strings: what a raw one stands for, and how a value is written as one.
///
/// - Source: GraphQL September 2025, §2.9.4 String Value, BlockStringValue().
enum BlockString {
    /// The value of what stands between the triple quotes, which is well-formed UTF-8: common indentation and blank
    /// outer lines taken out.
    static func value(ofRaw raw: ArraySlice<UInt8>) -> String {
        let text = unescaped(raw)
        var indentation = Int.max
        var firstLine: Int?
        var lastLine = 0
        var line = 0
        forEachLine(of: text) { range in
            let indent = whiteSpace(leading: range, of: text)
            if indent < range.count {
                if firstLine == nil { firstLine = line }
                lastLine = line
                if line > 0 { indentation = min(indentation, indent) }
            }
            line += 1
        }
        guard let firstLine else { return "" }
        var value: [UInt8] = []
        value.reserveCapacity(text.count)
        line = 0
        forEachLine(of: text) { range in
            if (firstLine...lastLine).contains(line) {
                if line > firstLine { value.append(0x0A) }
                let removed = line == 0 ? 0 : min(indentation, range.count)
                value.append(contentsOf: text[range.lowerBound + removed..<range.upperBound])
            }
            line += 1
        }
        return String(decoding: value, as: UTF8.self)
    }

    /// With `\"""` as `"""`, and every line terminator as LF.
    private static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var position = raw.startIndex
        while position < raw.endIndex {
            let byte = raw[position]
            position += 1
            switch byte {
            case 0x0D:
                text.append(0x0A)
                if position < raw.endIndex, raw[position] == 0x0A { position += 1 }
            case UInt8(ascii: "\\") where raw[position...].starts(with: tripleQuote):
                text.append(contentsOf: tripleQuote)
                position += 3
            default:
                text.append(byte)
            }
        }
        return text
    }

    private static let tripleQuote = Array("\"\"\"".utf8)

    private static func forEachLine(of text: [UInt8], _ body: (Range<Int>) -> Void) {
        var start = 0
        for position in text.indices where text[position] == 0x0A {
            body(start..<position)
            start = position + 1
        }
        body(start..<text.count)
    }

    private static func whiteSpace(leading range: Range<Int>, of text: [UInt8]) -> Int {
        var end = range.lowerBound
        while end < range.upperBound, text[end] == 0x20 || text[end] == 0x09 { end += 1 }
        return end - range.lowerBound
    }
}
