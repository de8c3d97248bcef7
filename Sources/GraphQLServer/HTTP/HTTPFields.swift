/// The header fields of a message, in the order of the wire.
///
/// - Source: RFC 9110, §5.
struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var entries: [(name: String, value: String)] = []

    /// - Parameter capacity: How many fields there is room for at once.
    init(capacity: Int = 0) { entries.reserveCapacity(capacity) }

    /// With room for the fields that every response gets besides.
    init(dictionaryLiteral elements: (String, String)...) {
        entries.reserveCapacity(elements.count + 6)
        for (name, value) in elements { entries.append((name, value)) }
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

    /// Sets a field, unless it is there.
    mutating func fill(_ name: String, _ value: String) {
        if self[name] == nil { entries.append((name, value)) }
    }

    /// Adds an element to a field that is a list, unless it is among its elements.
    mutating func include(_ element: String, in name: String) {
        guard let place = entries.firstIndex(where: { Self.areEqual($0.name, name) }) else {
            return append(name, element)
        }
        // Mostly there is one.
        let first = entries[place].value
        if Self.areEqual(first, element) { return }
        if count(name) == 1, !first.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }) {
            entries[place].value = first + ", " + element
            return
        }
        let elements = values(name).flatMap { $0.split(separator: ",").map { $0.filter { $0 != " " } } }
        guard !elements.contains(where: { Self.areEqual($0, element) }) else { return }
        self[name] = (elements + [element]).joined(separator: ", ")
    }

    /// Every value of `name`, in order.
    func values(_ name: String) -> [String] {
        var values: [String] = []
        for entry in entries where Self.areEqual(entry.name, name) { values.append(entry.value) }
        return values
    }

    /// How often `name` stands there.
    func count(_ name: String) -> Int {
        entries.reduce(0) { Self.areEqual($1.name, name) ? $0 + 1 : $0 }
    }

    /// Field names are ASCII and have no case.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        if left == right { return true }
        var others = right.utf8.makeIterator()
        for byte in left.utf8 {
            guard let other = others.next(), byte == other || lowered(byte) == lowered(other) else { return false }
        }
        return true
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
