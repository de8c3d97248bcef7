import Synchronization

/// A document that was parsed, validated and measured, with the plans of those of its operations that ran.
public final class PreparedDocument: Sendable {
    /// What was parsed.
    public let document: DocumentNode
    /// By the operation's name; empty for a request that named none.
    private let plans = Mutex<[String: OperationPlan]>([:])

    init(_ document: DocumentNode) {
        self.document = document
    }

    /// The plan of one of the document's operations, made when it is first asked for.
    ///
    /// - Parameters:
    ///   - operationName: Needed where the document has several operations.
    ///   - executable: The same for every call.
    /// - Returns: The same object for the same name.
    /// - Throws: ``RequestErrors``: no such operation, or too complex.
    public func plan(
        operationName: String? = nil,
        on executable: ExecutableSchema
    ) throws(RequestErrors) -> OperationPlan {
        let key = operationName ?? ""
        if let plan = plans.withLock({ $0[key] }) { return plan }
        let plan = try OperationPlan(document, operationName: operationName, on: executable)
        plans.withLock { $0[key] = plan }
        return plan
    }

    /// What the document with its plans weighs in memory, in bytes, roughly.
    ///
    /// Nodes and plans take some 200 bytes a token.
    var estimatedBytes: Int {
        2 * document.source.bytes.count + 200 * document.tokenCount + 512
    }
}
