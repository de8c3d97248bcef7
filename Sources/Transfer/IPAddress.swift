internal import CCurl
internal import Glibc

/// An address of the internet protocol, version 4 or 6.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes, the most significant first.
    public let bytes: [UInt8]

    /// Makes an address of 4 or 16 bytes.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == 4 || bytes.count == 16, "an address has 4 or 16 bytes")
        self.bytes = bytes
    }

    /// Reads an address in the usual notation, a version 6 one with or without brackets.
    ///
    /// - Parameter text: Such as `192.0.2.1` or `2001:db8::1`. Short, octal and hexadecimal forms of version 4 are refused.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(bytes: Array(bytes.prefix(4)))
        } else if unsafe inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(bytes: bytes)
        } else {
            return nil
        }
    }

    /// Reads the address out of a socket's address; nil for other families.
    @unsafe init?(_ socket: UnsafePointer<sockaddr>) {
        switch Int32(unsafe socket.pointee.sa_family) {
        case AF_INET:
            let address = unsafe UnsafeRawPointer(socket).loadUnaligned(as: sockaddr_in.self)
            self.init(bytes: unsafe withUnsafeBytes(of: address.sin_addr) { unsafe Array($0) })
        case AF_INET6:
            let address = unsafe UnsafeRawPointer(socket).loadUnaligned(as: sockaddr_in6.self)
            self.init(bytes: unsafe withUnsafeBytes(of: address.sin6_addr) { unsafe Array($0) })
        default: return nil
        }
    }

    /// The usual notation.
    public var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }

    /// Whether it is an ordinary address of the public internet.
    ///
    /// Of version 6 only global unicast is, so that no address of version 4 is reached under another form (mapped,
    /// compatible, 6to4, Teredo, NAT64).
    public var isPublic: Bool {
        if bytes.count == 4 { return !AddressBlock.specialVersion4.contains { $0.contains(self) } }
        return AddressBlock.globalUnicast.contains { $0.contains(self) }
            && !AddressBlock.specialGlobalUnicast.contains { $0.contains(self) }
    }
}

/// All addresses that share their first bits.
///
/// - Source: RFC 4632, §3.1; RFC 4291, §2.3.
public struct AddressBlock: Sendable, Hashable, CustomStringConvertible {
    /// Any address of the block.
    public let address: IPAddress
    /// How many bits they share.
    public let prefixLength: Int

    /// The block of the addresses that share so many bits with `address`.
    public init?(_ address: IPAddress, prefixLength: Int) {
        guard (0...address.bytes.count * 8).contains(prefixLength) else { return nil }
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Reads `ADDRESS/LENGTH`, or one address alone.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let address = IPAddress(first) else { return nil }
        guard parts.count == 2 else {
            self.init(address, prefixLength: address.bytes.count * 8)
            return
        }
        guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1]) else { return nil }
        self.init(address, prefixLength: length)
    }

    /// `ADDRESS/LENGTH`.
    public var description: String { "\(address)/\(prefixLength)" }

    /// Whether an address is in the block; one of the other version never is.
    public func contains(_ other: IPAddress) -> Bool {
        let (own, others) = (address.bytes, other.bytes)
        guard own.count == others.count else { return false }
        for place in own.indices {
            let bits = min(8, max(0, prefixLength - 8 * place))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            if own[place] & mask != others[place] & mask { return false }
        }
        return true
    }

    private static func blocks(_ texts: [String]) -> [AddressBlock] { texts.compactMap { AddressBlock($0) } }

    /// What is no address of an ordinary host.
    ///
    /// - Source: IANA IPv4 Special-Purpose Address Registry. The last one, though public, is Azure's own service for hosts.
    static let specialVersion4 = blocks([
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    ])

    /// - Source: RFC 4291, §2.4, as IANA assigns it.
    static let globalUnicast = blocks(["2000::/3"])

    /// What of global unicast is no address of an ordinary host: protocol assignments with Teredo, documentation, 6to4.
    ///
    /// - Source: IANA IPv6 Special-Purpose Address Registry.
    static let specialGlobalUnicast = blocks(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"])
}
