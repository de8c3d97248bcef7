/// How large a document's operations may be, beyond what the parser already bounds.
///
/// What an operation costs on its actual variables is bounded when it runs, by ``CostModel``.
///
/// All limits are on by default and can be set one by one. Each excess is an error with the code `QUERY_TOO_COMPLEX` that
/// names the limit, its maximum and the actual value.
public struct OperationLimits: Sendable {
    /// Levels of selection sets under the operation, followed through fragments.
    ///
    /// Introspection is not counted: the rule `MaxIntrospectionDepth` bounds it.
    public var maxDepth = 24
    /// Aliases in the whole document.
    public var maxAliases = 100
    /// Of the longest alias: a response has it once for each object.
    public var maxAliasBytes = 256
    /// Fields at an operation's root, followed through fragments.
    public var maxRootFields = 50
    /// Fragment spreads in the whole document.
    public var maxFragmentSpreads = 500

    /// The defaults.
    public init() {}

    /// Nothing is refused: for documents of the operator's own.
    public static var unlimited: OperationLimits {
        var limits = OperationLimits()
        limits.maxDepth = .max
        limits.maxAliases = .max
        limits.maxAliasBytes = .max
        limits.maxRootFields = .max
        limits.maxFragmentSpreads = .max
        return limits
    }
}

extension GraphQLError {
    /// The error of an exceeded limit.
    ///
    /// - Parameters:
    ///   - what: What there is too much of, in the plural, such as `aliases`.
    ///   - limit: The limit's name, such as `maxAliases`.
    ///   - maximum: The most that is allowed.
    ///   - actual: What the operation has.
    ///   - locations: Where, if any place is to blame.
    /// - Returns: An error with the code `QUERY_TOO_COMPLEX`.
    static func exceeded(
        _ what: String,
        limit: String,
        maximum: Int,
        actual: Int,
        locations: [SourceLocation] = []
    ) -> GraphQLError {
        GraphQLError(
            "The operation has too many \(what): \(actual), where at most \(maximum) are allowed.",
            locations: locations,
            extensions: [
                "code": .string("QUERY_TOO_COMPLEX"),
                "limit": .string(limit),
                "maximum": .int(maximum),
                "actual": .int(actual),
            ]
        )
    }
}
