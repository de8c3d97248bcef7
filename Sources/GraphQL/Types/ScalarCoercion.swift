/// How a scalar's values come in and go out.
///
/// - Source: GraphQL September 2025, §3.5 Scalars.
public struct ScalarCoercion: Sendable {
    /// What a custom scalar says of a value it refuses; the engine adds what and where.
    public struct Refusal: Error {
        /// Such as `an RFC 3339 instant was expected`.
        ///
        /// Safe to show to a client.
        public let message: String

        /// - Parameter message: Safe to show to a client.
        public init(_ message: String) {
            self.message = message
        }
    }

    /// From JSON, or from a literal turned into a ``Value`` (an enum literal stays ``Value/enum(_:)``), to the value
    /// that resolvers get.
    ///
    /// Never called with null. Throws ``Refusal``, or a ``GraphQLError`` whose message is shown alone.
    public var coerceInput: @Sendable (Value) throws -> Value
    /// From a resolver's value to what is written: null, boolean, int, float, string, list or object.
    ///
    /// Never called with null.
    public var coerceResult: @Sendable (Value) throws -> Value

    /// Whether it is ``unchanged``: execution then writes what it gets without asking.
    private(set) var isUnchanged = false

    /// - Parameters:
    ///   - coerceInput: From JSON or a literal to what resolvers get.
    ///   - coerceResult: From a resolver's value to what is written.
    public init(
        coerceInput: @escaping @Sendable (Value) throws -> Value,
        coerceResult: @escaping @Sendable (Value) throws -> Value
    ) {
        self.coerceInput = coerceInput
        self.coerceResult = coerceResult
    }

    /// Lets every value through unchanged: what a custom scalar does until its own coercion is attached.
    public static let unchanged = {
        var coercion = ScalarCoercion(coerceInput: { $0 }, coerceResult: { $0 })
        coercion.isUnchanged = true
        return coercion
    }()
}
