internal import GraphQL

/// What came of an operation, for metrics.
enum OperationOutcome: String, CaseIterable, Sendable {
    /// It ran, and its answer has no errors.
    case ok
    /// It ran, and its answer has errors.
    case errors
    /// It did not run.
    case refused
}

/// Is told what came of each operation.
///
/// - Parameters:
///   - operation: Nil where the request had none that could be found.
///   - elapsed: While it ran, and its answer was written.
typealias OperationObserver =
    @Sendable (
        _ operation: OperationDefinitionNode?, _ outcome: OperationOutcome, _ elapsed: Duration
    ) -> Void
