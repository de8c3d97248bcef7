internal import Foundation
internal import Schema

/// A field of a document that is lent to a closure: read in place, without counting references.
///
/// It is good only while the closure runs that it was given to.
@safe struct BSONField {
    private let base: UnsafeRawPointer
    private let place: BSONDocument.Place

    fileprivate init(base: UnsafeRawPointer, place: BSONDocument.Place) {
        unsafe self.base = base
        self.place = place
    }

    /// Lends each field of the document at `range`.
    ///
    /// Inlined with `body`, so that what that takes down stays in registers: reading jobs took a quarter of a dashboard without.
    @inline(__always)
    static func each(
        in bytes: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        _ body: (BSONField) throws -> Void
    ) throws {
        guard let base = bytes.baseAddress else { return }
        var position = range.lowerBound + 4
        while let place = try unsafe BSONDocument.place(after: &position, before: range.upperBound - 1, in: bytes) {
            try body(unsafe BSONField(base: base, place: place))
        }
    }

    /// A whole document as a field without a name.
    ///
    /// - Throws: ``BSONError`` when its length is not that of the bytes.
    static func root(_ bytes: UnsafeRawBufferPointer) throws -> BSONField {
        guard bytes.count >= 5, let base = bytes.baseAddress,
            unsafe Int(base.loadUnaligned(as: UInt32.self).littleEndian) == bytes.count
        else { throw BSONError("a document does not end where its length says") }
        return unsafe BSONField(base: base, place: BSONDocument.Place(type: 0x03, key: 0..<0, value: 0..<bytes.count))
    }

    /// Whether the field has this name: lets a `switch` over fields make no strings.
    @inline(__always)
    static func ~= (name: StaticString, field: BSONField) -> Bool {
        let key = field.place.key
        guard name.utf8CodeUnitCount == key.count else { return false }
        return unsafe memcmp(field.base + key.lowerBound, name.utf8Start, key.count) == 0
    }

    /// The field's name, or the index in an array.
    var key: String { text(place.key) }

