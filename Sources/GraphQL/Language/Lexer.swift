/// Cuts a document into tokens, one at a time.
///
/// It works on the bytes of a source already known to be well-formed UTF-8. Cost: one pass over the bytes.
///
/// - Source: GraphQL September 2025, §2.1 Source Text.
struct Lexer {
    let source: Source
    /// Of the first byte not yet read.
    private(set) var position = 0

    init(_ source: Source) {
        self.source = source
    }

    /// Reads the next token, past white space, commas and comments.
    ///
    /// At the end of the source it is the end-of-file token, again and again.
    mutating func next() throws(GraphQLError) -> Token {
        let token = try token(from: position)
        position = token.end
        return token
    }

    /// What ``next()`` would read.
    func peeked() throws(GraphQLError) -> Token {
        try token(from: position)
    }

    private func token(from position: Int) throws(GraphQLError) -> Token {
        let bytes = source.bytes.span
        var start = position
        while start < bytes.count {
            let byte = bytes[start]
            let kind: TokenKind
            switch byte {
            case 0x20, 0x2C, 0x0A, 0x0D, 0x09:
                start += 1
                continue
            case UInt8(ascii: "#"):
                start += 1
                while start < bytes.count, bytes[start] != 0x0A, bytes[start] != 0x0D { start += 1 }
                continue
            case 0xEF where start + 2 < bytes.count && bytes[start + 1] == 0xBB && bytes[start + 2] == 0xBF:
                start += 3  // The byte order mark.
                continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                var end = start + 1
                while end < bytes.count, bytes[end].isNameContinue { end += 1 }
                return Token(kind: .name, start: start, end: end)
            case UInt8(ascii: "{"): kind = .leftBrace
            case UInt8(ascii: "}"): kind = .rightBrace
            case UInt8(ascii: "("): kind = .leftParenthesis
            case UInt8(ascii: ")"): kind = .rightParenthesis
            case UInt8(ascii: ":"): kind = .colon
            case UInt8(ascii: "$"): kind = .dollar
            case UInt8(ascii: "!"): kind = .bang
            case UInt8(ascii: "["): kind = .leftBracket
            case UInt8(ascii: "]"): kind = .rightBracket
            case UInt8(ascii: "="): kind = .equals
            case UInt8(ascii: "@"): kind = .at
            case UInt8(ascii: "|"): kind = .pipe
            case UInt8(ascii: "&"): kind = .ampersand
            case UInt8(ascii: "\""): return try string(at: start)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(at: start)
            case UInt8(ascii: ".")
            where start + 2 < bytes.count && bytes[start + 1] == byte && bytes[start + 2] == byte:
                return Token(kind: .spread, start: start, end: start + 3)
            default: throw unexpectedCharacter(at: start)
            }
            return Token(kind: kind, start: start, end: start + 1)
        }
        return Token(kind: .endOfFile, start: bytes.count, end: bytes.count)
    }

    /// The byte at `offset`; nil past the end.
    func byte(at offset: Int) -> UInt8? {
        offset < source.bytes.count ? source.bytes[offset] : nil
    }

    func failure(_ description: String, at offset: Int) -> GraphQLError {
        .syntax(description, in: source, at: offset)
    }

    private func unexpectedCharacter(at offset: Int) -> GraphQLError {
        switch byte(at: offset) {
        case UInt8(ascii: "'"):
            return failure(
                "Unexpected single quote character ('), did you mean to use a double quote (\")?",
                at: offset
            )
        case UInt8(ascii: ".") where byte(at: offset + 1) == UInt8(ascii: "."):
            return failure(#"Unexpected '..', did you mean '...'?"#, at: offset)
        case UInt8(ascii: ".") where byte(at: offset + 1)?.isDigit == true:
            let digits = excerpt(offset + 1..<endOfDigits(from: offset + 1))
            return failure(#"Invalid number, expected digit before '.', did you mean '0.\#(digits)'?"#, at: offset)
        default:
            return failure("Unexpected character: \(printedCharacter(at: offset)).", at: offset)
        }
    }

    /// The character at `offset` as messages show it: in quotes, or by its number.
    func printedCharacter(at offset: Int) -> String {
        guard let byte = byte(at: offset) else { return TokenKind.endOfFile.description }
        if byte == UInt8(ascii: "\"") { return #"'"'"# }
        let character = text(from: offset, scalars: 1)
        if (0x20...0x7E).contains(byte) { return "'\(character)'" }
        let digits = String(character.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The next scalars of the source from `offset` on; fewer at its end.
    func text(from offset: Int, scalars: Int) -> String {
        var end = offset
        for _ in 0..<scalars {
            guard end < source.bytes.count else { break }
            end += 1
            while let byte = byte(at: end), byte & 0xC0 == 0x80 { end += 1 }
        }
        return text(offset..<end)
    }

    /// The source's text in `range`.
    func text(_ range: Range<Int>) -> String {
        String(decoding: source.bytes[range], as: UTF8.self)
    }

    /// The source's text in `range`, cut where it is too long for a message.
    func excerpt(_ range: Range<Int>) -> String {
        Self.cut(text(range.lowerBound..<min(range.upperBound, range.lowerBound + 1024)))
    }

    /// `text`, cut where it is too long for a message.
    ///
    /// A stranger's document would otherwise come back in full, and perhaps into a log.
    static func cut(_ text: String) -> String {
        let longest = 200
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: longest, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}

extension UInt8 {
    /// `0`–`9`.
    var isDigit: Bool { self &- 0x30 < 10 }

    /// `_`, `A`–`Z`, `a`–`z`.
    var isNameStart: Bool { isNameContinue && !isDigit }

    /// `_`, `A`–`Z`, `a`–`z`, `0`–`9`.
    var isNameContinue: Bool {
        // One bit for each of the 128 ASCII characters.
        let members: UInt64 = self < 64 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
        return self < 128 && (members >> UInt64(self & 63)) & 1 == 1
    }
}
