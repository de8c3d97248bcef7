/// A place in an order: the sort key and the identifier of the row that stands, or stood, there.
///
/// It names no row number, so it stays right when rows are added, removed or moved.
public struct PageCursor: Hashable, Sendable {
    /// What rows are sorted by.
    public enum Key: Hashable, Sendable {
        case time(Timestamp)
        case text(String)
    }

    /// Names the order by an ASCII letter: a cursor of one order means nothing in another.
    public let order: Character
    /// What rows are sorted by.
    public let key: Key
    /// Tells rows with equal keys apart.
    public let id: ObjectID

    /// Each parameter is the property of its name.
    public init(order: Character, key: Key, id: ObjectID) {
        self.order = order
        self.key = key
        self.id = id
    }

    /// As clients see it, who make nothing of it.
    public var text: String {
        var bytes = Array(String(order).utf8)
        bytes += id.bytes
        switch key {
        case .time(let time):
            bytes.append(UInt8(ascii: "t"))
            let pattern = UInt64(bitPattern: time.milliseconds)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: pattern >> UInt64(shift)))
            }
        case .text(let text):
            bytes.append(UInt8(ascii: "s"))
            bytes += text.utf8
        }
        return Base64URL.encode(bytes)
    }

    /// - Parameter text: As a client sent it; nil for what no cursor looks like.
    public init?(_ text: String) {
        guard text.utf8.count <= 1000, let bytes = Base64URL.decode(text), bytes.count >= 14, bytes[0] < 0x80,
            let id = ObjectID(bytes: bytes[1..<13])
        else { return nil }
        let rest = bytes[14...]
        switch bytes[13] {
        case UInt8(ascii: "t"):
            guard rest.count == 8 else { return nil }
            let pattern = rest.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            key = .time(Timestamp(milliseconds: Int64(bitPattern: pattern)))
        case UInt8(ascii: "s"):
            guard let text = String(validating: rest, as: UTF8.self), !text.utf8.contains(0) else { return nil }
            key = .text(text)
        default: return nil
        }
        order = Character(Unicode.Scalar(bytes[0]))
        self.id = id
    }
}
