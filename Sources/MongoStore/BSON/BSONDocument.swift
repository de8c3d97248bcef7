public import Schema

/// A BSON document as bytes, read in place: nothing is decoded that is not asked for.
///
/// Every length is checked against the bytes that are there, so that damaged or hostile bytes give an error and never more.
/// Copies share the bytes.
///
/// - Source: bsonspec.org, version 1.1.
public struct BSONDocument: Sendable {
    private let storage: [UInt8]
    private let range: Range<Int>

    /// - Parameter bytes: One document, and nothing after it.
    /// - Throws: ``BSONError`` when length or last byte are wrong. Fields are checked when they are read.
    public init(_ bytes: [UInt8]) throws(BSONError) {
        try self.init(storage: bytes, range: 0..<bytes.count)
    }

    /// Bytes that our own writer made.
    init(wellFormed bytes: [UInt8]) {
        storage = bytes
        range = 0..<bytes.count
    }

    fileprivate init(storage: [UInt8], range: Range<Int>) throws(BSONError) {
        guard range.count >= 5 else {
            throw BSONError("a document of \(range.count) bytes at offset \(range.lowerBound)")
        }
        let length = Int(Int32(truncatingIfNeeded: Self.integer(storage, at: range.lowerBound, as: UInt32.self)))
        guard length == range.count, storage[range.upperBound - 1] == 0 else {
            throw BSONError("a document at offset \(range.lowerBound) does not end where its length says")
        }
        self.storage = storage
        self.range = range
    }

    /// As on the wire.
    public var bytes: ArraySlice<UInt8> { storage[range] }

    /// How many bytes it has.
    public var byteCount: Int { range.count }

    /// Reads the fields in their order.
    ///
    /// - Returns: An iterator that ends after the last field.
    public func makeElements() -> Elements {
        Elements(storage: storage, position: range.lowerBound + 4, end: range.upperBound - 1)
    }

    /// The first field called `key`.
    ///
    /// Cost: one pass over the fields before it.
    ///
    /// - Throws: ``BSONError`` when a field up to there is damaged.
    public func first(_ key: String) throws(BSONError) -> BSONElement? {
        // Fields that are passed over cost no more than their bytes: no element is made of them.
        let place = try unsafe Self.lend(storage) { bytes throws(BSONError) -> Place? in
            var position = range.lowerBound + 4
            while let place = try unsafe Self.place(after: &position, before: range.upperBound - 1, in: bytes) {
                if Self.key(place.key, in: storage, is: key) { return place }
            }
            return nil
        }
        return place.map { BSONElement(storage: storage, place: $0) }
    }

    /// Lends each field to `body`, in their order: the way to read a whole document that costs least.
    ///
    /// - Parameter body: Must keep no field.
    /// - Throws: ``BSONError`` when a field is damaged; what `body` throws.
    @inline(__always)
    func eachField(_ body: (BSONField) throws -> Void) throws {
        try unsafe storage.withUnsafeBytes { try unsafe BSONField.each(in: $0, range, body) }
    }

