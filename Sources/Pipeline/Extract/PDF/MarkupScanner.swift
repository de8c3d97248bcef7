/// Reads the tags and texts of what Poppler calls XML, one after another.
///
/// It is no XML: elements overlap, and control characters stand in texts. Nothing here throws or traps;
/// what is not understood is skipped. One pass, linear time.
struct MarkupScanner {
    /// A tag or the text between two tags.
    enum Piece {
        /// `<name attributes>`.
        case open(Tag)
        /// `</name>`.
        case close(ArraySlice<UInt8>)
        /// Text with its character references not yet decoded.
        case text(ArraySlice<UInt8>)
    }

    /// An opening tag.
    struct Tag {
        /// Its name.
        let name: ArraySlice<UInt8>
        /// All that follows the name.
        let attributes: ArraySlice<UInt8>

        /// The value of an attribute as it stands in the file, without its quotes.
        func value(of attribute: StaticString) -> ArraySlice<UInt8>? {
            var i = attributes.startIndex
            while i < attributes.endIndex {
                // name="value"
                while i < attributes.endIndex, attributes[i] <= UInt8(ascii: " ") { i += 1 }
                let start = i
                while i < attributes.endIndex, attributes[i] != UInt8(ascii: "=") { i += 1 }
                let name = attributes[start..<i]
                i += 1
                guard i < attributes.endIndex else { return nil }
                let quote = attributes[i]
                guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
                let valueStart = i + 1
                i = valueStart
                while i < attributes.endIndex, attributes[i] != quote { i += 1 }
                guard i < attributes.endIndex else { return nil }
                if name.equals(attribute) { return attributes[valueStart..<i] }
                i += 1
            }
            return nil
        }

        /// The value of an attribute as a number; nil where there is none.
        func number(_ attribute: StaticString) -> Double? { value(of: attribute).flatMap(MarkupScanner.number) }

        /// The value of an attribute as a small whole number; nil where there is none.
        func index(_ attribute: StaticString) -> Int? {
            number(attribute).flatMap { (0...1_000_000).contains($0) ? Int($0) : nil }
        }
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next piece; nil at the end.
    mutating func next() -> Piece? {
        guard position < bytes.count else { return nil }
        guard bytes[position] == UInt8(ascii: "<") else {
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
            return .text(bytes[start..<position])
        }
        let start = position + 1
        var end = start
        var quote: UInt8?
        while end < bytes.count {
            let byte = bytes[end]
            if let open = quote {
                // Poppler writes no line breaks into tags: a quote left open must not swallow the rest.
                if byte == open || byte == UInt8(ascii: "\n") { quote = nil }
            } else if byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            end += 1
        }
        position = min(end + 1, bytes.count)
        var inner = bytes[start..<min(end, bytes.count)]
        if inner.first == UInt8(ascii: "/") { return .close(inner.dropFirst()) }
        if inner.last == UInt8(ascii: "/") { inner.removeLast() }
        let nameEnd = inner.firstIndex { $0 <= UInt8(ascii: " ") } ?? inner.endIndex
        return .open(Tag(name: inner[..<nameEnd], attributes: inner[nameEnd...]))
    }

    /// A decimal number such as `-12.50`; nil for anything else, also for more digits than a page could need.
    static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
        var value = 0.0
        var scale = 0.0
        var negative = false
        var digits = 0
        for (i, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where i == 0: negative = true
            case UInt8(ascii: ".") where scale == 0: scale = 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                value = value * 10 + Double(byte - UInt8(ascii: "0"))
                if scale > 0 { scale *= 10 }
            default: return nil
            }
        }
        guard digits > 0, digits < 30 else { return nil }
        return (negative ? -value : value) / max(1, scale)
    }

    /// Text with `&amp;`, `&#65;`, `&#x41;` and the like decoded; an unknown reference stays as it stands.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var i = bytes.startIndex
        while i < bytes.endIndex {
            guard bytes[i] == UInt8(ascii: "&"),
                let end = bytes[i..<min(i + 12, bytes.endIndex)].firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(named: bytes[(i + 1)..<end])
            else {
                out.append(bytes[i])
                i += 1
                continue
            }
            out.append(contentsOf: String(Character(scalar)).utf8)
            i = end + 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func scalar(named name: ArraySlice<UInt8>) -> Unicode.Scalar? {
        if name.equals("amp") { return "&" }
        if name.equals("lt") { return "<" }
        if name.equals("gt") { return ">" }
        if name.equals("quot") { return "\"" }
        if name.equals("apos") { return "'" }
        guard name.first == UInt8(ascii: "#") else { return nil }
        let digits = name.dropFirst()
        let isHex = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
        let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
        return UInt32(text, radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init)
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes are those of an ASCII name.
    func equals(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        return unsafe withUnsafeBufferPointer { bytes in
            let wanted = unsafe UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
            return unsafe bytes.elementsEqual(wanted)
        }
    }
}

extension Collection where Element == UInt8 {
    /// Whether the bytes of another collection stand in this one, one after the other.
    func containsBytes(_ other: some Collection<UInt8>) -> Bool {
        guard let first = other.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: other) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
