internal import Schema

/// Writes BSON documents, field after field, into one buffer.
///
/// - Source: bsonspec.org, version 1.1.
public struct BSONWriter {
    /// The types of the wire.
    enum ElementType: UInt8 {
        case double = 0x01
        case string = 0x02
        case document = 0x03
        case array = 0x04
        case binary = 0x05
        case objectID = 0x07
        case bool = 0x08
        case date = 0x09
        case null = 0x0A
        case regex = 0x0B
        case int32 = 0x10
        case timestamp = 0x11
        case int64 = 0x12
        case maxKey = 0x7F
        case minKey = 0xFF
    }

    private var bytes: [UInt8]

    private init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// The document whose fields `body` writes.
    ///
    /// - Parameters:
    ///   - capacity: How many bytes to expect.
    ///   - body: Writes the fields in their order.
    /// - Returns: A whole document.
    public static func document(capacity: Int = 256, _ body: (inout BSONWriter) -> Void) -> BSONDocument {
        var writer = BSONWriter(capacity: capacity)
        writer.enclosed { body(&$0) }
        return BSONDocument(wellFormed: writer.bytes)
    }

    /// Writes one field.
    ///
    /// - Parameters:
    ///   - key: Bytes after a NUL are cut off: the wire cannot hold them.
    ///   - value: Any value.
    public mutating func append(_ key: String, _ value: BSONValue) {
        switch value {
        case .null:
            begin(.null, key)
        case .minKey:
            begin(.minKey, key)
        case .maxKey:
            begin(.maxKey, key)
        case .bool(let value):
            begin(.bool, key)
            bytes.append(value ? 1 : 0)
        case .int32(let value):
            begin(.int32, key)
            append(integer: value)
        case .int64(let value):
            begin(.int64, key)
            append(integer: value)
        case .double(let value):
            begin(.double, key)
            append(integer: value.bitPattern)
        case .string(let value):
            begin(.string, key)
            append(string: value)
        case .objectID(let value):
            begin(.objectID, key)
            append(integer: value.high.byteSwapped)
            append(integer: value.low.byteSwapped)
        case .date(let value):
            begin(.date, key)
            append(integer: value)
        case .binary(let value):
            begin(.binary, key)
            append(integer: Int32(clamping: value.count))
            bytes.append(0)
            bytes.append(contentsOf: value)
        case .timestamp(let value):
            begin(.timestamp, key)
            append(integer: value)
        case .regex(let pattern, let options):
            begin(.regex, key)
            append(cString: pattern)
            append(cString: options)
        case .array(let values):
            begin(.array, key)
            enclosed { for (index, value) in values.enumerated() { $0.append(String(index), value) } }
        case .document(let fields):
            begin(.document, key)
            enclosed { for (key, value) in fields { $0.append(key, value) } }
        case .encoded(let document):
            append(key, document)
        }
    }

    /// Writes a document that stands already.
    public mutating func append(_ key: String, _ document: BSONDocument) {
        begin(.document, key)
        bytes.append(contentsOf: document.bytes)
    }

    /// Writes a document whose fields `body` writes.
    public mutating func appendDocument(_ key: String, _ body: (inout BSONWriter) -> Void) {
        begin(.document, key)
        enclosed { body(&$0) }
    }

    /// Writes an array with one document for each element.
    public mutating func appendDocuments<Element>(
        _ key: String,
        _ elements: some Sequence<Element>,
        _ body: (inout BSONWriter, Element) -> Void
    ) {
        begin(.array, key)
        enclosed { writer in
            for (index, element) in elements.enumerated() {
                writer.appendDocument(String(index)) { body(&$0, element) }
            }
        }
    }

    /// Writes an array of documents that stand already.
    public mutating func appendArray(_ key: String, _ documents: [BSONDocument]) {
        begin(.array, key)
        enclosed { for (index, document) in documents.enumerated() { $0.append(String(index), document) } }
    }

    // MARK: - Bytes

    private mutating func begin(_ type: ElementType, _ key: String) {
        bytes.append(type.rawValue)
        append(cString: key)
    }

    /// Length, what `body` writes, and the closing NUL.
    private mutating func enclosed(_ body: (inout BSONWriter) -> Void) {
        let start = bytes.count
        append(integer: Int32(0))
        body(&self)
        bytes.append(0)
        let length = UInt32(truncatingIfNeeded: bytes.count - start)
        for offset in 0..<4 { bytes[start + offset] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(offset))) }
    }

    private mutating func append(integer: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: integer.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func append(string: String) {
        append(integer: Int32(clamping: string.utf8.count + 1))
        bytes.append(contentsOf: string.utf8)
        bytes.append(0)
    }

    private mutating func append(cString: String) {
        var text = cString
        text.withUTF8 { utf8 in
            let end = unsafe utf8.firstIndex(of: 0) ?? utf8.count
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[..<end]))
        }
        bytes.append(0)
    }
}

extension BSONDocument: ExpressibleByDictionaryLiteral {
    /// A document with its fields in the order written.
    public init(dictionaryLiteral elements: (String, BSONValue)...) {
        self = BSONWriter.document { writer in
            for (key, value) in elements { writer.append(key, value) }
        }
    }
}
