/// Reads JSON into a ``Value``, strictly, and no deeper than it is told to.
///
/// - A number of digits alone that fits is ``Value/int(_:)``; one with a fraction or an exponent, or one too large, is
///   ``Value/float(_:)``. A number beyond the largest double is an error.
/// - Of equal keys of an object the last one counts.
/// - A surrogate escaped without its partner is an error, since no Unicode text can hold it.
/// - Source: RFC 8259, with nothing beyond its grammar: no comments, no trailing commas, no byte order mark.
public struct JSONParser: Sendable {
    /// How many arrays and objects may stand in each other.
    public var maxDepth: Int

    /// - Parameter maxDepth: How many arrays and objects may stand in each other; it bounds the recursion.
    public init(maxDepth: Int = 64) {
        self.maxDepth = maxDepth
    }

    /// Reads one value.
    ///
    /// Cost: linear in the number of bytes.
    ///
    /// - Parameter bytes: The value in UTF-8, with nothing but white space around it.
    /// - Returns: Never an enum value.
    /// - Throws: ``GraphQLError`` with the code `BAD_USER_INPUT`, and the line and column in the JSON. Of JSON that is too
    ///   deep the extensions also give `limit`, `maximum` and `actual`: reading stops at the first level too many.
    public func parse(_ bytes: [UInt8]) throws(GraphQLError) -> Value {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw Reader.failure("invalid UTF-8", in: bytes, at: error.byteOffsets.lowerBound)
        }
        var reader = Reader(bytes: bytes, maxDepth: maxDepth)
        return try reader.document()
    }
}

extension JSONParser {
    /// Where the reading of one text has come to.
    struct Reader {
        let bytes: [UInt8]
        let maxDepth: Int
        /// Of the next byte.
        var position = 0
        private var depth = 0

        init(bytes: [UInt8], maxDepth: Int) {
            self.bytes = bytes
            self.maxDepth = maxDepth
        }

        mutating func document() throws(GraphQLError) -> Value {
            skipWhiteSpace()
            let value = try value()
            skipWhiteSpace()
            guard position == bytes.count else { throw unexpected("the end") }
            return value
        }

        private mutating func value() throws(GraphQLError) -> Value {
            switch next {
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "{"): return .object(try object())
            case UInt8(ascii: "["): return .list(try array())
            case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
            case UInt8(ascii: "t"): return try literal("true", .boolean(true))
            case UInt8(ascii: "f"): return try literal("false", .boolean(false))
            case UInt8(ascii: "n"): return try literal("null", .null)
            default: throw unexpected("a value")
            }
        }

        private mutating func array() throws(GraphQLError) -> [Value] {
            try enter()
            var items: [Value] = []
            if skip(UInt8(ascii: "]")) { return leave(items) }
            while true {
                items.append(try value())
                skipWhiteSpace()
                if skip(UInt8(ascii: "]")) { return leave(items) }
                guard skip(UInt8(ascii: ",")) else { throw unexpected("','", or: "']'") }
            }
        }

        private mutating func object() throws(GraphQLError) -> Value.Object {
            try enter()
            var object = Value.Object()
            if skip(UInt8(ascii: "}")) { return leave(object) }
            while true {
                guard next == UInt8(ascii: "\"") else { throw unexpected("a key") }
                let key = try string()
                skipWhiteSpace()
                guard skip(UInt8(ascii: ":")) else { throw unexpected("':'") }
                object[key] = try value()
                skipWhiteSpace()
                if skip(UInt8(ascii: "}")) { return leave(object) }
                guard skip(UInt8(ascii: ",")) else { throw unexpected("','", or: "'}'") }
            }
        }

        private mutating func literal(_ text: StaticString, _ value: Value) throws(GraphQLError) -> Value {
            let start = position
            for byte in text.description.utf8 {
                guard next == byte else {
                    position = start
                    throw unexpected("a value")
                }
                position += 1
            }
            return value
        }

        // MARK: Bytes

        /// Nil at the end.
        var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        /// Goes past `byte` and the white space after it, if it is the next one.
        private mutating func skip(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            position += 1
            skipWhiteSpace()
            return true
        }

        private mutating func skipWhiteSpace() {
            while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
        }

        // MARK: Limits and errors

        /// Goes past an opening bracket, one level deeper.
        private mutating func enter() throws(GraphQLError) {
            depth += 1
            guard depth <= maxDepth else {
                throw Self.failure(
                    "more than \(maxDepth) levels deep",
                    in: bytes,
                    at: position,
                    extensions: ["limit": .string("maxDepth"), "maximum": .int(maxDepth), "actual": .int(depth)]
                )
            }
            position += 1
            skipWhiteSpace()
        }

        private mutating func leave<Result>(_ result: Result) -> Result {
            depth -= 1
            return result
        }

        func unexpected(_ expected: String, or alternative: String? = nil) -> GraphQLError {
            let wanted = alternative.map { "\(expected) or \($0)" } ?? expected
            let found =
                next == nil ? "the end" : Lexer(Source(bytes: bytes)).printedCharacter(at: position)
            return failure("expected \(wanted), found \(found)", at: position)
        }

        func failure(_ reason: String, at offset: Int) -> GraphQLError {
            Self.failure(reason, in: bytes, at: offset)
        }

        static func failure(
            _ reason: String,
            in bytes: [UInt8],
            at offset: Int,
            extensions: Value.Object = [:]
        ) -> GraphQLError {
            var all: Value.Object = ["code": .string("BAD_USER_INPUT")]
            for entry in extensions.entries { all[entry.key] = entry.value }
            return GraphQLError(
                "Invalid JSON: \(reason).",
                locations: [Source(bytes: bytes).location(at: SourceOffset(clamping: offset))],
                extensions: all
            )
        }
    }
}