    /// Lends the whole document as one field.
    ///
    /// - Parameter body: Must not keep it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    func lent<Result>(_ body: (BSONField) throws -> Result) throws -> Result {
        try unsafe storage.withUnsafeBytes {
            try unsafe body(BSONField.root(UnsafeRawBufferPointer(rebasing: $0[range])))
        }
    }

    /// `withUnsafeBytes` that keeps the type of the error.
    fileprivate static func lend<Result>(
        _ storage: [UInt8],
        _ body: (UnsafeRawBufferPointer) throws(BSONError) -> Result
    ) throws(BSONError) -> Result {
        let result = unsafe storage.withUnsafeBytes { bytes in
            Swift.Result { () throws(BSONError) in try unsafe body(bytes) }
        }
        return try result.get()
    }

    fileprivate static func key(_ range: Range<Int>, in storage: [UInt8], is key: String) -> Bool {
        guard key.utf8.count == range.count else { return false }
        var place = range.lowerBound
        for byte in key.utf8 {
            guard storage[place] == byte else { return false }
            place += 1
        }
        return true
    }

    fileprivate static func string(_ range: Range<Int>, in storage: [UInt8]) -> String {
        unsafe storage.withUnsafeBufferPointer { bytes in
            unsafe String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        }
    }

    /// Where a field stands.
    struct Place {
        let type: UInt8
        let key: Range<Int>
        let value: Range<Int>
    }

    /// The fields of a document, one after the other.
    public struct Elements {
        fileprivate let storage: [UInt8]
        fileprivate var position: Int
        fileprivate let end: Int

        /// The next field; nil after the last.
        ///
        /// - Throws: ``BSONError`` when it is damaged or of a type that this reader does not know.
        public mutating func next() throws(BSONError) -> BSONElement? {
            try nextPlace().map { BSONElement(storage: storage, place: $0) }
        }

        private mutating func nextPlace() throws(BSONError) -> Place? {
            // A copy, since the bytes are lent while the position moves.
            var next = position
            let place = try unsafe BSONDocument.lend(storage) { bytes throws(BSONError) in
                try unsafe BSONDocument.place(after: &next, before: end, in: bytes)
            }
            position = next
            return place
        }
    }

    /// The field at `position`, which then stands after it; nil at the end.
    ///
    /// - Precondition: `end` is within the bytes; they are not checked by anything else.
    @inline(__always)
    static func place(
        after position: inout Int,
        before end: Int,
        in storage: UnsafeRawBufferPointer
    ) throws(BSONError) -> Place? {
        precondition(position >= 0 && end <= storage.count, "a place outside the bytes")
        guard position < end, let base = storage.baseAddress else { return nil }
        // What follows stays below `end`, so nothing overflows.
        let start = position
        let key = start &+ 1
        guard let keyEnd = unsafe nul(from: key, before: end, in: base) else {
            throw BSONError("a field's name at offset \(key) does not end")
        }
        return try unsafe place(from: start, keyEnd: keyEnd, after: &position, before: end, in: base)
    }

    /// The field at `start` whose name ends at `keyEnd`, which is before `end`.
    @inline(__always)
    static func place(
        from start: Int,
        keyEnd: Int,
        after position: inout Int,
        before end: Int,
        in base: UnsafeRawPointer
    ) throws(BSONError) -> Place {
        let type = unsafe base.load(fromByteOffset: start, as: UInt8.self)
        let value = keyEnd &+ 1
        let size = try unsafe size(of: type, at: value, before: end, in: base, field: start)
        guard size <= end &- value else {
            throw BSONError("the field at offset \(start) is longer than its document")
        }
        position = value &+ size
        guard unsafe !endsInNUL(type) || base.load(fromByteOffset: position &- 1, as: UInt8.self) == 0 else {
            throw BSONError("the string at offset \(start) does not end where its length says")
        }
        return unsafe Place(
            type: type,
            key: Range(uncheckedBounds: (start &+ 1, keyEnd)),
            value: Range(uncheckedBounds: (value, position))
        )
    }

    /// Where the first NUL from `start` on stands; nil where there is none before `end`.
    @inline(__always)
    private static func nul(from start: Int, before end: Int, in base: UnsafeRawPointer) -> Int? {
        var position = start
        // Eight bytes at once: the lowest of the marks stands where the first NUL does.
        while position &+ 8 <= end {
            let word = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let marks = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if marks != 0 { return position &+ marks.trailingZeroBitCount / 8 }
            position &+= 8
        }
        while position < end {
            if unsafe base.load(fromByteOffset: position, as: UInt8.self) == 0 { return position }
            position &+= 1
        }
        return nil
    }

    /// String, code and symbol.
    private static func endsInNUL(_ type: UInt8) -> Bool { type == 0x02 || type == 0x0D || type == 0x0E }

    @inline(__always)
    private static func size(
        of type: UInt8,
        at value: Int,
        before end: Int,
        in base: UnsafeRawPointer,
        field: Int
    ) throws(BSONError) -> Int {
        func length(atLeast minimum: Int) throws(BSONError) -> Int {
            guard end - value >= 4 else { throw BSONError("the field at offset \(field) lacks its length") }
            let bytes = unsafe base.loadUnaligned(fromByteOffset: value, as: UInt32.self).littleEndian
            let length = Int(Int32(truncatingIfNeeded: bytes))
            guard length >= minimum, length <= end - value else {
                throw BSONError("the field at offset \(field) has the length \(length)")
            }
            return length
        }
        func afterNUL(from start: Int) throws(BSONError) -> Int {
            guard let end = unsafe nul(from: start, before: end, in: base) else {
                throw BSONError("the field at offset \(field) does not end")
            }
            return end + 1
        }
        switch type {
        case 0x06, 0x0A, 0x7F, 0xFF: return 0  // undefined, null, largest and smallest key
        case 0x08: return 1
        case 0x10: return 4
        case 0x01, 0x09, 0x11, 0x12: return 8
        case 0x07: return 12
        case 0x13: return 16
        case 0x02, 0x0D, 0x0E: return 4 + (try length(atLeast: 1))
        case 0x05: return 5 + (try length(atLeast: 0))
        case 0x03, 0x04: return try length(atLeast: 5)
        case 0x0B: return try afterNUL(from: afterNUL(from: value)) - value
        default: throw BSONError("the field at offset \(field) has the unknown type \(type)")
        }
    }

    fileprivate static func integer<Integer: FixedWidthInteger & UnsignedInteger>(
        _ storage: [UInt8],
        at position: Int,
        as type: Integer.Type
    ) -> Integer {
        precondition(position >= 0 && position <= storage.count - Integer.bitWidth / 8, "a number outside the bytes")
        return unsafe storage.withUnsafeBytes { bytes in
            unsafe Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Integer.self))
        }
    }
}

