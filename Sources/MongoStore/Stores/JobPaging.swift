internal import Schema

/// Turns a query for jobs into ranges of one index: a page reads its own rows and one more.
struct JobPaging {
    let query: JobQuery
    let recruiter: ObjectID

    /// A search of the server.
    struct Find {
        let filter: BSONDocument
        let options: BSONDocument
    }

    /// The rows of the page, and one more that tells whether more follow; in the order of the reading.
    ///
    /// Nil where no row can lie between the cursors.
    var rows: Find? {
        let ascendingStart = query.isDescending ? query.page.before : query.page.after
        let ascendingEnd = query.isDescending ? query.page.after : query.page.before
        guard let least = least(after: ascendingStart) else { return nil }
        if let ascendingStart, let ascendingEnd, !Self.precedes(ascendingStart, ascendingEnd) { return nil }
        return find(
            from: least,
            to: most(before: ascendingEnd),
            isDescending: query.isDescending != query.page.isBackward,
            limit: query.page.limit + 1
        )
    }

    /// Any row at `cursor` or on its far side, which is the side before it for `after`.
    func beyond(_ cursor: PageCursor, isBefore: Bool) -> Find {
        // What comes before in a descending order is larger.
        if isBefore == query.isDescending {
            return find(
                from: [key(cursor), .objectID(cursor.id)],
                to: [.maxKey, .maxKey],
                isDescending: false,
                limit: 1
            )
        }
        let end: [BSONValue] = cursor.id.successor.map { [key(cursor), .objectID($0)] } ?? [key(cursor), .maxKey]
        return find(from: [.minKey, .minKey], to: end, isDescending: true, limit: 1)
    }

    /// What `count` is asked.
    var count: BSONDocument {
        [
            "count": .string(Collections.jobs.name), "query": .document(filterFields), "hint": index.keyPattern,
            "maxTimeMS": 10_000,
        ]
    }

    // MARK: - Bounds

    /// The lower bound belongs to a range, the upper does not.
    private func least(after cursor: PageCursor?) -> [BSONValue]? {
        guard let cursor else { return [.minKey, .minKey] }
        return cursor.id.successor.map { [key(cursor), .objectID($0)] } ?? [key(cursor), .maxKey]
    }

    private func most(before cursor: PageCursor?) -> [BSONValue] {
        cursor.map { [key($0), .objectID($0.id)] } ?? [.maxKey, .maxKey]
    }

    /// Whether something can lie between.
    private static func precedes(_ left: PageCursor, _ right: PageCursor) -> Bool {
        switch (left.key, right.key) {
        case (.time(let first), .time(let second)) where first != second: first < second
        // The server compares texts by their bytes.
        case (.text(let first), .text(let second)) where !first.utf8.elementsEqual(second.utf8):
            first.utf8.lexicographicallyPrecedes(second.utf8)
        default: left.id.successor.map { $0 < right.id } ?? false
        }
    }

    private func key(_ cursor: PageCursor) -> BSONValue {
        switch cursor.key {
        case .time(let time): .time(time)
        case .text(let text): .string(text)
        }
    }

    private func find(from least: [BSONValue], to most: [BSONValue], isDescending: Bool, limit: Int) -> Find {
        let names = index.keys.map(\.0)
        func bound(_ tail: [BSONValue]) -> BSONValue {
            let head = names.count == 4 ? [.objectID(recruiter), status] : [.objectID(recruiter)]
            return .document(zip(names, head + tail).map { (key: $0, value: $1) })
        }
        var options: [(key: String, value: BSONValue)] = [
            ("hint", index.keyPattern), ("min", bound(least)), ("max", bound(most)),
            ("sort", .document(names.map { (key: $0, value: isDescending ? -1 : 1) })), ("limit", .int(limit)),
            ("maxTimeMS", 10_000),
        ]
        if !query.needsDescription { options.append(("projection", ["description": 0])) }
        return Find(filter: Self.document(filterFields), options: Self.document(options))
    }

    private static func document(_ fields: [(key: String, value: BSONValue)]) -> BSONDocument {
        BSONWriter.document { writer in
            for (key, value) in fields { writer.append(key, value) }
        }
    }

    private var status: BSONValue { .optional(query.status) { .string($0.rawValue) } }

    private var filterFields: [(key: String, value: BSONValue)] {
        var fields: [(key: String, value: BSONValue)] = [("recruiterId", .objectID(recruiter))]
        if query.status != nil { fields.append(("status", status)) }
        if !query.words.isEmpty {
            // Words are letters and digits, which mean nothing else in a pattern; anything else is quoted.
            let starts = query.words.map { BSONValue.regex("^\\Q\($0.replacing("\\E", with: ""))\\E", options: "") }
            fields.append(("titleWords", ["$all": .array(starts)]))
        }
        return fields
    }

    /// The index that has the rows in their order.
    private var index: Collection.Index {
        let key =
            switch query.order {
            case .lastUpdatedAt: "lastUpdatedAt"
            case .createdAt: "createdAt"
            case .title: "titleKey"
            }
        let head: [(String, BSONValue)] =
            query.status == nil ? [("recruiterId", 1)] : [("recruiterId", 1), ("status", 1)]
        return Collection.Index(keys: head + [(key, 1), ("_id", 1)])
    }
}
