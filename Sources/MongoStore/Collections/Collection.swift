/// A collection as it must be: what its documents look like, and which indexes it has.
struct Collection: Sendable {
    /// An index beside that of `_id`.
    struct Index: Sendable {
        /// Field and direction, in order.
        let keys: [(String, BSONValue)]
        /// Whether equal keys are refused.
        var isUnique = false
        /// Only documents that match are in it; nil for all.
        var only: BSONValue?
        /// How long after the time in its field a document is erased, in seconds; nil for never.
        var expiresAfterSeconds: Int?

        /// As `hint` and `createIndexes` take it.
        var keyPattern: BSONValue { .document(keys.map { (key: $0.0, value: $0.1) }) }
        /// As the server itself would call it.
        var name: String {
            keys.map { "\($0.0)_\($0.1 == 1 ? 1 : -1)" }.joined(separator: "_")
        }
    }

    let name: String
    /// A JSON schema; other fields than those it names may stand beside them.
    let schema: BSONValue
    let indexes: [Index]

    /// The validators of a database's collections, by name; empty for a collection without one.
    static func validators(_ client: borrowing MongoClient) throws -> [String: BSONDocument] {
        let reply = try client.read(["listCollections": 1, "cursor": ["batchSize": 1_000]])
        let collections = try reply.document("cursor").array("firstBatch") { try $0.document() }
        return try Dictionary(
            collections.map {
                (try $0.string("name"), try $0.document("options").first("validator")?.document() ?? [:])
            }
        ) { $1 }
    }

    /// Makes the collection, its validator and its indexes where they are missing, and nothing else.
    ///
    /// - Parameters:
    ///   - client: Of the database.
    ///   - validators: Of the collections that are there, see ``validators(_:)``.
    /// - Throws: ``MongoError``.
    func ensure(_ client: borrowing MongoClient, _ validators: [String: BSONDocument]) throws {
        let validator: BSONDocument = ["$jsonSchema": schema]
        // A validator is set under a lock for which MongoDB holds up all other writes, those of other servers too.
        if validators[name]?.bytes != validator.bytes { try makeOrChange(client) }
        guard !indexes.isEmpty else { return }
        let definitions = indexes.map { index -> BSONValue in
            var fields: [(key: String, value: BSONValue)] = [("key", index.keyPattern), ("name", .string(index.name))]
            if index.isUnique { fields.append(("unique", true)) }
            if let only = index.only { fields.append(("partialFilterExpression", only)) }
            if let seconds = index.expiresAfterSeconds { fields.append(("expireAfterSeconds", .int(seconds))) }
            return .document(fields)
        }
        try client.write(["createIndexes": .string(name), "indexes": .array(definitions)])
    }

    private func makeOrChange(_ client: borrowing MongoClient) throws(MongoError) {
        let validator: BSONValue = ["$jsonSchema": schema]
        do throws(MongoError) {
            try client.write(["create": .string(name), "validator": validator])
        } catch {
            guard error.code == Self.namespaceExists else { throw error }
            try client.write(["collMod": .string(name), "validator": validator])
        }
    }

    private static let namespaceExists: UInt32 = 48

    /// A JSON schema of an object.
    ///
    /// - Parameters:
    ///   - required: The BSON type of each field that must be there.
    ///   - optional: The BSON type of each field that may be there.
    /// - Returns: Other fields may be there too.
    static func object(_ required: [(String, BSONValue)], optional: [(String, BSONValue)] = []) -> BSONValue {
        [
            "bsonType": "object",
            "required": .strings(required.map(\.0)),
            "properties": .document(
                (required + optional).map { name, type in
                    if case .document = type { return (key: name, value: type) }
                    return (key: name, value: ["bsonType": type])
                }
            ),
        ]
    }
}
