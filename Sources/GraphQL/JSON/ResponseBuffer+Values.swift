extension ResponseBuffer {
    /// Writes a whole number, exact whatever its size.
    public mutating func write(int: Int) {
        reserve(20)
        if UInt(bitPattern: int) < 10 { return put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: int)) }
        if int < 0 { put(UInt8(ascii: "-")) }
        write(digitsOf: int.magnitude)
    }

    /// Writes a number with as few digits as bring back the same number, the way JavaScript does.
    ///
    /// So 5.0 is `5`, minus zero `0`, 0.1 `0.1`, 1e21 `1e+21`. JSON has no infinity and no NaN: they become `null`.
    ///
    /// - Source: ECMAScript 2025, §6.1.6.1.20 Number::toString and §25.5.2 JSON.stringify.
    public mutating func write(double: Double) {
        guard double.isFinite else { return writeNull() }
        if double.magnitude < 0x1p53, let int = Int(exactly: double) { return write(int: int) }
        reserve(32)
        if double < 0 { put(UInt8(ascii: "-")) }
        if !writeFewDecimals(double.magnitude) { writeShortest(double.magnitude) }
    }

    /// Writes any value, objects in the order of their entries and enum values as strings.
    public mutating func write(value: Value) {
        switch value {
        case .null: writeNull()
        case .boolean(let bool): write(bool: bool)
        case .int(let int): write(int: int)
        case .float(let double): write(double: double)
        case .string(let string), .enum(let string): write(string: string)
        case .list(let items):
            write(byte: UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { write(byte: UInt8(ascii: ",")) }
                write(value: item)
            }
            write(byte: UInt8(ascii: "]"))
        case .object(let object):
            write(byte: UInt8(ascii: "{"))
            for (index, entry) in object.entries.enumerated() {
                if index > 0 { write(byte: UInt8(ascii: ",")) }
                write(string: entry.key)
                write(byte: UInt8(ascii: ":"))
                write(value: entry.value)
            }
            write(byte: UInt8(ascii: "}"))
        }
    }

    /// Writes the decimal digits of a number that there is room for.
    private mutating func write(digitsOf number: UInt) {
        if number < 10 { return put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var digits = 2
        var limit: UInt = 100
        while number >= limit {
            digits &+= 1
            // The largest power of ten.
            if digits == 20 { break }
            limit &*= 10
        }
        var rest = number
        var index = advance(by: digits)
        for _ in 0..<digits {
            index &-= 1
            set(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10), at: index)
            rest /= 10
        }
    }

    /// Writes a number that at most six decimals and fifteen digits make up exactly, as most are; false for another.
    ///
    /// Of up to fifteen digits, no two different numbers are the same double, so these digits are the shortest.
    private mutating func writeFewDecimals(_ magnitude: Double) -> Bool {
        let scaled = (magnitude * 1e6).rounded()
        guard scaled >= 1, scaled < 1e15, scaled / 1e6 == magnitude else { return false }
        let digits = UInt(scaled)
        write(digitsOf: digits / 1_000_000)
        put(UInt8(ascii: "."))
        var rest = digits % 1_000_000
        var unit: UInt = 100_000
        while rest > 0 {
            put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
            unit /= 10
        }
        return true
    }

    /// Writes the shortest digits, which the standard library finds, in JavaScript's layout.
    private mutating func writeShortest(_ magnitude: Double) {
        var digits: [UInt8] = []
        // Where the decimal point stands among the digits.
        var point = 0
        var exponent = 0
        var seenPoint = false
        let text = magnitude.description.utf8
        if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(magnitude.description[text.index(after: mark)...])) ?? 0
        }
        for byte in text {
            if byte == UInt8(ascii: "e") { break }
            if byte == UInt8(ascii: ".") {
                seenPoint = true
                continue
            }
            // Leading zeros only move the point.
            if digits.isEmpty, byte == UInt8(ascii: "0") {
                if seenPoint { point -= 1 }
                continue
            }
            digits.append(byte)
            if !seenPoint { point += 1 }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        write(digits: digits, point: point + exponent)
    }

    /// Writes digits whose decimal point stands after the first `point` of them, perhaps far to either side.
    private mutating func write(digits: [UInt8], point: Int) {
        reserve(digits.count + 32)
        switch point {
        case digits.count...21:
            for digit in digits { put(digit) }
            for _ in digits.count..<point { put(UInt8(ascii: "0")) }
        case 1...21:
            for digit in digits[..<point] { put(digit) }
            put(UInt8(ascii: "."))
            for digit in digits[point...] { put(digit) }
        case -5...0:
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "."))
            for _ in point..<0 { put(UInt8(ascii: "0")) }
            for digit in digits { put(digit) }
        default:
            put(digits[0])
            if digits.count > 1 { put(UInt8(ascii: ".")) }
            for digit in digits.dropFirst() { put(digit) }
            put(UInt8(ascii: "e"))
            put(point > 0 ? UInt8(ascii: "+") : UInt8(ascii: "-"))
            write(digitsOf: (point - 1).magnitude)
        }
    }
}
