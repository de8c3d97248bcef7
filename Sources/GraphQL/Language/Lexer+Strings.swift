extension Lexer {
    /// Reads the string or block string that starts at `start`, and checks its escapes.
    ///
    /// - Source: GraphQL September 2025, §2.9.4 String Value.
    func string(at start: Int) throws(GraphQLError) -> Token {
        let bytes = source.bytes.span
        if isQuote(at: start + 1), isQuote(at: start + 2) { return try blockString(at: start) }
        var end = start + 1
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                return Token(kind: .string, start: start, end: end + 1)
            case UInt8(ascii: "\\"):
                guard let escape = escape(at: end) else { throw invalidEscape(at: end) }
                end += escape.length
            case 0x0A, 0x0D:
                throw failure("Unterminated string.", at: end)
            default:
                end += 1
            }
        }
        throw failure("Unterminated string.", at: end)
    }

    private func blockString(at start: Int) throws(GraphQLError) -> Token {
        let bytes = source.bytes.span
        var end = start + 3
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\"") where isQuote(at: end + 1) && isQuote(at: end + 2):
                return Token(kind: .blockString, start: start, end: end + 3)
            case UInt8(ascii: "\\") where isQuote(at: end + 1) && isQuote(at: end + 2) && isQuote(at: end + 3):
                end += 4
            default:
                end += 1
            }
        }
        throw failure("Unterminated string.", at: end)
    }

    /// What a token stands for: a string's value, else its text.
    func value(of token: Token) -> String {
        switch token.kind {
        case .string: stringValue(of: token.start + 1..<token.end - 1)
        case .blockString: BlockString.value(ofRaw: source.bytes[token.start + 3..<token.end - 3])
        default: text(token.start..<token.end)
        }
    }

    /// The value of what stands between the quotes, whose escapes are known to be good.
    private func stringValue(of range: Range<Int>) -> String {
        let bytes = source.bytes
        guard bytes[range].contains(UInt8(ascii: "\\")) else { return text(range) }
        var value: [UInt8] = []
        value.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            if bytes[position] == UInt8(ascii: "\\"), let escape = escape(at: position) {
                value.append(contentsOf: UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter)
                position += escape.length
            } else {
                value.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: value, as: UTF8.self)
    }

    private func isQuote(at offset: Int) -> Bool {
        byte(at: offset) == UInt8(ascii: "\"")
    }

    // MARK: Escapes

    /// The scalar that the escape sequence at `offset` stands for, and its length in bytes; nil for none.
    private func escape(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        switch byte(at: offset + 1) {
        case UInt8(ascii: "\""): ("\"", 2)
        case UInt8(ascii: "\\"): ("\\", 2)
        case UInt8(ascii: "/"): ("/", 2)
        case UInt8(ascii: "b"): ("\u{8}", 2)
        case UInt8(ascii: "f"): ("\u{C}", 2)
        case UInt8(ascii: "n"): ("\n", 2)
        case UInt8(ascii: "r"): ("\r", 2)
        case UInt8(ascii: "t"): ("\t", 2)
        case UInt8(ascii: "u"):
            byte(at: offset + 2) == UInt8(ascii: "{") ? bracedEscape(at: offset) : fixedEscape(at: offset)
        default: nil
        }
    }

    /// `\u{1F600}`, of one to eight digits.
    private func bracedEscape(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        var point: UInt32 = 0
        for length in 3..<12 {
            guard let byte = byte(at: offset + length) else { return nil }
            if byte == UInt8(ascii: "}") {
                guard length > 3, let scalar = Unicode.Scalar(point) else { return nil }
                return (scalar, length + 1)
            }
            guard let digit = byte.hexDigit else { return nil }
            point = point << 4 | digit
        }
        return nil
    }

    /// `\u00E9`, or two of them that make a surrogate pair.
    private func fixedEscape(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        guard let leading = hexCode(at: offset + 2) else { return nil }
        if let scalar = Unicode.Scalar(leading) { return (scalar, 6) }
        guard leading < 0xDC00, byte(at: offset + 6) == UInt8(ascii: "\\"), byte(at: offset + 7) == UInt8(ascii: "u"),
            let trailing = hexCode(at: offset + 8), (0xDC00...0xDFFF).contains(trailing),
            let scalar = Unicode.Scalar(0x10000 + ((leading - 0xD800) << 10) + (trailing - 0xDC00))
        else { return nil }
        return (scalar, 12)
    }

    /// The number of four hexadecimal digits.
    private func hexCode(at offset: Int) -> UInt32? {
        var code: UInt32 = 0
        for place in offset..<offset + 4 {
            guard let digit = byte(at: place)?.hexDigit else { return nil }
            code = code << 4 | digit
        }
        return code
    }

    private func invalidEscape(at offset: Int) -> GraphQLError {
        guard byte(at: offset + 1) == UInt8(ascii: "u") else {
            return failure("Invalid character escape sequence: '\(text(from: offset, scalars: 2))'.", at: offset)
        }
        var scalars = 6
        if byte(at: offset + 2) == UInt8(ascii: "{") {
            // Up to and with the first character that cannot be part of the sequence.
            scalars = 3
            while scalars < 12, let byte = byte(at: offset + scalars) {
                scalars += 1
                if byte.hexDigit == nil { break }
            }
        }
        return failure("Invalid Unicode escape sequence: '\(text(from: offset, scalars: scalars))'.", at: offset)
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit, of either case.
    var hexDigit: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
        default: nil
        }
    }
}
