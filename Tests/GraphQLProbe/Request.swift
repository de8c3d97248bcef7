import GraphQL

/// One line of the probe's input: a JSON object.
struct Request {
    private let entries: Value.Object

    /// - Parameter line: JSON.
    /// - Throws: ``GraphQLError`` for what is no JSON, ``Probe/Unknown`` for what is no object.
    init(_ line: String) throws {
        guard case .object(let entries) = try JSONParser(maxDepth: 1000).parse(Array(line.utf8)) else {
            throw Probe.Unknown(description: "a request is an object")
        }
        self.entries = entries
    }

    subscript(key: String) -> Value? { entries[key] }

    func optionalString(_ key: String) -> String? {
        if case .string(let text)? = entries[key] { text } else { nil }
    }

    func string(_ key: String) throws -> String {
        guard let text = optionalString(key) else { throw Probe.Unknown(description: "\(key) is missing") }
        return text
    }

    /// Nil where there is no such list.
    func strings(_ key: String) -> [String]? {
        guard case .list(let items)? = entries[key] else { return nil }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    /// Empty where there is none.
    func object(_ key: String) -> Value.Object {
        if case .object(let object)? = entries[key] { object } else { [:] }
    }
}
