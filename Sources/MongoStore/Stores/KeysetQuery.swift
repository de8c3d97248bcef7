internal import Schema

/// A part of a connection as a range of one index: a page reads its own rows and one more.
///
/// The range is bounded by cursors that hold sort key and identifier, so it stays right while rows come, go and move.
struct KeysetQuery {
    /// A place in the index: sort key and identifier.
    typealias Place = (key: BSONValue, id: BSONValue)

    let collection: Collection
    /// The fields of the index before the sort key, each with the one value that it has in the connection.
    let prefix: [(key: String, value: BSONValue)]
    /// The sort key.
    let key: String
    /// Whether no two rows have the same sort key, a number: then the index ends with it.
    var isKeyUnique = false
    /// What the index does not tell: rows that do not match are read and passed over.
    let filter: [(key: String, value: BSONValue)]
    /// Sort keys of the connection: from the first to before the second.
    var keys: (BSONValue, BSONValue) = (.minKey, .maxKey)
    let isDescending: Bool
    /// Whether a field of the prefix is an array: then the server sorts by itself unless the range is put in conditions.
    var isMultikey = false
    let page: PageRequest
    /// Which fields are read; nil for all.
    var projection: BSONValue?

    /// A search of the server.
    struct Find {
        let filter: BSONDocument
        let options: BSONDocument
        /// As many rows at most.
        let limit: Int
    }

    /// Reads the page: one round trip for the rows, and one each for the count and for what lies beyond a cursor, where they
    /// are asked for.
    ///
    /// - Parameters:
    ///   - client: Lent to the caller.
    ///   - total: How many rows the connection has, where that is known without counting.
    ///   - decode: Makes a row of a document.
    /// - Returns: What the page request asked for.
    /// - Throws: ``MongoError``; what `decode` throws.
    func read<Row: Sendable>(
        _ client: borrowing MongoClient,
        total: Int? = nil,
        _ decode: (BSONField) throws -> Row
    ) throws -> Page<Row> {
        var rows: [Row] = []
        if page.needsRows, let find = self.rows {
            rows = try client.find(
                collection.name,
                find.filter,
                find.options,
                capacity: find.limit,
                isCommitted: true,
                decode: decode
            )
        }
        let isCut = rows.count > page.limit
        if isCut { rows.removeLast() }
        if page.isBackward { rows.reverse() }
        var result = Page(rows: rows)
        if page.needsPrevious {
            result.hasPrevious = page.isBackward && isCut
            if result.hasPrevious == false, let cursor = page.after {
                result.hasPrevious = try isAny(client, beyond(cursor, isBefore: true))
            }
        }
        if page.needsNext {
            result.hasNext = !page.isBackward && isCut
            if result.hasNext == false, let cursor = page.before {
                result.hasNext = try isAny(client, beyond(cursor, isBefore: false))
            }
        }
        if page.needsTotal { result.total = try total ?? client.read(count).int("n") }
        return result
    }

    private func isAny(_ client: borrowing MongoClient, _ find: Find?) throws -> Bool {
        guard let find else { return false }
        return try !client.find(collection.name, find.filter, find.options).isEmpty
    }

    /// The rows of the page, and where that is asked for one more, which tells whether more follow; in the order of the reading.
    ///
    /// Nil where no row can lie between the cursors.
    var rows: Find? {
        let (start, end) = isDescending ? (page.before, page.after) : (page.after, page.before)
        return find(
            from: start.map { max(lower, after($0)) } ?? lower,
            to: end.map { min(upper, at($0)) } ?? upper,
            isDescending: isDescending != page.isBackward,
            limit: page.limit + ((page.isBackward ? page.needsPrevious : page.needsNext) ? 1 : 0)
        )
    }

    /// Any row at `cursor` or on its far side, which is the side before it for `after`; nil where there can be none.
    func beyond(_ cursor: PageCursor, isBefore: Bool) -> Find? {
        // What comes before in a descending order is larger.
        isBefore == isDescending
            ? find(from: max(lower, at(cursor)), to: upper, isDescending: false, limit: 1)
            : find(from: lower, to: min(upper, after(cursor)), isDescending: true, limit: 1)
    }

    /// What `count` is asked.
    var count: BSONDocument {
        var query = prefix + filter
        if keys.0 != .minKey { query.append((key, ["$gte": keys.0])) }
        if keys.1 != .maxKey { query.append((key, ["$lt": keys.1])) }
        return [
            "count": .string(collection.name), "query": .document(Self.joined(query)),
            "hint": .document(indexFields.map { (key: $0, value: 1) }), "maxTimeMS": 10_000,
        ]
    }

    /// Conditions on one field as one condition.
    private static func joined(_ fields: [(key: String, value: BSONValue)]) -> [(key: String, value: BSONValue)] {
        fields.reduce(into: []) { joined, field in
            if let place = joined.firstIndex(where: { $0.key == field.key }),
                case .document(let known) = joined[place].value, case .document(let more) = field.value
            {
                joined[place].value = .document(known + more)
            } else {
                joined.append(field)
            }
        }
    }

