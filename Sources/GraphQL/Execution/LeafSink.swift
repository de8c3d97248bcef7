/// Where the values of a leaf field go: as JSON into a buffer, or where some of them do not fit the field's type, into a column.
///
/// One closure a field serves both, which holds the resolver once: the compiler then puts the resolver in its place.
@usableFromInline
struct LeafSink: ~Copyable {
    /// Gives the values of the objects at ``places`` as JSON; where the field's completion is not told, those of all as a column.
    typealias Source =
        @Sendable (_ objects: ObjectBatch, _ completion: Completion?, _ sink: inout LeafSink) throws -> Void

    @usableFromInline var buffer: ResponseBuffer
    /// Where in the buffer what is written of each object ends.
    ///
    /// Of an object whose value does not fit nothing is written.
    @usableFromInline var ends: [Int] = []
    /// What stands before each value.
    var key: [UInt8] = []
    /// Of the objects in their batch.
    @usableFromInline var places = 0..<0
    /// The column that was made.
    @usableFromInline var column: Column?

    init(_ buffer: consuming ResponseBuffer) {
        self.buffer = buffer
    }

    /// Writes key and value, or null where that may be; nothing of what does not fit.
    @inlinable
    mutating func write(_ value: some LeafValue, as completion: Completion) {
        let mark = buffer.count
        writeKey()
        switch value.write(as: completion, into: &buffer) {
        case .written: break
        case .null where !completion.isNonNull: buffer.writeNull()
        case .null, .unfit: buffer.truncate(to: mark)
        }
        skip()
    }

    /// Writes no more of this object.
    @inlinable
    mutating func skip() { ends.append(buffer.count) }

    @usableFromInline
    mutating func writeKey() { buffer.write(raw: key) }
}
