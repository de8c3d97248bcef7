public import GraphQL

extension Timestamp: WrittenLeaf {
    /// Writes the description in quotes.
    public func write(into buffer: inout ResponseBuffer) {
        unsafe buffer.writeQuoted(capacity: Self.maxBytes) { unsafe write(to: $0) }
    }
}

extension NodeID: WrittenLeaf {
    /// Writes the description in quotes.
    public func write(into buffer: inout ResponseBuffer) {
        unsafe buffer.writeQuoted(capacity: byteCount) { unsafe write(to: $0) }
    }
}
