/// How results follow one another in a response.
///
/// - Source: GraphQL over Server-Sent Events, distinct connections mode; WHATWG HTML, §9.2.6; Apollo, "HTTP callback and
///   multipart protocols for subscriptions", subscriptionSpec=1.0.
enum ResultFraming {
    case serverSentEvents
    case multipart

    /// - Parameter form: Nil for a form of single answers.
    init?(_ form: ResponseMediaType) {
        switch form {
        case .eventStream: self = .serverSentEvents
        case .multipart: self = .multipart
        case .json, .graphQLResponse: return nil
        }
    }

    /// Before the first result.
    ///
    /// - Parameter retryAfterMs: When to come again after a stream that broke off, where readers are told that.
    /// - Returns: What every stream begins with.
    func opening(retryAfterMs: Int = 1_000) -> [UInt8] {
        switch self {
        case .serverSentEvents: Array("retry: \(retryAfterMs)\n\n".utf8)
        // A reader knows the end of a part by the delimiter after it: each is sent with the part before.
        case .multipart: Array("\r\n--graphql".utf8)
        }
    }

    /// One result.
    ///
    /// - Parameters:
    ///   - json: The response, without line breaks.
    ///   - id: Where a reader goes on after it.
    /// - Returns: An event, or a part.
    func next(_ json: [UInt8], id: String?) -> [UInt8] {
        switch self {
        case .serverSentEvents:
            Array("event: next\n\(id.map { "id: \($0)\n" } ?? "")data: ".utf8) + json + Array("\n\n".utf8)
        case .multipart: Self.part(Array("{\"payload\":".utf8) + json + [UInt8(ascii: "}")])
        }
    }

    /// After the last result.
    var completion: [UInt8] {
        switch self {
        case .serverSentEvents: Array("event: complete\ndata:\n\n".utf8)
        case .multipart: Array("--\r\n".utf8)
        }
    }

    /// Says that the connection lives.
    var heartbeat: [UInt8] {
        switch self {
        case .serverSentEvents: Array(": ping\n\n".utf8)
        case .multipart: Self.part(Array("{}".utf8))
        }
    }

    /// A response of one result.
    func whole(_ json: [UInt8]) -> [UInt8] { opening() + next(json, id: nil) + completion }

    private static func part(_ json: [UInt8]) -> [UInt8] {
        Array("\r\nContent-Type: application/json\r\n\r\n".utf8) + json + Array("\r\n--graphql".utf8)
    }
}
