/// The forms in which a response can be sent.
enum ResponseMediaType: CaseIterable, Sendable {
    /// `application/json`, as clients have always asked for it.
    case json
    /// `application/graphql-response+json`.
    case graphQLResponse
    /// `text/event-stream`: GraphQL over Server-Sent Events, distinct connections.
    case eventStream
    /// `multipart/mixed` with `subscriptionSpec=1.0`: Apollo's protocol for subscriptions.
    case multipart

    private var names: (type: String, subtype: String) {
        switch self {
        case .json: ("application", "json")
        case .graphQLResponse: ("application", "graphql-response+json")
        case .eventStream: ("text", "event-stream")
        case .multipart: ("multipart", "mixed")
        }
    }

    /// The value of `Content-Type`.
    var contentType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        case .eventStream: "text/event-stream; charset=utf-8"
        // Without quotes: gql compares the text.
        case .multipart: "multipart/mixed;boundary=graphql;subscriptionSpec=1.0"
        }
    }

    /// The form that a client likes best.
    ///
    /// Among forms it likes equally: the one it names more closely, then the one it names first, then the order of the
    /// declaration. A range that covers streams only by `*` does not choose them.
    ///
    /// - Parameter accept: The values of `Accept`; none at all means that anything will do.
    /// - Returns: Nil where the client accepts none of them.
    static func preferred(_ accept: [String]) -> ResponseMediaType? {
        // What most clients send.
        if accept.isEmpty || accept == ["*/*"] || accept == ["application/json"] { return .json }
        let ranges = accept.flatMap(MediaRange.parse)
        if ranges.isEmpty { return .json }
        var best: (form: ResponseMediaType, rank: [Int])?
        for (order, form) in allCases.enumerated() {
            // Of the ranges that cover a form, the closest one tells its quality.
            let covering = ranges.enumerated().compactMap { place, range -> (range: MediaRange, rank: [Int])? in
                guard let specificity = range.specificity(for: form.names.type, form.names.subtype) else { return nil }
                if form.isStream, specificity < 2 { return nil }
                if form == .multipart, range.parameters["subscriptionspec"]?.hasPrefix("1") != true { return nil }
                return (range, [specificity, -place])
            }
            guard let closest = covering.max(by: { $0.rank.lexicographicallyPrecedes($1.rank) }),
                closest.range.quality > 0
            else { continue }
            let rank = [closest.range.quality] + closest.rank + [-order]
            if let known = best, !known.rank.lexicographicallyPrecedes(rank) { continue }
            best = (form, rank)
        }
        return best?.form
    }

    /// Whether events follow one another in it.
    var isStream: Bool { self == .eventStream || self == .multipart }
}