    // MARK: - Bounds

    private var lower: Place { (keys.0, .minKey) }
    private var upper: Place { (keys.1, keys.1 == .maxKey ? .maxKey : .minKey) }

    private func at(_ cursor: PageCursor) -> Place {
        (Self.value(cursor), isKeyUnique ? .minKey : .objectID(cursor.id))
    }

    private func after(_ cursor: PageCursor) -> Place {
        if isKeyUnique, case .number(let number) = cursor.key {
            return number < .max ? (.int64(number + 1), .minKey) : (.maxKey, .maxKey)
        }
        return (Self.value(cursor), cursor.id.successor.map(BSONValue.objectID) ?? .maxKey)
    }

    private static func value(_ cursor: PageCursor) -> BSONValue {
        switch cursor.key {
        case .time(let time): .time(time)
        case .text(let text): .string(text)
        case .number(let number): .int64(number)
        }
    }

    private func max(_ left: Place, _ right: Place) -> Place { Self.isLess(left, right) ? right : left }
    private func min(_ left: Place, _ right: Place) -> Place { Self.isLess(right, left) ? right : left }

    private static func isLess(_ left: Place, _ right: Place) -> Bool {
        left.key == right.key ? isLess(left.id, right.id) : isLess(left.key, right.key)
    }

    /// As the server orders values of the kinds that sort keys have.
    private static func isLess(_ left: BSONValue, _ right: BSONValue) -> Bool {
        switch (left, right) {
        case (.minKey, .minKey), (.maxKey, _), (_, .minKey): false
        case (.minKey, _), (_, .maxKey): true
        case (.date(let left), .date(let right)), (.int64(let left), .int64(let right)): left < right
        case (.objectID(let left), .objectID(let right)): left < right
        // The server compares texts by their bytes.
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        default: false
        }
    }

    private func find(from least: Place, to most: Place, isDescending: Bool, limit: Int) -> Find? {
        guard Self.isLess(least, most) else { return nil }
        let fields = indexFields
        let options = BSONWriter.document(capacity: 1024) { writer in
            writer.appendDocument("hint") { for field in fields { $0.append(field, 1) } }
            // Fields that have one value need no order, and an array has none.
            let sorted = isMultikey ? [key, "_id"] : fields
            writer.appendDocument("sort") { for field in sorted { $0.append(field, isDescending ? -1 : 1) } }
            writer.append("limit", .int(limit))
            writer.append("maxTimeMS", 10_000)
            if !isMultikey {
                writer.appendDocument("min") { append(least, to: &$0) }
                writer.appendDocument("max") { append(most, to: &$0) }
            }
            if let projection { writer.append("projection", projection) }
        }
        let conditions = isMultikey ? conditions(from: least, to: most) : []
        return Find(filter: Self.document(prefix + filter + conditions), options: options, limit: limit)
    }

    private func append(_ place: Place, to writer: inout BSONWriter) {
        for (field, value) in prefix { writer.append(field, value) }
        writer.append(key, place.key)
        if !isKeyUnique { writer.append("_id", place.id) }
    }

    /// The range as conditions: on the sort key alone, which bound the index, and for rows with equal keys on both.
    private func conditions(from least: Place, to most: Place) -> [(key: String, value: BSONValue)] {
        var conditions: [(key: String, value: BSONValue)] = []
        var ties: [BSONValue] = []
        func bound(_ place: Place, outside: String, orEqual: String, id: String) {
            switch place.id {
            case .objectID:
                conditions.append((key, .document([(key: orEqual, value: place.key)])))
                ties.append([
                    "$or": [
                        .document([(key: key, value: .document([(key: outside, value: place.key)]))]),
                        ["_id": .document([(key: id, value: place.id)])],
                    ]
                ])
            // Every row with this key is outside the range, or every one is inside.
            case .maxKey:
                conditions.append((key, .document([(key: id == "$gte" ? outside : orEqual, value: place.key)])))
            default: conditions.append((key, .document([(key: id == "$gte" ? orEqual : outside, value: place.key)])))
            }
        }
        if least.key != .minKey { bound(least, outside: "$gt", orEqual: "$gte", id: "$gte") }
        if most.key != .maxKey { bound(most, outside: "$lt", orEqual: "$lte", id: "$lt") }
        if !ties.isEmpty { conditions.append(("$and", .array(ties))) }
        return conditions
    }

    private static func document(_ fields: [(key: String, value: BSONValue)]) -> BSONDocument {
        let isRepeated = fields.indices.contains { place in fields[..<place].contains { $0.key == fields[place].key } }
        return BSONWriter.document { writer in
            for (key, value) in isRepeated ? joined(fields) : fields { writer.append(key, value) }
        }
    }

    /// The fields of the index that has the rows in their order.
    private var indexFields: [String] { prefix.map(\.key) + (isKeyUnique ? [key] : [key, "_id"]) }
}
