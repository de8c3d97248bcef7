/// What the fields of a scope gave as JSON, written column by column before the objects are written row by row.
///
/// A column is one array of one kind: its loop knows the kind once, touches no reference but the column's own, and has no
/// branch but for null. The walk then only copies bytes. One object at a time would look the column up anew for each
/// value, which costs more than writing it.
///
/// Objects and lists of which all is rendered are pieces of the objects around them: their bytes are copied once for each level,
/// and there are as many levels as the limit of depth allows.
///
/// What needs more than that is left to the walk: errors, nulls that may not be, rare combinations of type and column.
final class RenderedFields {
    /// The pieces of all columns, end to end: `,"name":"value"` each.
    let pieces: ResponseBuffer
    /// For each field of the plan where its pieces' ends begin in ``ends``; negative for a field that is not rendered.
    let columns: [Int]
    /// Where a piece ends in ``pieces``.
    ///
    /// It begins where the one before ends. A piece without bytes is left to the walk.
    let ends: [Int]

    /// Whether every field is rendered.
    let isComplete: Bool
    /// How many bytes at the start of a piece are left out, but between two objects of a list.
    ///
    /// Where objects have one field, its pieces are `},{"name":"value"`: a list of them is one run of bytes.
    let lead: Int

    /// Below so many objects it does not pay.
    static let minRows = 4
    /// Longer pieces are left to the walk, which ends where the response is too long.
    private static let maxBytes = 16 << 20

    init(_ scope: Scope) {
        let rows = scope.objects.count
        var columns: [Int] = []
        columns.reserveCapacity(scope.outputs.count)
        var sink = LeafSink(ResponseBuffer(capacity: 32 * rows * scope.outputs.count, maxBytes: Self.maxBytes))
        sink.ends.reserveCapacity(1 + rows * scope.outputs.count)
        sink.ends.append(0)
        sink.places = 0..<rows
        let between = scope.plan.fields.count == 1 ? Array("},".utf8) : []
        for index in scope.outputs.indices {
            let field = scope.plan.fields[index]
            sink.key.removeAll(keepingCapacity: true)
            sink.key += between
            sink.key.append(FieldPlan.separator(at: index))
            sink.key += field.key
            let start = sink.ends.count - 1
            let isRendered: Bool
            switch scope.outputs[index] {
            case .column(let resolved):
                isRendered = Self.render(
                    resolved,
                    field.completion,
                    key: sink.key,
                    into: &sink.buffer,
                    &sink.ends
                )
            case .typename:
                for _ in 0..<rows {
                    sink.buffer.write(raw: sink.key)
                    sink.buffer.write(byte: UInt8(ascii: "\""))
                    sink.buffer.write(raw: scope.plan.typeNameBytes)
                    sink.buffer.write(byte: UInt8(ascii: "\""))
                    sink.ends.append(sink.buffer.count)
                }
                isRendered = true
            case .leaves:
                // What went wrong as a whole goes wrong again when the column is made, which tells it.
                isRendered = (try? field.target.leaves?(scope.objects, field.completion, &sink)) != nil
            case .failure, .pending: isRendered = false
            }
            columns.append(isRendered ? start : -1)
        }
        if sink.buffer.isOverfull { columns = columns.map { _ in -1 } }
        ends = sink.ends
        pieces = sink.buffer
        self.columns = columns
        isComplete = !columns.isEmpty && columns.allSatisfy { $0 >= 0 }
        lead = between.count
    }

    /// - Returns: Whether the field is of a kind that is rendered.
    private static func render(
        _ field: ResolvedField,
        _ completion: Completion,
        key: [UInt8],
        into pieces: inout ResponseBuffer,
        _ ends: inout [Int]
    ) -> Bool {
        switch (field.children, completion.kind) {
        case (.none, .list): break
        // Lent and not copied.
        case (.none, _): return render(field.column, completion, key: key, into: &pieces, &ends)
        default: break
        }
        let column = field.column
        let nulls = NullPieces(column, isNonNull: completion.isNonNull, key: key)
        switch (completion.kind, column.content, field.children) {
        case (.composite, .objects(let objects), .one(let scope)):
            guard scope.objects.count >= minRows, scope.rendered.isComplete else { return false }
            let rendered = scope.rendered
            defer { scope.forgetRendered() }
            for position in 0..<column.count where !pieces.isOverfull {
                if nulls.write(position, into: &pieces, &ends) { continue }
                let mark = pieces.count
                pieces.write(raw: key)
                let row = objects.places.map { Int($0[position]) } ?? position
                if rendered.write(row..<row + 1, into: &pieces) == row { pieces.truncate(to: mark) }
                ends.append(pieces.count)
            }
            return true
        case (.list, .lists(let lists), .one(let scope)):
            guard case .composite? = completion.item?.kind, case .objects(let objects) = lists.items.content,
                objects.places == nil,
                scope.objects.count >= minRows, scope.rendered.isComplete
            else { return false }
            let rendered = scope.rendered
            defer { scope.forgetRendered() }
            for position in 0..<column.count where !pieces.isOverfull {
                if nulls.write(position, into: &pieces, &ends) { continue }
                let mark = pieces.count
                pieces.write(raw: key)
                pieces.write(byte: UInt8(ascii: "["))
                let end = lists.starts[position + 1]
                if rendered.write(lists.starts[position]..<end, into: &pieces) < end {
                    pieces.truncate(to: mark)
                } else {
                    pieces.write(byte: UInt8(ascii: "]"))
                }
                ends.append(pieces.count)
            }
            return true
        case (.list, .lists(let lists), .none):
            guard let item = completion.item else { return false }
            for position in 0..<column.count where !pieces.isOverfull {
                if nulls.write(position, into: &pieces, &ends) { continue }
                let mark = pieces.count
                pieces.write(raw: key)
                pieces.write(byte: UInt8(ascii: "["))
                if write(lists.items, lists.starts[position]..<lists.starts[position + 1], as: item, into: &pieces) {
                    pieces.write(byte: UInt8(ascii: "]"))
                } else {
                    pieces.truncate(to: mark)
                }
                ends.append(pieces.count)
            }
            return true
        default:
            return false
        }
    }

