public import Schema

/// A value of a BSON document, for filters, updates and small documents that are built in code.
///
/// Large answers are read with ``BSONDocument`` instead, which makes no values that nobody asks for.
///
/// - Source: bsonspec.org, version 1.1.
public enum BSONValue: Equatable, Sendable {
    case null
    /// Comes before everything.
    case minKey
    /// Comes after everything.
    case maxKey
    case bool(Bool)
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    case string(String)
    case objectID(ObjectID)
    /// Milliseconds since 1970, UTC.
    case date(Int64)
    /// Subtype 0.
    case binary([UInt8])
    /// Seconds and counter, as change streams and the oplog use it.
    case timestamp(UInt64)
    /// The pattern and the options, in their order.
    case regex(String, options: String)
    case array([BSONValue])
    /// In the order of the wire; keys are not checked for doubles.
    case document([(key: String, value: BSONValue)])
    /// A document that stands already.
    case encoded(BSONDocument)

    /// Equal types and bytes; a document's order of fields counts.
    public static func == (left: BSONValue, right: BSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null), (.minKey, .minKey), (.maxKey, .maxKey): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int32(let left), .int32(let right)): left == right
        case (.int64(let left), .int64(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.string(let left), .string(let right)): left == right
        case (.objectID(let left), .objectID(let right)): left == right
        case (.date(let left), .date(let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.regex(let left, let leftOptions), .regex(let right, let rightOptions)):
            left == right && leftOptions == rightOptions
        case (.array(let left), .array(let right)): left == right
        case (.document(let left), .document(let right)):
            left.elementsEqual(right) { $0.key == $1.key && $0.value == $1.value }
        case (.encoded(let left), .encoded(let right)): left.bytes == right.bytes
        default: false
        }
    }
}

extension BSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// The smallest type that holds it, as the shell and the drivers do.
    public init(integerLiteral value: Int64) { self = .int(value) }
    /// A double.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
    /// An array.
    public init(arrayLiteral elements: BSONValue...) { self = .array(elements) }
    /// A document with its fields in the order written.
    public init(dictionaryLiteral elements: (String, BSONValue)...) {
        self = .document(elements.map { (key: $0.0, value: $0.1) })
    }

    /// A whole number in the smallest type that holds it.
    public static func int(_ value: some BinaryInteger) -> BSONValue {
        Int32(exactly: value).map(BSONValue.int32) ?? .int64(Int64(clamping: value))
    }

    /// The value, or null.
    public static func optional<Wrapped>(_ value: Wrapped?, _ make: (Wrapped) -> BSONValue) -> BSONValue {
        value.map(make) ?? .null
    }
}
