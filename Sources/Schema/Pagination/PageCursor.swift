/// A place in an order: the sort key and the identifier of the row that stands, or stood, there.
///
/// It names no row number, so it stays right when rows are added, removed or moved.
public struct PageCursor: Hashable, Sendable {
    /// What rows are sorted by.
    public enum Key: Hashable, Sendable {
        case time(Timestamp)
        case text(String)
        /// No two rows have the same.
        case number(Int64)
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
            bytes += Self.bytes(time.milliseconds)
        case .number(let number):
            bytes.append(UInt8(ascii: "i"))
            bytes += Self.bytes(number)
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
            guard let milliseconds = Self.integer(rest) else { return nil }
            key = .time(Timestamp(milliseconds: milliseconds))
        case UInt8(ascii: "i"):
            guard let number = Self.integer(rest) else { return nil }
            key = .number(number)
        case UInt8(ascii: "s"):
            guard let text = String(validating: rest, as: UTF8.self) else { return nil }
            key = .text(text)
        default: return nil
        }
        order = Character(Unicode.Scalar(bytes[0]))
        self.id = id
    }

    /// Eight, the most significant first.
    private static func bytes(_ integer: Int64) -> [UInt8] {
        let pattern = UInt64(bitPattern: integer)
        return stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: pattern >> UInt64($0)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard bytes.count == 8 else { return nil }
        return Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }
}
