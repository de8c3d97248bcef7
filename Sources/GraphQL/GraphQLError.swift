/// An entry of a response's `errors`: what was wrong, where in the document, and where in the data.
///
/// - Source: GraphQL September 2025, §7.1.7 Errors.
public struct GraphQLError: Error, Equatable, Sendable {
    /// Safe to show to a client.
    public var message: String
    /// Where in the document, in the order in which the rule names them.
    ///
    /// Empty where no place is to blame.
    public var locations: [SourceLocation]
    /// Where in the data; nil for a request error.
    public var path: ResponsePath?
    /// Such as `code`.
    ///
    /// Keys keep their order.
    public var extensions: Value.Object

    /// - Parameters:
    ///   - message: Safe to show to a client.
    ///   - locations: Where in the document.
    ///   - path: Where in the data; nil for a request error.
    ///   - extensions: Such as `code`.
    public init(
        _ message: String,
        locations: [SourceLocation] = [],
        path: ResponsePath? = nil,
        extensions: Value.Object = [:]
    ) {
        self.message = message
        self.locations = locations
        self.path = path
        self.extensions = extensions
    }

    /// The stable, machine-readable `extensions.code`.
    public var code: String? {
        if case .string(let code)? = extensions["code"] { code } else { nil }
    }
}

/// The way from the root of the data to a response position: response names and list indices.
public struct ResponsePath: Hashable, Sendable {
    /// One step of the way.
    public enum Step: Hashable, Sendable {
        /// The alias, or else the name, of a field.
        case field(String)
        /// An index in a list, from 0.
        case index(Int)
    }

    /// From the root on; empty for the root itself.
    public var steps: [Step]

    /// - Parameter steps: From the root on.
    public init(_ steps: [Step] = []) {
        self.steps = steps
    }
}
