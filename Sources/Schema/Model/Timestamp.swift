/// An instant, to the millisecond.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Since 1970, UTC.
    public let milliseconds: Int64

    /// - Parameter milliseconds: Since 1970, UTC.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The instant so much later.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// Earlier first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

// MARK: - RFC 3339

extension Timestamp: CustomStringConvertible {
    /// Such as `2026-11-23T09:15:02.123Z`.
    public var description: String {
        unsafe String(unsafeUninitializedCapacity: Self.maxBytes) { unsafe write(to: $0) }
    }

    /// Of a description: years after 9999, which no clock shows, have more digits.
    static let maxBytes = 40

    /// Writes what ``description`` gives.
    ///
    /// - Parameter text: With room for ``maxBytes``.
    /// - Returns: How many bytes it has.
    func write(to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let (days, inDay) = milliseconds.quotientAndRemainder(flooredBy: 86_400_000)
        let (year, month, day) = Self.date(days: days)
        let (seconds, fraction) = (inDay / 1000, inDay % 1000)
        let centuries = Int64(clamping: year.magnitude / 100)
        var place = 0
        if centuries > 99 {
            for digit in String(centuries / 100).utf8 {
                unsafe text[place] = digit
                place += 1
            }
        }
        let room = unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: text[place...]))
        /// Two digits and what follows them.
        func put(_ number: Int64, then mark: UInt8, at offset: Int) {
            unsafe room.storeBytes(of: Self.twoDigits(number), toByteOffset: offset, as: UInt16.self)
            unsafe room.storeBytes(of: mark, toByteOffset: offset + 2, as: UInt8.self)
        }
        unsafe room.storeBytes(of: Self.twoDigits(centuries % 100), as: UInt16.self)
        put(Int64(year.magnitude % 100), then: UInt8(ascii: "-"), at: 2)
        put(month, then: UInt8(ascii: "-"), at: 5)
        put(day, then: UInt8(ascii: "T"), at: 8)
        put(seconds / 3600, then: UInt8(ascii: ":"), at: 11)
        put(seconds / 60 % 60, then: UInt8(ascii: ":"), at: 14)
        put(seconds % 60, then: UInt8(ascii: "."), at: 17)
        put(fraction / 10, then: UInt8(ascii: "0") + UInt8(fraction % 10), at: 20)
        unsafe room.storeBytes(of: UInt8(ascii: "Z"), toByteOffset: 23, as: UInt8.self)
        return place + 24
    }

    /// The digits of a number below 100, the first in the lower byte.
    private static func twoDigits(_ number: Int64) -> UInt16 {
        UInt16(truncatingIfNeeded: 0x3030 + number / 10 + (number % 10) << 8).littleEndian
    }

    /// Reads RFC 3339: any offset, any number of decimals; what is finer than a millisecond is cut off.
    ///
    /// - Parameter text: Such as `2026-11-23T10:15:02+01:00`; nil for what is no such instant. A leap second is none.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        func number(_ digits: Int) -> Int64? {
            guard rest.count >= digits, rest.prefix(digits).allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            defer { rest = rest.dropFirst(digits) }
            return rest.prefix(digits).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        func skip(_ characters: StaticString) -> Bool {
            let allowed = unsafe UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount)
            guard let first = rest.first, unsafe allowed.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("Tt"),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var fraction: Int64 = 0
        if skip(".") {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                fraction = fraction * 10 + (place < digits.count ? Int64(digits[digits.startIndex + place] - 0x30) : 0)
            }
            rest = rest.dropFirst(digits.count)
        }
        var offset: Int64 = 0
        if !skip("Zz") {
            let isWest = rest.first == UInt8(ascii: "-")
            guard skip("+-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else {
                return nil
            }
            offset = (hours * 60 + minutes) * (isWest ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        let minutes = Self.days(year, month, day) * 1440 + hour * 60 + minute - offset
        self.init(milliseconds: minutes * 60_000 + second * 1000 + fraction)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Days since 1970 in the Gregorian calendar, years counted from March so that the leap day is a year's last.

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = year.quotientAndRemainder(flooredBy: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(flooredBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch + (fromMarch < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded down, and the remainder that is never negative.
    func quotientAndRemainder(flooredBy divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
