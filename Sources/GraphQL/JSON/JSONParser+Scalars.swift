extension JSONParser.Reader {
    // MARK: Strings

    /// Reads the string that starts at the next byte.
    mutating func string() throws(GraphQLError) -> String {
        let start = position + 1
        position = start
        try skipPlain()
        if next == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<position - 1], as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while next == UInt8(ascii: "\\") {
            try appendEscape(to: &text)
            let plain = position
            try skipPlain()
            text.append(contentsOf: bytes[plain..<position])
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    /// Goes to the next quote or backslash.
    private mutating func skipPlain() throws(GraphQLError) {
        position = endOfPlain(from: position)
        guard let byte = next else { throw failure("a string does not end", at: position) }
        if byte < 0x20 { throw failure("a control character stands in a string unescaped", at: position) }
    }

    private func endOfPlain(from start: Int) -> Int {
        let span = bytes.span
        var end = start
        while end < span.count, span[end] >= 0x20, span[end] != UInt8(ascii: "\""), span[end] != UInt8(ascii: "\\") {
            end += 1
        }
        return end
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(GraphQLError) {
        let start = position
        position += 1
        guard let byte = next else { throw failure("a string does not end", at: position) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = escapedScalar(), let utf8 = UTF8.encode(scalar) else {
                throw failure("an escape stands for no character", at: start)
            }
            text.append(contentsOf: utf8)
        default: throw failure("an escape is unknown", at: start)
        }
    }

    /// Reads the digits after `\u`, and after the `\u` that follows a leading surrogate; nil for none.
    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let leading = hexCode() else { return nil }
        if let scalar = Unicode.Scalar(leading) { return scalar }
        guard leading < 0xDC00, next == UInt8(ascii: "\\") else { return nil }
        position += 1
        guard next == UInt8(ascii: "u") else { return nil }
        position += 1
        guard let trailing = hexCode(), (0xDC00...0xDFFF).contains(trailing) else { return nil }
        return Unicode.Scalar(0x10000 + ((leading - 0xD800) << 10) + (trailing - 0xDC00))
    }

    /// Reads four hexadecimal digits.
    private mutating func hexCode() -> UInt32? {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next?.hexDigit else { return nil }
            code = code << 4 | digit
            position += 1
        }
        return code
    }

    // MARK: Numbers

    /// Reads the number that starts at the next byte.
    mutating func number() throws(GraphQLError) -> Value {
        let start = position
        var isWhole = true
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if next == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try skipDigits()
        }
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let int = Int(text) { return .int(int) }
        guard let double = Double(text), double.isFinite else {
            throw failure("a number is too large", at: start)
        }
        return .float(double)
    }

    private mutating func skipDigits() throws(GraphQLError) {
        guard next?.isDigit == true else { throw unexpected("a digit") }
        while next?.isDigit == true { position += 1 }
    }
}