/// A field of a document: its name, and its value where somebody asks for it.
public struct BSONElement: Sendable {
    fileprivate let storage: [UInt8]
    fileprivate let type: UInt8
    fileprivate let keyRange: Range<Int>
    fileprivate let range: Range<Int>

    fileprivate init(storage: [UInt8], place: BSONDocument.Place) {
        self.storage = storage
        type = place.type
        keyRange = place.key
        range = place.value
    }

    /// The field's name, or the index in an array.
    public var key: String { BSONDocument.string(keyRange, in: storage) }

    /// Whether the field is called `key`, without making a string.
    public func hasKey(_ key: String) -> Bool { BSONDocument.key(keyRange, in: storage, is: key) }

    /// Whether it is null or undefined.
    public var isNull: Bool { type == 0x0A || type == 0x06 }

    /// Nil for another type.
    public var string: String? {
        guard type == 0x02 || type == 0x0E || type == 0x0D, range.count >= 5 else { return nil }
        return BSONDocument.string((range.lowerBound + 4)..<(range.upperBound - 1), in: storage)
    }

    /// The UTF-8 bytes of a string, not copied; nil for another type.
    public var utf8: ArraySlice<UInt8>? {
        guard type == 0x02, range.count >= 5 else { return nil }
        return storage[(range.lowerBound + 4)..<(range.upperBound - 1)]
    }

    /// Also of a double that is whole; nil for another type.
    public var int: Int64? {
        switch type {
        case 0x10: Int64(Int32(truncatingIfNeeded: unsigned(UInt32.self)))
        case 0x12: Int64(bitPattern: unsigned(UInt64.self))
        case 0x01: Int64(exactly: Double(bitPattern: unsigned(UInt64.self)))
        default: nil
        }
    }

