/// A growing run of bytes that a response is written into as JSON, from its first byte to its last.
///
/// The writers put down just what they are given: commas, colons and brackets are the caller's, by ``write(raw:)`` or
/// ``write(byte:)``.
///
/// - Source: GraphQL September 2025, §7.2.1 JSON Serialization; RFC 8259.
@safe
public struct ResponseBuffer: ~Copyable {
    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes were written.
    public private(set) var count = 0
    private let maxBytes: Int
    /// Whether more was written than may be: then what stands here is of no use, and what is written on takes no more memory.
    @usableFromInline private(set) var isOverfull = false

    /// - Parameters:
    ///   - capacity: For so many bytes there is room from the start.
    ///   - maxBytes: More make it ``isOverfull``.
    public init(capacity: Int = 4096, maxBytes: Int = .max) {
        self.maxBytes = maxBytes
        self.capacity = max(capacity, 64)
        unsafe storage = .allocate(capacity: self.capacity)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// What was written.
    ///
    /// Cost: a copy.
    public var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            if let start = target.baseAddress { unsafe start.initialize(from: storage, count: count) }
            initialized = count
        }
    }

    /// What was written, and one byte more.
    ///
    /// Cost: a copy.
    func bytes(followedBy byte: UInt8) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count + 1) { target, initialized in
            if let start = target.baseAddress {
                unsafe start.initialize(from: storage, count: count)
                unsafe (start + count).initialize(to: byte)
            }
            initialized = count + 1
        }
    }

    /// Lends what was written, without a copy, for as long as `body` runs.
    ///
    /// - Parameter body: Must not keep the pointer.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeRawBufferPointer(start: storage, count: count))
    }

    /// Forgets what was written after the first `count` bytes.
    ///
    /// - Parameter count: At most ``count``.
    public mutating func truncate(to count: Int) {
        if isOverfull { return }
        precondition((0...self.count).contains(count), "truncated to more than was written")
        self.count = count
    }

    // MARK: Raw bytes

    /// Writes text that is JSON already.
    public mutating func write(raw text: StaticString) {
        // A static string of one scalar may have no pointer.
        guard text.hasPointerRepresentation else { return write(raw: Array(text.description.utf8)) }
        let length = text.utf8CodeUnitCount
        reserve(length)
        unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: length))
    }

    /// Writes bytes that are JSON already, mostly a few: a key.
    public mutating func write(raw bytes: [UInt8]) {
        reserve(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard bytes.count >= 16, bytes.count <= 32, let start = unsafe UnsafeRawPointer(bytes.baseAddress) else {
                return unsafe append(bytes)
            }
            // The first and the last sixteen; a call takes longer.
            let target = unsafe UnsafeMutableRawPointer(storage + count)
            let last = bytes.count &- 16
            unsafe target.storeBytes(of: start.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
            unsafe (target + last).storeBytes(
                of: (start + last).loadUnaligned(as: SIMD16<UInt8>.self),
                as: SIMD16<UInt8>.self
            )
            count &+= bytes.count
        }
    }

    /// Writes what another buffer holds, which is JSON already.
    ///
    /// - Parameters:
    ///   - other: Is left as it is.
    ///   - range: Of its bytes.
    public mutating func write(_ other: borrowing ResponseBuffer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= other.count, "more than was written")
        reserve(range.count)
        unsafe append(UnsafeBufferPointer(start: other.storage + range.lowerBound, count: range.count))
    }

    /// Writes one byte.
    @inline(__always)
    public mutating func write(byte: UInt8) {
        reserve(1)
        put(byte)
    }

    /// Writes `null`.
    public mutating func writeNull() {
        write(raw: "null")
    }

    /// Writes `true` or `false`.
    public mutating func write(bool: Bool) {
        if bool { write(raw: "true") } else { write(raw: "false") }
    }

    // MARK: Strings

    /// Writes a string in quotes, with nothing escaped but what JSON requires.
    ///
    /// That is `"`, `\` and the control characters below U+0020. A `String` cannot hold lone surrogates.
    public mutating func write(string: String) {
        let written: Void? = unsafe string.utf8.withContiguousStorageIfAvailable { utf8 in
            unsafe write(utf8: utf8)
        }
        if written == nil {
            let utf8 = Array(string.utf8)
            unsafe utf8.withUnsafeBufferPointer { utf8 in unsafe write(utf8: utf8) }
        }
    }

    /// Writes a text in quotes that needs no escapes, where its bytes are to stand.
    ///
    /// - Parameters:
    ///   - capacity: For so many bytes there is room.
    ///   - body: Fills the room from its start.
    /// - Precondition: What `body` returns, how many bytes it has written, is at most `capacity`.
    public mutating func writeQuoted(
        capacity: Int,
        _ body: (_ room: UnsafeMutableBufferPointer<UInt8>) -> Int
    ) {
        reserve(capacity + 2)
        put(UInt8(ascii: "\""))
        let written = unsafe body(UnsafeMutableBufferPointer(start: storage + count, count: capacity))
        precondition(written <= capacity, "more was written than there is room for")
        count &+= written
        put(UInt8(ascii: "\""))
    }

    /// The bytes of a key as JSON, with the colon: written again and again by ``write(raw:)``.
    ///
    /// - Parameter key: A response name.
    /// - Returns: Such as `"title":`.
    public static func encoded(key: String) -> [UInt8] {
        var buffer = ResponseBuffer(capacity: key.utf8.count + 3)
        buffer.write(string: key)
        buffer.write(byte: UInt8(ascii: ":"))
        return buffer.bytes
    }

    private mutating func write(utf8: UnsafeBufferPointer<UInt8>) {
        // Room for all of it unescaped, with eight bytes to spare for the last whole word.
        reserve(utf8.count + 10)
        put(UInt8(ascii: "\""))
        var index = 0
        guard let start = unsafe UnsafeRawPointer(utf8.baseAddress) else { return put(UInt8(ascii: "\"")) }
        while index < utf8.count {
            // Eight bytes at once, as long as none of them needs an escape.
            while index + 8 <= utf8.count {
                let word = unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                guard !Self.needsEscape(word) else { break }
                unsafe UnsafeMutableRawPointer(storage + count).storeBytes(of: word, as: UInt64.self)
                count += 8
                index += 8
            }
            // Then one by one, to the end or past the first escape.
            while index < utf8.count {
                let byte = unsafe utf8[index]
                index += 1
                if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                    put(byte)
                } else {
                    writeEscape(of: byte)
                    reserve(utf8.count - index + 10)
                    break
                }
            }
        }
        put(UInt8(ascii: "\""))
    }

    /// Whether one of eight bytes is `"`, `\` or below U+0020.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let controls = (word &- ones &* 0x20) & ~word
        return (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & (ones &* 0x80) != 0
    }

    private mutating func writeEscape(of byte: UInt8) {
        reserve(6)
        put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
        case 0x08: put(UInt8(ascii: "b"))
        case 0x09: put(UInt8(ascii: "t"))
        case 0x0A: put(UInt8(ascii: "n"))
        case 0x0C: put(UInt8(ascii: "f"))
        case 0x0D: put(UInt8(ascii: "r"))
        default:
            put(UInt8(ascii: "u"))
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "0"))
            put(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let digit = byte & 0x0F
            put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    // MARK: Storage

    /// Makes room for `additional` bytes more.
    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if capacity &- count < additional { grow(by: additional) }
    }

    @inline(never)
    private mutating func grow(by additional: Int) {
        if count + additional > maxBytes {
            isOverfull = true
            count = 0
            if additional <= capacity { return }
        }
        let larger = max(min(capacity * 2, maxBytes), count + additional)
        let target = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe target.initialize(from: storage, count: count)
        unsafe storage.deallocate()
        unsafe storage = target
        capacity = larger
    }

    /// Writes a byte that there is room for.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        unsafe storage[count] = byte
        count &+= 1
    }

    /// Writes bytes that there is room for.
    @inline(__always)
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        unsafe (storage + count).initialize(from: start, count: bytes.count)
        count &+= bytes.count
    }

    /// Leaves out bytes that there is room for, to be set.
    ///
    /// - Returns: The place behind them.
    @inline(__always)
    mutating func advance(by bytes: Int) -> Int {
        count &+= bytes
        return count
    }

    /// Overwrites a byte already written.
    @inline(__always)
    mutating func set(_ byte: UInt8, at index: Int) {
        unsafe storage[index] = byte
    }
}

// `@unchecked`, since a pointer is not Sendable: the storage has one owner, which cannot be copied and moves with the buffer.
extension ResponseBuffer: @unchecked Sendable {}
