/// Finds the places of names that a schema gives a type.
///
/// Looked up for every field of every new document. A dictionary hashes all of a name, and with a secret; here nobody but the
/// schema's author chooses the names that are compared, and a type has few that agree in length, first and last letter.
struct NameTable {
    private let names: [String]
    /// For each hash the first place with it, or -1; as many as a power of two.
    private let first: [Int32]
    /// For each place the next one with its hash, or -1.
    private let next: [Int32]

    /// - Parameter names: By their places; of equal ones the first is found.
    init(_ names: [String] = []) {
        var size = 8
        while size < 2 * names.count { size *= 2 }
        var first = [Int32](repeating: -1, count: size)
        var next = [Int32](repeating: -1, count: names.count)
        for place in names.indices.reversed() {
            let hash = Self.hash(names[place], size)
            next[place] = first[hash]
            first[hash] = Int32(place)
        }
        self.names = names
        self.first = first
        self.next = next
    }

    /// The place of `name`; nil where it is none of the names.
    subscript(name: String) -> Int? {
        var place = Int(first[Self.hash(name, first.count)])
        while place >= 0 {
            if names[place] == name { return place }
            place = Int(next[place])
        }
        return nil
    }

    private static func hash(_ name: String, _ size: Int) -> Int {
        let sum = unsafe name.utf8.withContiguousStorageIfAvailable { bytes in
            guard let first = unsafe bytes.first, let last = unsafe bytes.last else { return 0 }
            return bytes.count &* 7 &+ Int(first) &* 31 &+ Int(last)
        }
        return (sum ?? 0) & (size - 1)
    }
}
