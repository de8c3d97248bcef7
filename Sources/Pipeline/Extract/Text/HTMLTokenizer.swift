/// Splits HTML into tags and text, forgiving as browsers are, in one pass and without recursion.
struct HTMLTokenizer {
    /// A piece of the page.
    enum Token {
        case start(name: String, attributes: [String: String], closesItself: Bool)
        case end(String)
        case text(String)
        /// Contents of `<style>`.
        case styleSheet(String)
    }

    private let bytes: [UInt8]
    private var index = 0

    /// Makes a tokenizer of UTF-8.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next piece, or nil at the end.
    ///
    /// Comments, declarations and scripts are passed over.
    mutating func next() -> Token? {
        while index < bytes.count {
            guard bytes[index] == 60 else { return .text(textRun()) }
            let after = index + 1 < bytes.count ? bytes[index + 1] : 0
            if after == 33 || after == 63 {
                skipDeclaration()
            } else if after == 47 {
                if let tag = endTag() { return tag }
            } else if isLetter(after) {
                return startTag()
            } else {
                // A lone "<" is text.
                index += 1
                return .text("<" + textRun())
            }
        }
        return nil
    }

    private mutating func textRun() -> String {
        let start = index
        while index < bytes.count, bytes[index] != 60 { index += 1 }
        return String(decoding: HTMLEntities.decode(bytes[start..<index]), as: UTF8.self)
    }

    private mutating func skipDeclaration() {
        if matches("<!--", at: index) {
            skip(past: "-->")
        } else if matches("<![cdata[", at: index) {
            index += 9
        } else {
            skip(past: ">")
        }
    }

    private mutating func skip(past end: String) {
        let wanted = Array(end.utf8)
        guard let found = ByteSearch.first(wanted, in: bytes[index...]) else {
            index = bytes.count
            return
        }
        index = found + wanted.count
    }

    private mutating func endTag() -> Token? {
        index += 2
        let name = self.name()
        while index < bytes.count, bytes[index] != 62 { index += 1 }
        index = min(index + 1, bytes.count)
        return name.isEmpty ? nil : .end(name)
    }

    private mutating func startTag() -> Token? {
        index += 1
        let name = self.name()
        var attributes: [String: String] = [:]
        var closesItself = false
        while index < bytes.count, bytes[index] != 62 {
            let byte = bytes[index]
            if byte == 47 {
                closesItself = true
                index += 1
            } else if isSpace(byte) {
                index += 1
            } else {
                closesItself = false
                let (key, value) = attribute()
                if attributes.count < 64, attributes[key] == nil { attributes[key] = value }
            }
        }
        index = min(index + 1, bytes.count)
        switch name {
        case "svg" where closesItself: return .text("")
        case "script", "textarea", "xmp", "iframe", "noembed", "noframes", "title", "svg":
            _ = rawText(until: name)
            return .text("")
        case "style": return .styleSheet(rawText(until: name))
        default: return .start(name: name, attributes: attributes, closesItself: closesItself)
        }
    }

    private mutating func rawText(until name: String) -> String {
        let start = index
        let end = Array("</\(name)".utf8)
        while index < bytes.count {
            if bytes[index] == 60, matches(end, at: index) { break }
            index += 1
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if index < bytes.count { _ = endTag() }
        return text
    }

    private mutating func name() -> String {
        var name: [UInt8] = []
        while index < bytes.count, !isSpace(bytes[index]), bytes[index] != 62, bytes[index] != 47 {
            if name.count < 40 { name.append(lowered(bytes[index])) }
            index += 1
        }
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func attribute() -> (String, String) {
        var key: [UInt8] = []
        while index < bytes.count, !isSpace(bytes[index]), bytes[index] != 61, bytes[index] != 62 {
            key.append(lowered(bytes[index]))
            index += 1
        }
        skipSpaces()
        let name = String(decoding: key, as: UTF8.self)
        guard index < bytes.count, bytes[index] == 61 else { return (name, "") }
        index += 1
        skipSpaces()
        guard index < bytes.count else { return (name, "") }
        let quote = bytes[index]
        let start: Int
        if quote == 34 || quote == 39 {
            index += 1
            start = index
            while index < bytes.count, bytes[index] != quote { index += 1 }
        } else {
            start = index
            while index < bytes.count, !isSpace(bytes[index]), bytes[index] != 62 { index += 1 }
        }
        let value = String(decoding: HTMLEntities.decode(bytes[start..<index]), as: UTF8.self)
        if quote == 34 || quote == 39 { index = min(index + 1, bytes.count) }
        return (name, value)
    }

    private mutating func skipSpaces() {
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    }

    private func matches(_ text: String, at start: Int) -> Bool { matches(Array(text.utf8), at: start) }

    private func matches(_ text: [UInt8], at start: Int) -> Bool {
        guard start + text.count <= bytes.count else { return false }
        for offset in text.indices where lowered(bytes[start + offset]) != text[offset] { return false }
        return true
    }

    private func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
    private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(lowered(byte)) }
    private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
