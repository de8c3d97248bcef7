internal import GraphQL

/// What a request says of the subscription that it makes: `extensions.subscription`, and `Last-Event-ID`.
struct SubscriptionRequest: Equatable {
    /// Where to go on; nil for the start.
    var cursor: String?
    /// How long to wait for something newer.
    var wait = Duration.zero

    /// - Parameters:
    ///   - extensions: Of the request.
    ///   - lastEventID: What a reader of an event stream saw last; it goes before a cursor.
    /// - Throws: ``GraphQLError`` with the code `BAD_USER_INPUT`.
    init(_ extensions: Value.Object, lastEventID: String?) throws(GraphQLError) {
        switch extensions["subscription"] {
        case nil, .null?: break
        case .object(let object)?:
            switch object["cursor"] {
            case nil, .null?: break
            case .string(let text)?: cursor = text
            default: throw Self.wrong("cursor", "a string")
            }
            switch object["waitMs"] {
            case nil, .null?: break
            case .int(let milliseconds)? where milliseconds >= 0:
                wait = min(.milliseconds(milliseconds), WaitPreference.longest)
            default: throw Self.wrong("waitMs", "a whole number of milliseconds, from 0 on")
            }
        default: throw Self.wrong(nil, "an object")
        }
        if let lastEventID, !lastEventID.isEmpty { cursor = lastEventID }
    }

    private static func wrong(_ name: String?, _ expected: String) -> GraphQLError {
        let field = (["extensions", "subscription"] + [name].compactMap { $0 }).joined(separator: ".")
        return GraphQLError(
            "\"\(field)\" must be \(expected).",
            extensions: ["code": .string("BAD_USER_INPUT"), "field": .string(field)]
        )
    }
}
