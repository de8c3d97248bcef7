extension Lexer {
    /// Reads the number that starts at `start`.
    ///
    /// - Source: GraphQL September 2025, §2.9.1 Int Value and §2.9.2 Float Value.
    func number(at start: Int) throws(GraphQLError) -> Token {
        var kind = TokenKind.int
        var end = start
        if byte(at: end) == UInt8(ascii: "-") { end += 1 }
        if byte(at: end) == UInt8(ascii: "0") {
            end += 1
            if byte(at: end)?.isDigit == true {
                throw failure("Invalid number, unexpected digit after 0: \(printedCharacter(at: end)).", at: end)
            }
        } else {
            end = try digits(at: end)
        }
        if byte(at: end) == UInt8(ascii: ".") {
            kind = .float
            end = try digits(at: end + 1)
        }
        if let byte = byte(at: end), byte | 0x20 == UInt8(ascii: "e") {
            kind = .float
            end += 1
            if let sign = self.byte(at: end), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { end += 1 }
            end = try digits(at: end)
        }
        if let byte = byte(at: end), byte == UInt8(ascii: ".") || byte.isNameStart {
            throw failure("Invalid number, expected digit but got: \(printedCharacter(at: end)).", at: end)
        }
        return Token(kind: kind, start: start, end: end)
    }

    /// The end of the one or more digits at `start`.
    private func digits(at start: Int) throws(GraphQLError) -> Int {
        guard byte(at: start)?.isDigit == true else {
            throw failure("Invalid number, expected digit but got: \(printedCharacter(at: start)).", at: start)
        }
        return endOfDigits(from: start)
    }

    /// The end of the digits at `start`, perhaps none.
    func endOfDigits(from start: Int) -> Int {
        let bytes = source.bytes.span
        var end = start
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        return end
    }
}
