internal import Foundation

/// An address of IPv4 or IPv6, as 128 bits: IPv4 stands in `::ffff:0:0/96`.
///
/// - Source: RFC 4291, §2.5.5.2.
struct NetworkAddress: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Parameter text: Numeric, without a port; a zone is left out. Nil for what is none.
    init?(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            let address = UInt32(bigEndian: four.s_addr)
            bytes =
                [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
                + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address >> $0) }
            return
        }
        var six = [UInt8](repeating: 0, count: 16)
        guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        bytes = six
    }

    /// Whether it is one of IPv4, in either form.
    var isIPv4: Bool { bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] }

    /// What counts as one client: an address of IPv4; of IPv6 the 64 bits that one subscriber has at least.
    var client: String {
        if isIPv4 { return bytes.suffix(4).map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}

/// A range of addresses.
///
/// - Source: RFC 4632, §3.1.
struct NetworkRange: Equatable, Sendable {
    private let start: NetworkAddress
    private let bits: Int

    /// - Parameter text: Such as `10.0.0.0/8`, `fd00::/8`, or one address; nil for what is none.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let start = NetworkAddress(String(first)) else { return nil }
        let width = start.isIPv4 && !first.contains(":") ? 32 : 128
        var bits = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given) else { return nil }
            bits = given
        }
        self.start = start
        self.bits = 128 - width + bits
    }

    func contains(_ address: NetworkAddress) -> Bool {
        for place in 0..<16 {
            let left = min(8, max(0, bits - place * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> left)
            if (start.bytes[place] ^ address.bytes[place]) & mask != 0 { return false }
        }
        return true
    }
}

/// Whose word is taken for where a request came from.
struct TrustedProxies: Equatable, Sendable {
    var ranges: [NetworkRange] = []

    /// What counts as one client.
    ///
    /// - Parameter request: Of its peer; where that is a trusted proxy, the last in `X-Forwarded-For` that is none.
    /// - Returns: Such as `192.0.2.1` or `2001:db8:0:0::/64`.
    func client(of request: HTTPRequest) -> String {
        // Of IPv4 the host writes addresses as clients are written.
        if ranges.isEmpty, !request.remoteAddress.utf8.contains(UInt8(ascii: ":")) { return request.remoteAddress }
        guard var address = NetworkAddress(request.remoteAddress) else { return request.remoteAddress }
        guard !ranges.isEmpty else { return address.client }
        // Each proxy adds the one that it was asked by at the end: what stands before the first stranger may be invented.
        var hops = request.fields.values("X-Forwarded-For").flatMap { $0.split(separator: ",") }
        while ranges.contains(where: { $0.contains(address) }), let hop = hops.popLast() {
            guard let next = NetworkAddress(hop.trimmingCharacters(in: .whitespaces)) else { break }
            address = next
        }
        return address.client
    }
}
