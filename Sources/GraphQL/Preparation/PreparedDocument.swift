import Synchronization

/// A document that was parsed, validated and measured, with the plans of those of its operations that ran.
public final class PreparedDocument: Sendable {
    /// What was parsed.
    public let document: DocumentNode
    /// By the operation's name; nil for a request that named none.
    private let plans = Mutex<[String?: OperationPlan]>([:])

    init(_ document: DocumentNode) {
        self.document = document
    }

    /// The plan of one of the document's operations, made when it is first asked for.
    ///
    /// - Parameters:
    ///   - operationName: Needed where the document has several operations.
    ///   - executable: The same for every call.
    /// - Returns: The same object for the same name, unless it is far larger than the document.
    /// - Throws: ``RequestErrors``: no such operation, or too complex.
    public func plan(
        operationName: String? = nil,
        on executable: ExecutableSchema
    ) throws(RequestErrors) -> OperationPlan {
        if let plan = plans.withLock({ $0[operationName] }) { return plan }
        let plan = try timed(.plan, executable.options.onPhase) { () throws(RequestErrors) in
            try OperationPlan(document, operationName: operationName, on: executable)
        }
        guard plan.isWorthKeeping else { return plan }
        plans.withLock { plans in
            if plans.count >= Self.maxPlans { plans.removeAll() }
            plans[operationName] = plan
        }
        return plan
    }

    /// Whether the plan of an operation is made already.
    public func hasPlan(operationName: String?) -> Bool { plans.withLock { $0[operationName] != nil } }

    /// So many plans are remembered, or a document of many operations would weigh many times its text.
    private static let maxPlans = 4

    /// What the document with its plans weighs in memory, in bytes, roughly.
    ///
    /// A plan is taken to be as large as the document, which is what ``OperationPlan`` remembers at most.
    var estimatedBytes: Int {
        var operations = 0
        for case .operation in document.definitions where operations < Self.maxPlans { operations += 1 }
        return 2 * document.source.bytes.count + (200 + 200 * operations) * document.tokenCount + 512
    }
}
