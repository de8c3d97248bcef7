/// A word of a text, folded for comparison, with its place.
struct WordToken: Equatable {
    /// Lower-cased letters and digits.
    var folded: String
    /// Where the word stands, in scalars of the text.
    var range: Range<Int>

    /// The words of the stretch `range` of a text, in order: runs of letters, marks and digits; each ideograph by itself.
    static func words(in scalars: [Unicode.Scalar], range: Range<Int>) -> [WordToken] {
        var words: [WordToken] = []
        var start = range.lowerBound
        var current = ""
        func isWord(_ scalar: Unicode.Scalar) -> Bool {
            if scalar.isASCII {
                let value = scalar.value
                return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
            }
            let properties = scalar.properties
            return properties.isAlphabetic || properties.numericType != nil
                || properties.generalCategory == .nonspacingMark
        }
        func flush(at end: Int) {
            if !current.isEmpty { words.append(WordToken(folded: current, range: start..<end)) }
            current = ""
        }
        for index in range {
            let scalar = scalars[index]
            guard isWord(scalar) else {
                flush(at: index)
                continue
            }
            if scalar.isIdeograph {
                flush(at: index)
                words.append(WordToken(folded: String(scalar), range: index..<index + 1))
                continue
            }
            if current.isEmpty { start = index }
            if scalar.isASCII {
                let lower = (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
                current.unicodeScalars.append(lower)
            } else {
                current += scalar.properties.lowercaseMapping
            }
        }
        flush(at: range.upperBound)
        return words
    }
}

extension Unicode.Scalar {
    /// Unicode's property White_Space, whose table need not be asked of ASCII.
    var isWhitespace: Bool {
        value < 0x80 ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
    }

    /// Whether the scalar is a CJK ideograph, written without spaces between words.
    var isIdeograph: Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0x20000...0x3134F).contains(value)
    }
}
