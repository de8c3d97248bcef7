/// The header fields of a message, in the order of the wire.
///
/// - Source: RFC 9110, §5.
struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var entries: [(name: String, value: String)] = []

    init() {}

    init(dictionaryLiteral elements: (String, String)...) {
        entries = elements.map { (name: $0.0, value: $0.1) }
    }

    /// Adds a field beside those of its name.
    mutating func append(_ name: String, _ value: String) {
        entries.append((name, value))
    }

    /// The first value of `name`, compared without case; setting replaces all of that name.
    subscript(_ name: String) -> String? {
        get { entries.first { Self.areEqual($0.name, name) }?.value }
        set {
            entries.removeAll { Self.areEqual($0.name, name) }
            if let newValue { entries.append((name, newValue)) }
        }
    }

    /// Every value of `name`, in order.
    func values(_ name: String) -> [String] {
        entries.filter { Self.areEqual($0.name, name) }.map(\.value)
    }

    /// Field names are ASCII and have no case.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
