/// An e-mail address, compared without regard to case.
///
/// - Source: RFC 5321, §4.1.2, without quoted local parts and address literals, which no provider gives out.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// As it was given.
    public let description: String

    /// - Parameter text: Nil for what is no address.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].count) else { return nil }
        let local = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard local.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isAtomText) }) else { return nil }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // One label alone is allowed: shortlist@localhost is where mail of a machine of one's own comes from.
        guard labels.allSatisfy(Self.isLabel) else { return nil }
        description = text
    }

    /// By which addresses are compared: in lower case, but for letters beyond ASCII that would turn into ASCII ones.
    ///
    /// Those are U+212A, the sign of the kelvin, and U+0130, İ; k and i are letters of other people's addresses.
    public var key: String {
        description.unicodeScalars.reduce(into: "") { key, scalar in
            let lower = scalar.properties.lowercaseMapping
            let isKept = !scalar.isASCII && lower.unicodeScalars.contains(where: \.isASCII)
            key += isKept ? String(scalar) : lower
        }
    }

    /// Without regard to case.
    public static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.key == right.key }

    /// Agrees with equality.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private static func isAtomText(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
