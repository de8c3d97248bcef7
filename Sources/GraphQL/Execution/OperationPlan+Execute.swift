extension OperationPlan {
    /// Executes a query or a mutation.
    ///
    /// Past the deadline, and when the task is cancelled, resolvers that still run are cancelled and not waited for; the
    /// response then has null as `data` and one error with the code `TIMED_OUT` or `CANCELLED`.
    ///
    /// - Parameters:
    ///   - variables: As given by the request, by name without `$`.
    ///   - root: The object that root fields are resolved on.
    ///   - context: For the resolvers: ``FieldCall/context(_:)``.
    ///   - deadline: When the answer must be there; nil for none.
    /// - Returns: Data and errors; without data where the request is wrong.
    /// - Source: GraphQL September 2025, §6.1 Executing Requests.
    public func execute(
        variables: Value.Object = [:],
        root: some ObjectValue = RootObject(),
        context: any Sendable = RootObject(),
        deadline: ContinuousClock.Instant? = nil
    ) async -> ExecutionResult {
        do throws(RequestErrors) {
            let execution = try self.execution(variables: variables, context: context, deadline: deadline)
            return await run(execution, on: Objects([root]))
        } catch {
            return ExecutionResult(error)
        }
    }

    /// Coerces the variables and finds the plan for them.
    func execution(
        variables: Value.Object,
        context: any Sendable,
        deadline: ContinuousClock.Instant?
    ) throws(RequestErrors) -> Execution {
        let coerced =
            operation.variableDefinitions.isEmpty
            ? VariableValues()
            : try operation.coerceVariableValues(
                variables,
                schema: executable.schema,
                source: document.source,
                suggests: executable.options.suggests,
                maxErrors: executable.options.maxVariableErrors
            ).get()
        let execution: Execution
        do {
            execution = Execution(
                self,
                variant: try variant(for: coerced),
                variables: coerced,
                context: context,
                deadline: deadline
            )
        } catch {
            throw RequestErrors([error])
        }
        let cost = executable.options.cost.cost(of: execution)
        let maximum = executable.options.cost.maxCost
        guard cost <= maximum else {
            throw RequestErrors(.exceeded("positions", limit: "maxCost", maximum: maximum, actual: cost))
        }
        if let refusal = executable.options.admit?(cost, context) { throw RequestErrors([refusal]) }
        return execution
    }

    /// Runs an execution, and writes what came of it.
    func run(_ execution: Execution, on objects: ObjectBatch) async -> ExecutionResult {
        switch execution.variant.root {
        case .failure(let error):
            let locations = document.source.locations(at: error.offsets)
            return ExecutionResult(
                errors: [
                    GraphQLError(
                        error.message,
                        locations: error.offsets.compactMap { locations[$0] },
                        extensions: error.extensions
                    )
                ],
                hasData: true
            )
        case .success(let selection):
            let root = Scope(selection, objects: objects, origin: nil)
            let onPhase = executable.options.onPhase
            let start = onPhase.map { _ in ContinuousClock.now }
            do throws(Execution.Stop) {
                defer { if let onPhase, let start { onPhase(.execute, .now - start) } }
                if execution.variant.waits {
                    try await withDeadline(execution.deadline, on: executable.options.executor) {
                        () async throws(Execution.Stop) in
                        try await execution.run(root)
                    }
                } else {
                    try await execution.run(root)
                }
            } catch {
                return ExecutionResult(errors: [error.shown(options: executable.options)], hasData: true)
            }
            return timed(.write, onPhase) { ResponseWriter(execution).write(root) }
        }
    }
}

/// The object that root fields are resolved on where nothing else was given.
public struct RootObject: ObjectValue {
    /// Makes one; all are alike.
    public init() {}
}

extension Execution.Stop {
    /// What the client sees.
    func shown(options: ExecutionOptions) -> GraphQLError {
        switch self {
        case .timedOut:
            GraphQLError("The operation took too long.", extensions: ["code": .string("TIMED_OUT")])
        case .cancelled:
            GraphQLError("The operation was cancelled.", extensions: ["code": .string("CANCELLED")])
        case .tooManyCalls:
            GraphQLError(
                "The operation is too complex: it has more than \(options.maxResolverCalls) resolver calls.",
                extensions: ["code": .string("QUERY_TOO_COMPLEX"), "limit": .int(options.maxResolverCalls)]
            )
        }
    }
}