    /// Also of a whole number; nil for another type.
    public var double: Double? {
        type == 0x01 ? Double(bitPattern: unsigned(UInt64.self)) : int.map(Double.init)
    }

    /// Nil for another type.
    public var bool: Bool? { type == 0x08 ? storage[range.lowerBound] != 0 : nil }

    /// Milliseconds since 1970, UTC; nil for another type.
    public var date: Int64? { type == 0x09 ? Int64(bitPattern: unsigned(UInt64.self)) : nil }

    /// Nil for another type.
    public var timestamp: UInt64? { type == 0x11 ? unsigned(UInt64.self) : nil }

    /// Nil for another type.
    public var objectID: ObjectID? {
        guard type == 0x07 else { return nil }
        let high = BSONDocument.integer(storage, at: range.lowerBound, as: UInt64.self)
        let low = BSONDocument.integer(storage, at: range.lowerBound + 8, as: UInt32.self)
        return ObjectID(high: high.byteSwapped, low: low.byteSwapped)
    }

    /// Of any subtype; nil for another type.
    public var binary: ArraySlice<UInt8>? { type == 0x05 ? storage[(range.lowerBound + 5)..<range.upperBound] : nil }

    /// A document, or an array as a document of its indices; nil for another type.
    ///
    /// - Throws: ``BSONError`` when it is damaged.
    public func document() throws(BSONError) -> BSONDocument? {
        guard type == 0x03 || type == 0x04 else { return nil }
        return try BSONDocument(storage: storage, range: range)
    }

    private func unsigned<Integer: FixedWidthInteger & UnsignedInteger>(_ type: Integer.Type) -> Integer {
        BSONDocument.integer(storage, at: range.lowerBound, as: type)
    }
}

extension BSONDocument {
    /// How deep a document may nest to be turned into values: MongoDB itself refuses more than 100 levels.
    private static let maxDepth = 128

    /// The whole document as values.
    ///
    /// - Throws: ``BSONError`` when a field is damaged, of a type without a value here, or nested too deep.
    public func value() throws(BSONError) -> BSONValue {
        .document(try fields(depth: 0))
    }

    fileprivate func fields(depth: Int) throws(BSONError) -> [(key: String, value: BSONValue)] {
        guard depth < Self.maxDepth else { throw BSONError("more than \(Self.maxDepth) levels") }
        var fields: [(key: String, value: BSONValue)] = []
        var elements = makeElements()
        while let element = try elements.next() {
            fields.append((element.key, try element.value(depth: depth + 1)))
        }
        return fields
    }
}

extension BSONElement {
    /// What the field holds.
    func value() throws(BSONError) -> BSONValue { try value(depth: 0) }

    fileprivate func value(depth: Int) throws(BSONError) -> BSONValue {
        switch type {
        case 0x03: return .document(try document()?.fields(depth: depth) ?? [])
        case 0x04: return .array(try document()?.fields(depth: depth).map(\.value) ?? [])
        case 0x0B:
            let parts = storage[range].split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
            return .regex(String(decoding: parts[0], as: UTF8.self), options: String(decoding: parts[1], as: UTF8.self))
        case 0x01: return .double(Double(bitPattern: unsigned(UInt64.self)))
        case 0x10: return .int32(Int32(truncatingIfNeeded: unsigned(UInt32.self)))
        case 0x12: return .int64(Int64(bitPattern: unsigned(UInt64.self)))
        case 0x7F: return .maxKey
        case 0xFF: return .minKey
        default: break
        }
        if isNull { return .null }
        if let string { return .string(string) }
        if let bool { return .bool(bool) }
        if let date { return .date(date) }
        if let timestamp { return .timestamp(timestamp) }
        if let objectID { return .objectID(objectID) }
        if let binary { return .binary(Array(binary)) }
        throw BSONError("the field \"\(key)\" has a type without a value here: \(type)")
    }
}
