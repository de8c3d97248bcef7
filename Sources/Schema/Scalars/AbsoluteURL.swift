/// Tells absolute URLs from other texts.
///
/// - Source: RFC 3986, §3 and §4.3.
enum AbsoluteURL {
    /// Whether `text` has a scheme, something after it, and none but the characters that a URI may have.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 2048, let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 1 < bytes.count else {
            return false
        }
        let scheme = bytes[..<colon]
        guard let first = scheme.first, isLetter(first), scheme.allSatisfy({ isLetter($0) || isSchemeSign($0) }) else {
            return false
        }
        var index = colon + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2]) else {
                    return false
                }
                index += 3
            } else {
                guard isLetter(bytes[index]) || others.contains(bytes[index]) else { return false }
                index += 1
            }
        }
        return hasHostWhereNeeded(bytes[(colon + 1)...])
    }

    /// With `//` an authority follows, which is not empty but in `file` URLs, which nobody can fetch from here.
    private static func hasHostWhereNeeded(_ rest: ArraySlice<UInt8>) -> Bool {
        guard rest.starts(with: "//".utf8) else { return true }
        let host = rest.dropFirst(2).first
        return host != nil && !"/?#:".utf8.contains(host ?? 0)
    }

    private static let others = Set("0123456789-._~:/?#[]@!$&'()*+,;=".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isSchemeSign(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
    }
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
