/// The pieces of `vocab.txt` as a trie over UTF-8 bytes; a piece's number is its line's.
///
/// All edges lie in one open-addressed table, so that walking on by a byte costs one look-up.
struct WordPieceVocabulary: Sendable {
    /// A place in the trie.
    struct Node: Sendable, Equatable {
        fileprivate var index: UInt32
    }

    /// Where every word begins.
    static let root = Node(index: 0)
    /// How many pieces there are.
    private(set) var count = 0
    /// Where the rest of a word begins, after `##`; nil if no piece starts so.
    private(set) var continuation: Node?

    /// Seventy times the published vocabulary.
    private static let maxBytes = 1 << 24
    private static let noPiece: Int32 = -1
    private static let emptyKey = UInt64.max
    private var keys: [UInt64]  // parent << 8 | byte
    private var children: [UInt32]
    private var pieces: [Int32] = [noPiece]  // by node

    /// Builds the trie of newline-separated pieces.
    ///
    /// Returns nil when a piece is empty or occurs twice, or when the text is absurdly long.
    init?(lines text: [UInt8]) {
        guard text.count <= Self.maxBytes else { return nil }
        var edgeLimit = 1024
        while edgeLimit < 2 * text.count { edgeLimit *= 2 }
        keys = Array(repeating: Self.emptyKey, count: edgeLimit)
        children = Array(repeating: 0, count: edgeLimit)
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            guard !line.isEmpty else { return nil }
            var node = Self.root
            for byte in line { node = addingChild(byte, of: node) }
            guard pieces[Int(node.index)] == Self.noPiece else { return nil }
            pieces[Int(node.index)] = Int32(count)
            count += 1
        }
        continuation = child(UInt8(ascii: "#"), of: Self.root).flatMap { child(UInt8(ascii: "#"), of: $0) }
    }

    /// The node `byte` leads to, if any piece goes on that way.
    func child(_ byte: UInt8, of node: Node) -> Node? {
        let slot = slot(of: byte, at: node)
        return keys[slot] == Self.emptyKey ? nil : Node(index: children[slot])
    }

    /// The number of the piece that ends at `node`.
    func piece(at node: Node) -> Int32? {
        let piece = pieces[Int(node.index)]
        return piece == Self.noPiece ? nil : piece
    }

    /// The number of a piece given as text.
    func piece(_ text: String) -> Int32? {
        var node = Self.root
        for byte in text.utf8 {
            guard let next = child(byte, of: node) else { return nil }
            node = next
        }
        return piece(at: node)
    }

    private mutating func addingChild(_ byte: UInt8, of node: Node) -> Node {
        let slot = slot(of: byte, at: node)
        if keys[slot] == Self.emptyKey {
            keys[slot] = UInt64(node.index) << 8 | UInt64(byte)
            children[slot] = UInt32(pieces.count)
            pieces.append(Self.noPiece)
        }
        return Node(index: children[slot])
    }

    /// Where the edge is, or the empty slot where it would be.
    ///
    /// The table is never more than half full.
    private func slot(of byte: UInt8, at node: Node) -> Int {
        let key = UInt64(node.index) << 8 | UInt64(byte)
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while keys[slot] != key && keys[slot] != Self.emptyKey { slot = (slot + 1) & mask }
        return slot
    }
}
