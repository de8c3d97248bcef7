/// Decodes `application/x-www-form-urlencoded`, as queries of URLs are written.
///
/// - Source: URL Standard, §5.1.
enum URLQuery {
    /// Names and values, in order.
    ///
    /// `+` is a space; what is no percent-encoded byte stands as it is.
    static func parse(_ text: String) -> [(name: String, value: [UInt8])] {
        text.utf8.split(separator: UInt8(ascii: "&")).map { part in
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (String(decoding: decode(pair[0]), as: UTF8.self), pair.count > 1 ? decode(pair[1]) : [])
        }
    }

    private static func decode(_ text: some Collection<UInt8>) -> [UInt8] {
        let text = Array(text)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "+"):
                decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                if index + 2 < text.count, let high = digit(text[index + 1]), let low = digit(text[index + 2]) {
                    decoded.append(high << 4 | low)
                    index += 2
                } else {
                    decoded.append(text[index])
                }
            default:
                decoded.append(text[index])
            }
            index += 1
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
