internal import Schema

/// Fields that must be there: what stores read of documents that they wrote themselves.
extension BSONDocument {
    /// The value of `key`.
    ///
    /// - Throws: ``BSONError`` where it is missing or of another type.
    func required<Result>(_ key: String, _ read: (BSONElement) throws -> Result?) throws -> Result {
        guard let element = try first(key), let value = try read(element) else {
            throw BSONError("the field \"\(key)\" is missing or of an unexpected type")
        }
        return value
    }

    func string(_ key: String) throws -> String { try required(key) { $0.string } }
    func bool(_ key: String) throws -> Bool { try required(key) { $0.bool } }
    func double(_ key: String) throws -> Double { try required(key) { $0.double } }
    func int(_ key: String) throws -> Int { try required(key) { $0.int.map { Int($0) } } }
    func objectID(_ key: String) throws -> ObjectID { try required(key) { $0.objectID } }
    func document(_ key: String) throws -> BSONDocument { try required(key) { try $0.document() } }

    func timestamp(_ key: String) throws -> Timestamp {
        try required(key) { $0.date.map(Timestamp.init(milliseconds:)) }
    }

    /// The values of an array, in order.
    func array<Item>(_ key: String, of read: (BSONElement) throws -> Item?) throws -> [Item] {
        try required(key) { try $0.array(of: read) }
    }
}

extension BSONElement {
    /// The values of an array, in order; nil for another type.
    func array<Item>(of read: (BSONElement) throws -> Item?) throws -> [Item]? {
        guard let document = try document() else { return nil }
        var items: [Item] = []
        var elements = document.makeElements()
        while let element = try elements.next() {
            guard let item = try read(element) else {
                throw BSONError("an entry of \"\(key)\" is of an unexpected type")
            }
            items.append(item)
        }
        return items
    }
}

extension BSONValue {
    /// Of every text.
    static func strings(_ texts: [String]) -> BSONValue { .array(texts.map(BSONValue.string)) }

    /// The condition of a field that is one of these identifiers.
    static func one(of ids: Set<ObjectID>) -> BSONValue {
        if ids.count == 1, let id = ids.first { return .objectID(id) }
        return ["$in": .array(ids.sorted().map(BSONValue.objectID))]
    }

    /// To the millisecond.
    static func time(_ time: Timestamp) -> BSONValue { .date(time.milliseconds) }
}
