internal import Synchronization

/// The 12 bytes that name a document in the store.
public struct ObjectID: Hashable, Sendable, Comparable {
    /// The first eight bytes, the first of them the most significant.
    public let high: UInt64
    /// The last four bytes likewise.
    public let low: UInt32

    /// - Parameter bytes: Twelve; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 12 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// - Parameter hexadecimal: 24 digits in either case; nil for anything else.
    public init?(_ hexadecimal: String) {
        let digits = hexadecimal.utf8
        guard digits.count == 24 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(12)
        var pending: UInt8?
        for digit in digits {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x41...0x46: value = digit - 0x41 + 10
            case 0x61...0x66: value = digit - 0x61 + 10
            default: return nil
            }
            if let high = pending {
                bytes.append(high << 4 | value)
                pending = nil
            } else {
                pending = value
            }
        }
        self.init(bytes: bytes)
    }

    /// - Parameters:
    ///   - high: The first eight bytes, the first of them the most significant.
    ///   - low: The last four bytes likewise.
    public init(high: UInt64, low: UInt32) {
        self.high = high
        self.low = low
    }

    /// A new one: four bytes of time, five that tell this process from others, three that count.
    ///
    /// - Parameter now: Its second is kept, so that identifiers grow with time.
    public init(at now: Timestamp) {
        let seconds = UInt64(truncatingIfNeeded: now.milliseconds / 1000) & 0xFFFF_FFFF
        let count = Self.counter.add(1, ordering: .relaxed).newValue
        high = seconds << 32 | Self.process >> 8
        low = UInt32(truncatingIfNeeded: Self.process & 0xFF) << 24 | (count & 0xFF_FFFF)
    }

    /// The next in the order; nil after the last.
    public var successor: ObjectID? {
        let (low, carries) = low.addingReportingOverflow(1)
        guard carries else { return ObjectID(high: high, low: low) }
        let (high, isLast) = high.addingReportingOverflow(1)
        return isLast ? nil : ObjectID(high: high, low: low)
    }

    private static let process = UInt64.random(in: 0..<(1 << 40))
    private static let counter = Atomic<UInt32>(.random(in: 0...UInt32.max))

    /// Comes before every other.
    public static let least = ObjectID(high: 0, low: 0)

    /// In the order of the wire.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64($0))) }
            + (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * UInt32($0))) }
    }

    /// The order that MongoDB sorts by: that of the bytes.
    public static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension ObjectID: CustomStringConvertible {
    /// 24 lower-case hexadecimal digits.
    public var description: String {
        unsafe String(unsafeUninitializedCapacity: Self.digitCount) { unsafe write(to: $0) }
    }

    static let digitCount = 24

    /// Writes the digits of ``description``.
    ///
    /// - Parameter text: With room for them.
    /// - Returns: How many there are.
    func write(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let room = UnsafeMutableRawBufferPointer(text)
        unsafe room.storeBytes(of: Self.digits(UInt32(truncatingIfNeeded: high >> 32)), as: UInt64.self)
        unsafe room.storeBytes(of: Self.digits(UInt32(truncatingIfNeeded: high)), toByteOffset: 8, as: UInt64.self)
        unsafe room.storeBytes(of: Self.digits(low), toByteOffset: 16, as: UInt64.self)
        return Self.digitCount
    }

    /// The eight digits of a number, the first in the lowest byte.
    private static func digits(_ number: UInt32) -> UInt64 {
        // Four bits a byte, by halves; the first four end up in the lowest.
        var nibbles = UInt64(number.byteSwapped)
        nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles >> 4 | nibbles << 8) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return (nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 0x27).littleEndian
    }
}