    /// The field's name as a number; nil for any other.
    var keyNumber: Int? {
        guard (1...9).contains(place.key.count) else { return nil }
        var number = 0
        for position in place.key {
            let byte = byte(at: position)
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }

    /// Nil for another type.
    var string: String? {
        guard place.type == 0x02, place.value.count >= 5 else { return nil }
        return text((place.value.lowerBound + 4)..<(place.value.upperBound - 1))
    }

    /// The value whose text it is; nil for any other text or type.
    func value<Value: CaseIterable & RawRepresentable<String>>(of _: Value.Type) -> Value? {
        guard place.type == 0x02, place.value.count >= 5 else { return nil }
        let text = (place.value.lowerBound + 4)..<(place.value.upperBound - 1)
        return Value.allCases.first { value in
            var name = value.rawValue
            return name.withUTF8 { name in
                guard name.count == text.count, let other = name.baseAddress else { return false }
                return unsafe memcmp(base + text.lowerBound, other, name.count) == 0
            }
        }
    }

    /// Also of a double that is whole; nil for another type.
    @inline(__always)
    var int: Int? {
        switch place.type {
        case 0x10: Int(Int32(truncatingIfNeeded: load(UInt32.self)))
        case 0x12: Int(Int64(bitPattern: load(UInt64.self)))
        case 0x01: Int(exactly: Double(bitPattern: load(UInt64.self)))
        default: nil
        }
    }

    /// Also of a whole number; nil for another type.
    var double: Double? {
        place.type == 0x01 ? Double(bitPattern: load(UInt64.self)) : int.map(Double.init)
    }

    /// Nil for another type.
    var bool: Bool? { place.type == 0x08 ? byte(at: place.value.lowerBound) != 0 : nil }

    /// Nil for another type.
    var timestamp: Timestamp? {
        place.type == 0x09 ? Timestamp(milliseconds: Int64(bitPattern: load(UInt64.self))) : nil
    }

    /// Nil for another type.
    var objectID: ObjectID? {
        guard place.type == 0x07 else { return nil }
        return ObjectID(
            high: load(UInt64.self).byteSwapped,
            low: unsafe base.loadUnaligned(fromByteOffset: place.value.lowerBound + 8, as: UInt32.self).bigEndian
        )
    }

    /// Lends the fields of a document, or those of an array; none of another type.
    ///
    /// - Throws: ``BSONError`` when it is damaged; what `body` throws.
    @inline(__always)
    func eachField(_ body: (BSONField) throws -> Void) throws {
        guard place.type == 0x03 || place.type == 0x04 else { return }
        try checkEnds()
        try unsafe Self.each(in: UnsafeRawBufferPointer(start: base, count: place.value.upperBound), place.value, body)
    }

    /// Lends the fields of a document by their names; none of another type.
    ///
    /// - Throws: ``BSONError`` when it is damaged.
    func fields() throws -> BSONFields {
        guard place.type == 0x03 else { return unsafe BSONFields(base: base, 0..<0) }
        try checkEnds()
        return unsafe BSONFields(base: base, place.value.lowerBound + 4..<place.value.upperBound - 1)
    }

    /// The text of a document that holds nothing but one field of this name, a text; nil for anything else.
    ///
    /// Long arrays of such documents are common, and most of reading one is finding its only field.
    func onlyText(named name: StaticString) -> String? {
        // Length, type, name, the text's length, text, and two NULs.
        let start = place.value.lowerBound + 5 + name.utf8CodeUnitCount + 1
        let end = place.value.upperBound - 2
        guard place.type == 0x03, start + 4 <= end, byte(at: place.value.lowerBound + 4) == 0x02,
            unsafe memcmp(base + place.value.lowerBound + 5, name.utf8Start, name.utf8CodeUnitCount + 1) == 0,
            unsafe Int(base.loadUnaligned(fromByteOffset: start, as: UInt32.self).littleEndian) == end - start - 3,
            byte(at: end) == 0, byte(at: end + 1) == 0
        else { return nil }
        return text(start + 4..<end)
    }

    /// The values of an array, in order; none of another type.
    ///
    /// - Throws: ``BSONError`` where one is damaged, or `read` gives nil.
    func array<Item>(of read: (BSONField) throws -> Item?) throws -> [Item] {
        var items: [Item] = []
        // Of documents with a text each, which most long arrays have, about so many.
        if place.type == 0x04 { items.reserveCapacity(place.value.count / 32) }
        try eachField { field in
            guard let item = try read(field) else {
                throw BSONError("an entry of \"\(key)\" is of an unexpected type")
            }
            items.append(item)
        }
        return items
    }

    /// The numbers of an array of `count` numbers, each as ``int`` gives it; nil for anything else.
    ///
    /// - Throws: ``BSONError`` when it is damaged.
    func integers(_ count: Int) throws -> [Int]? {
        if let numbers = shortIntegers(count) { return numbers }
        guard place.type == 0x04 else { return nil }
        var numbers: [Int] = []
        numbers.reserveCapacity(count)
        var areNumbers = true
        try eachField { field in
            if let number = field.int { numbers.append(number) } else { areNumbers = false }
        }
        return areNumbers && numbers.count == count ? numbers : nil
    }

    /// Those of up to ten 32-bit integers, which stand in equal steps: type, one digit, NUL, number.
    private func shortIntegers(_ count: Int) -> [Int]? {
        let step = 7
        guard place.type == 0x04, count <= 10, place.value.count == 4 + step * count + 1,
            byte(at: place.value.upperBound - 1) == 0
        else { return nil }
        // Grown and not made at once: the standard library looks up the storage of uninitialized arrays for each.
        var numbers: [Int] = []
        numbers.reserveCapacity(count)
        var start = unsafe base + place.value.lowerBound + 4
        for _ in 0..<count {
            let head = unsafe start.loadUnaligned(as: UInt32.self).littleEndian
            guard head & 0xFF_00FF == 0x10, head & 0xFF00 != 0 else { return nil }
            let number = unsafe (start + 3).loadUnaligned(as: UInt32.self).littleEndian
            numbers.append(Int(Int32(truncatingIfNeeded: number)))
            unsafe start += step
        }
        return numbers
    }

    /// A document, or an array as a document of its indices, that may be kept; nil for another type.
    ///
    /// - Throws: ``BSONError`` when it is damaged.
    func document() throws -> BSONDocument? {
        guard place.type == 0x03 || place.type == 0x04 else { return nil }
        return try BSONDocument(unsafe Array(lent(place.value)))
    }

    /// The document as one that may be kept.
    ///
    /// - Throws: ``BSONError`` when it is damaged, or none.
    func copy() throws -> BSONDocument {
        guard let document = try document() else { throw BSONError("the field \"\(key)\" is no document") }
        return document
    }

    /// The length that stands in a document is that which its field gave it, so only its end is left to look at.
    private func checkEnds() throws {
        guard place.value.count >= 5, byte(at: place.value.upperBound - 1) == 0 else {
            throw BSONError("a document at offset \(place.value.lowerBound) does not end where its length says")
        }
    }

    private func text(_ range: Range<Int>) -> String {
        unsafe String(decoding: lent(range), as: UTF8.self)
    }

    private func lent(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    private func byte(at position: Int) -> UInt8 { unsafe base.load(fromByteOffset: position, as: UInt8.self) }

    /// Only of types whose values have so many bytes, which the scan has seen to.
    private func load<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer {
        unsafe base.loadUnaligned(fromByteOffset: place.value.lowerBound, as: Integer.self).littleEndian
    }
}

/// The fields of a document that is lent to a closure, by their names.
///
/// Whoever asks for them in the order in which they are mostly written finds each where the one before ends, and compares one name.
/// Another order, and what is not there, takes a look at them all.
@safe struct BSONFields {
    private let base: UnsafeRawPointer
    private let range: Range<Int>
    private var position: Int

    fileprivate init(base: UnsafeRawPointer, _ range: Range<Int>) {
        unsafe self.base = base
        self.range = range
        position = range.lowerBound
    }

    /// The field of this name; nil where there is none.
    ///
    /// - Throws: ``BSONError`` when one that is looked at is damaged.
    @inline(__always)
    mutating func next(_ name: StaticString) throws -> BSONField? {
        // Only this is put in place at each call: the name is known there.
        isNext(name) ? try take(name.utf8CodeUnitCount) : try search(name)
    }

    /// The whole number of this name, as ``BSONField/int`` gives it; nil where there is none.
    ///
    /// - Throws: ``BSONError`` when a field that is looked at is damaged.
    @inline(__always)
    mutating func int(_ name: StaticString) throws -> Int? {
        guard let value = next(name, 0x10, Int32.self) else { return try next(name)?.int }
        return Int(Int32(littleEndian: value))
    }

    /// The instant of this name; nil where there is none.
    ///
    /// - Throws: ``BSONError`` when a field that is looked at is damaged.
    @inline(__always)
    mutating func timestamp(_ name: StaticString) throws -> Timestamp? {
        guard let value = next(name, 0x09, Int64.self) else { return try next(name)?.timestamp }
        return Timestamp(milliseconds: Int64(littleEndian: value))
    }

    /// The value of the next field, where it has this name and type; nil for another.
    @inline(__always)
    private mutating func next<Value: FixedWidthInteger>(
        _ name: StaticString,
        _ type: UInt8,
        _ value: Value.Type
    ) -> Value? {
        let start = position &+ 2 &+ name.utf8CodeUnitCount
        let end = start &+ Value.bitWidth / 8
        guard end <= range.upperBound, isNext(name), unsafe base.load(fromByteOffset: position, as: UInt8.self) == type
        else { return nil }
        position = end
        return unsafe base.loadUnaligned(fromByteOffset: start, as: Value.self)
    }

    @inline(__always)
    private func isNext(_ name: StaticString) -> Bool {
        position &+ 1 &+ name.utf8CodeUnitCount < range.upperBound
            && (unsafe memcmp(base + position + 1, name.utf8Start, name.utf8CodeUnitCount + 1)) == 0
    }

    private mutating func take(_ keyCount: Int) throws -> BSONField {
        let place = try unsafe BSONDocument.place(
            from: position,
            keyEnd: position &+ 1 &+ keyCount,
            after: &position,
            before: range.upperBound,
            in: base
        )
        return unsafe BSONField(base: base, place: place)
    }

    /// Looks at what follows, and then at all from the beginning.
    @inline(never)
    private mutating func search(_ name: StaticString) throws -> BSONField? {
        let bytes = unsafe UnsafeRawBufferPointer(start: base, count: range.upperBound)
        for start in [position, range.lowerBound] {
            var next = start
            while let place = try unsafe BSONDocument.place(after: &next, before: range.upperBound, in: bytes) {
                let field = unsafe BSONField(base: base, place: place)
                if name ~= field {
                    position = next
                    return field
                }
            }
        }
        return nil
    }
}
