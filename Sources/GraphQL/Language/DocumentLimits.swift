/// How large a document may be.
///
/// Each excess is a ``GraphQLError`` whose `extensions` give the `code` `QUERY_TOO_COMPLEX`, the `limit` by the name it
/// has here, its `maximum`, and the `actual` value. Reading stops at the first token too many, so that all but the
/// number of bytes are then one more than the maximum.
public struct DocumentLimits: Sendable {
    /// Of the source; checked before anything is read.
    public var maxBytes: Int
    /// Comments, white space and commas are no tokens.
    public var maxTokens: Int
    /// Of selection sets, list and object literals, and list types in each other.
    ///
    /// It bounds the recursion of the parser and of every later walk over the document, so keep it where the stack of the
    /// threads in use is known to suffice: for the default 512 KiB do, even without optimisation.
    public var maxDepth: Int
    /// Applied to one node.
    public var maxDirectivesPerNode: Int

    /// - Parameters:
    ///   - maxBytes: Of the source, up to 2 GiB.
    ///   - maxTokens: In the whole document.
    ///   - maxDepth: Of sets, literals and types in each other.
    ///   - maxDirectivesPerNode: Applied to one node.
    public init(
        maxBytes: Int = 1 << 20,
        maxTokens: Int = 15_000,
        maxDepth: Int = 100,
        maxDirectivesPerNode: Int = 50
    ) {
        self.maxBytes = min(maxBytes, Int(SourceOffset.max))
        self.maxTokens = maxTokens
        self.maxDepth = maxDepth
        self.maxDirectivesPerNode = maxDirectivesPerNode
    }

    /// For documents of strangers.
    public static let standard = DocumentLimits()

    /// For documents of our own, such as a schema file.
    ///
    /// Depth is limited as ever, since it protects the stack.
    public static let unlimited = DocumentLimits(maxBytes: .max, maxTokens: .max, maxDirectivesPerNode: .max)
}