    /// Writes objects, with commas between, of which all is rendered.
    ///
    /// - Returns: The first object that takes more than that, of which nothing is written; the end of `rows` where there is
    ///   none.
    func write(_ rows: Range<Int>, into buffer: inout ResponseBuffer) -> Int {
        if columns.count == 1 {
            let end = rows.first { ends[$0] == ends[$0 + 1] } ?? rows.upperBound
            if end > rows.lowerBound {
                buffer.write(pieces, ends[rows.lowerBound] + lead..<ends[end])
                buffer.write(byte: UInt8(ascii: "}"))
            }
            return end
        }
        for row in rows {
            let mark = buffer.count
            if row > rows.lowerBound { buffer.write(byte: UInt8(ascii: ",")) }
            for column in columns {
                let (start, end) = (ends[column + row], ends[column + row + 1])
                if start == end {
                    buffer.truncate(to: mark)
                    return row
                }
                buffer.write(pieces, start..<end)
            }
            buffer.write(byte: UInt8(ascii: "}"))
        }
        return rows.upperBound
    }

    /// Writes leaves that are what their type says, without a look at the column for each.
    ///
    /// - Returns: False where nothing was written, since one of them may be something else.
    static func write(
        _ items: Column,
        _ range: Range<Int>,
        as item: Completion,
        into buffer: inout ResponseBuffer
    ) -> Bool {
        if range.isEmpty { return true }
        guard items.nulls.isEmpty else { return false }
        return switch items.content {
        case .strings(let texts): write(texts[range], as: item, into: &buffer)
        case .integers(let numbers): write(numbers[range], as: item, into: &buffer)
        default: false
        }
    }

    private static func write(
        _ leaves: ArraySlice<some LeafValue>,
        as item: Completion,
        into buffer: inout ResponseBuffer
    ) -> Bool {
        let mark = buffer.count
        for place in leaves.indices {
            if place > leaves.startIndex { buffer.write(byte: UInt8(ascii: ",")) }
            guard case .written = leaves[place].write(as: item, into: &buffer) else {
                buffer.truncate(to: mark)
                return false
            }
        }
        return true
    }

    /// - Returns: Whether the column is of a kind that its type takes as it is.
    private static func render(
        _ column: Column,
        _ completion: Completion,
        key: [UInt8],
        into pieces: inout ResponseBuffer,
        _ ends: inout [Int]
    ) -> Bool {
        let nulls = NullPieces(column, isNonNull: completion.isNonNull, key: key)
        guard completion.isLeaf else { return false }
        switch column.content {
        case .strings(let texts): render(texts, completion, key: key, nulls, into: &pieces, &ends)
        case .integers(let numbers): render(numbers, completion, key: key, nulls, into: &pieces, &ends)
        case .doubles(let numbers): render(numbers, completion, key: key, nulls, into: &pieces, &ends)
        case .booleans(let flags): render(flags, completion, key: key, nulls, into: &pieces, &ends)
        case .raw(let leaves):
            for position in 0..<leaves.count where !pieces.isOverfull {
                if nulls.write(position, into: &pieces, &ends) { continue }
                pieces.write(raw: key)
                leaves.write(position, &pieces)
                ends.append(pieces.count)
            }
        case .values, .objects, .abstract, .lists: return false
        }
        return true
    }

    private static func render(
        _ leaves: [some LeafValue],
        _ completion: Completion,
        key: [UInt8],
        _ nulls: NullPieces,
        into pieces: inout ResponseBuffer,
        _ ends: inout [Int]
    ) {
        for position in leaves.indices where !pieces.isOverfull {
            if nulls.write(position, into: &pieces, &ends) { continue }
            let mark = pieces.count
            pieces.write(raw: key)
            if leaves[position].write(as: completion, into: &pieces) != .written { pieces.truncate(to: mark) }
            ends.append(pieces.count)
        }
    }

    /// Writes the pieces of positions without value.
    private struct NullPieces {
        let nulls: NullPositions
        /// Nil where the walk deals with nulls: they are errors, or some of them are.
        let key: [UInt8]?

        init(_ column: Column, isNonNull: Bool, key: [UInt8]) {
            nulls = column.nulls
            self.key = isNonNull || !column.failures.isEmpty ? nil : key
        }

        /// - Returns: Whether there is no value at `position`.
        @inline(__always)
        func write(_ position: Int, into pieces: inout ResponseBuffer, _ ends: inout [Int]) -> Bool {
            if nulls.isEmpty || !nulls.contains(position) { return false }
            if let key {
                pieces.write(raw: key)
                pieces.writeNull()
            }
            ends.append(pieces.count)
            return true
        }
    }
}
