extension OperationPlan {
    /// Subscribes: makes the source stream, and maps its events to results.
    ///
    /// - Parameters:
    ///   - variables: As given by the request, by name without `$`.
    ///   - context: For the resolvers: ``FieldCall/context(_:)``.
    /// - Returns: The response stream, or why there is none: such a result has no data.
    /// - Source: GraphQL September 2025, §6.2.3 Subscription.
    public func subscribe(
        variables: Value.Object = [:],
        context: any Sendable = RootObject()
    ) async -> Subscription {
        do throws(RequestErrors) {
            guard operation.operation == .subscription else {
                throw RequestErrors([GraphQLError("Expected subscription operation.")])
            }
            let execution = try self.execution(variables: variables, context: context, deadline: nil)
            let events = try await createSourceEventStream(execution)
            return .events(ResponseStream(plan: self, execution: execution, source: events))
        } catch {
            return .failed(ExecutionResult(error))
        }
    }

    /// - Source: GraphQL September 2025, §6.2.3.1 Source Stream, CreateSourceEventStream.
    private func createSourceEventStream(_ execution: Execution) async throws(RequestErrors) -> any SourceEvents {
        let selection: SelectionPlan
        switch execution.variant.root {
        case .success(let plan): selection = plan
        case .failure(let error): throw requestErrors(FieldFailure(error), field: nil)
        }
        guard let field = selection.fields.first, let make = executable.sourceStream(of: field.field) else {
            let node = operation.selectionSet.selections.first.flatMap { selection -> FieldNode? in
                if case .field(let node) = selection { node } else { nil }
            }
            throw RequestErrors([
                GraphQLError(
                    "The subscription field '\(node?.name.value ?? "")' is not defined.",
                    locations: [document.source.location(at: node?.offset ?? operation.selectionSet.offset)]
                )
            ])
        }
        let objects = Objects([RootObject()])
        do {
            let scope = Scope(selection, objects: objects, origin: nil)
            let call = FieldCall(
                arguments: try execution.arguments(of: field),
                execution: execution,
                scope: scope,
                plan: field
            )
            return try await make(objects, call)
        } catch {
            let path = ResponsePath([.field(field.responseName)])
            throw requestErrors(FieldFailure(error) { executable.options.maskError($0, path) }, field: field)
        }
    }

    private func requestErrors(_ failure: FieldFailure, field: FieldPlan?) -> RequestErrors {
        let offsets = failure.offsets ?? field?.offsets ?? []
        let locations = document.source.locations(at: offsets)
        return RequestErrors([
            GraphQLError(
                failure.message,
                locations: failure.locations.isEmpty ? offsets.compactMap { locations[$0] } : failure.locations,
                path: failure.path ?? field.map { ResponsePath([.field($0.responseName)]) },
                extensions: failure.extensions
            )
        ])
    }
}

/// What came of subscribing.
public enum Subscription: Sendable {
    /// One result for each event.
    case events(ResponseStream)
    /// There is no stream; the result says why.
    case failed(ExecutionResult)
}

/// The results of a subscription, one for each event of its source stream.
///
/// An event is executed when the next result is asked for, so a slow reader is never run over. The stream ends with its
/// source; an error of the source ends it too, and is thrown. Whoever lets go of the iterator lets go of the source;
/// cancelling the reading task cancels the source's wait and the execution of an event.
///
/// - Source: GraphQL September 2025, §6.2.3.2 Response Stream, MapSourceToResponseEvent.
public struct ResponseStream: AsyncSequence, Sendable {
    /// A result for each event.
    public typealias Element = ExecutionResult

    let plan: OperationPlan
    let execution: Execution
    let source: any SourceEvents

    /// Reads the stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let plan: OperationPlan
        fileprivate let execution: Execution
        fileprivate var events: any SourceEventIterator

        /// The result for the next event; nil at the end.
        public mutating func next() async throws -> ExecutionResult? {
            guard let event = try await events.nextEvent() else { return nil }
            // Each execution counts its resolver calls for itself.
            let execution = Execution(
                plan,
                variant: execution.variant,
                variables: execution.variables,
                context: execution.context,
                deadline: nil
            )
            return await plan.run(execution, on: event)
        }
    }

    /// Reads the stream; a source that can be read once should be read by one iterator.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(plan: plan, execution: execution, events: source.makeIterator())
    }
}

/// The events of a source stream, each as the root object of an execution.
protocol SourceEvents: Sendable {
    func makeIterator() -> any SourceEventIterator
}

/// Reads a source stream.
protocol SourceEventIterator {
    mutating func nextEvent() async throws -> ObjectBatch?
}

/// A source stream of any kind, its type erased.
@usableFromInline
struct SourceEventSequence<Events: AsyncSequence & Sendable>: SourceEvents where Events.Element: ObjectValue {
    private let events: Events

    init(_ events: Events) {
        self.events = events
    }

    private struct Iterator: SourceEventIterator {
        var events: Events.AsyncIterator

        mutating func nextEvent() async throws -> ObjectBatch? {
            try await events.next(isolation: #isolation).map { Objects([$0]) }
        }
    }

    func makeIterator() -> any SourceEventIterator {
        Iterator(events: events.makeAsyncIterator())
    }
}
