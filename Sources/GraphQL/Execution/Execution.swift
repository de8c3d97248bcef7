import Synchronization

/// One run of an operation, breadth-first: a field is resolved for all objects of a level at once.
///
/// - Fields that need no waiting run inline, level by level, without recursion.
/// - A field that waits holds up only what is selected below it: siblings wait side by side, each then runs on.
/// - What the fields gave is kept in columns. Errors, nulls and their propagation are for ``ResponseWriter``, which
///   walks the columns in the order of the response.
///
/// So one call a field and level is all that a resolver ever sees, however many objects there are.
///
/// - Source: GraphQL September 2025, §6.3 Executing Selection Sets.
final class Execution: Sendable {
    let plan: OperationPlan
    let variant: OperationPlan.Variant
    let variables: VariableValues
    let context: any Sendable
    let deadline: ContinuousClock.Instant?
    private let callsLeft: Atomic<Int>

    init(
        _ plan: OperationPlan,
        variant: OperationPlan.Variant,
        variables: VariableValues,
        context: any Sendable,
        deadline: ContinuousClock.Instant?
    ) {
        self.plan = plan
        self.variant = variant
        self.variables = variables
        self.context = context
        self.deadline = deadline
        callsLeft = Atomic(plan.executable.options.maxResolverCalls)
    }

    /// Why an execution ends before it is done.
    enum Stop: Error {
        case timedOut
        case cancelled
        case tooManyCalls
    }

    /// Fields of a scope that are to be resolved.
    private typealias Step = (scope: Scope, fields: Range<Int>)

    /// A field that must be waited for.
    private struct Wait: Sendable {
        let scope: Scope
        let index: Int
        let call: FieldCall
        let resolve: @Sendable (ObjectBatch, FieldCall) async throws -> Column
    }

    // MARK: - Running

    /// Resolves everything below a root.
    func run(_ root: Scope) async throws(Stop) {
        if plan.operation.operation == .mutation {
            // One after the other, each with all that is below it.
            for index in root.plan.fields.indices { try await run([(root, index..<index + 1)]) }
        } else {
            try await run([(root, 0..<root.plan.fields.count)])
        }
    }

    private func run(_ steps: [Step]) async throws(Stop) {
        var steps = steps
        while true {
            let waits = try drain(steps)
            if waits.isEmpty { return }
            if waits.count == 1 {
                let (output, scopes) = await resolve(waits[0])
                waits[0].scope.outputs[waits[0].index] = output
                steps = scopes.map { ($0, 0..<$0.plan.fields.count) }
                continue
            }
            try await runSideBySide(waits)
            return
        }
    }

    /// Waits for several fields at once; each runs on by itself as soon as it has its objects.
    private func runSideBySide(_ waits: [Wait]) async throws(Stop) {
        let stop = await withTaskGroup(of: (Int, FieldOutput, Stop?).self) { group in
            for (number, wait) in waits.enumerated() {
                group.addTask {
                    let (output, scopes) = await self.resolve(wait)
                    do throws(Stop) {
                        try await self.run(scopes.map { ($0, 0..<$0.plan.fields.count) })
                        return (number, output, nil)
                    } catch {
                        return (number, output, error)
                    }
                }
            }
            var first: Stop?
            for await (number, output, stop) in group {
                waits[number].scope.outputs[waits[number].index] = output
                if let stop, first == nil {
                    first = stop
                    group.cancelAll()
                }
            }
            return first
        }
        if let stop { throw stop }
    }

    /// Resolves, level by level, all that needs no waiting.
    ///
    /// - Returns: What must be waited for, in the order of the document.
    private func drain(_ steps: [Step]) throws(Stop) -> [Wait] {
        var queue = steps
        var next = 0
        var waits: [Wait] = []
        while next < queue.count {
            let (scope, fields) = queue[next]
            next += 1
            try check(calls: fields.count)
            for index in fields {
                let plan = scope.plan.fields[index]
                guard let resolver = plan.target.resolver else {
                    scope.outputs[index] = .typename
                    continue
                }
                do {
                    let column: Column
                    switch resolver {
                    case .plain(let resolve):
                        if case .invalid(let error) = plan.arguments { throw error }
                        if case .variable = plan.arguments { _ = try arguments(of: plan) }
                        column = try resolve(scope.objects)
                    case .leaves:
                        if case .invalid(let error) = plan.arguments { throw error }
                        if case .variable = plan.arguments { _ = try arguments(of: plan) }
                        scope.outputs[index] = .leaves
                        continue
                    case .inline(let resolve):
                        column = try resolve(scope.objects, try call(plan, in: scope))
                    case .waiting(let resolve):
                        waits.append(
                            Wait(scope: scope, index: index, call: try call(plan, in: scope), resolve: resolve)
                        )
                        continue
                    }
                    var scopes: [Scope] = []
                    scope.outputs[index] = try output(column, of: plan, in: scope, children: &scopes)
                    for child in scopes { queue.append((child, 0..<child.plan.fields.count)) }
                } catch {
                    scope.outputs[index] = .failure(failure(error, of: plan, in: scope))
                }
            }
        }
        return waits
    }

    /// Makes the column of a field whose values do not all write themselves.
    func resolveLeaves(at index: Int, of scope: Scope) {
        let plan = scope.plan.fields[index]
        guard let leaves = plan.target.leaves else { return }
        do {
            var sink = LeafSink(ResponseBuffer(capacity: 0))
            try leaves(scope.objects, nil, &sink)
            var children: [Scope] = []
            guard let column = sink.column else { throw ResolverFault("\(plan.coordinate) gave no column") }
            scope.outputs[index] = try output(column, of: plan, in: scope, children: &children)
        } catch {
            scope.outputs[index] = .failure(failure(error, of: plan, in: scope))
        }
    }

    private func resolve(_ wait: Wait) async -> (FieldOutput, [Scope]) {
        let plan = wait.scope.plan.fields[wait.index]
        do {
            let column = try await wait.resolve(wait.scope.objects, wait.call)
            var scopes: [Scope] = []
            return (try output(column, of: plan, in: wait.scope, children: &scopes), scopes)
        } catch {
            return (.failure(failure(error, of: plan, in: wait.scope)), [])
        }
    }

    /// Ends the execution where it has gone on for too long.
    private func check(calls: Int) throws(Stop) {
        if callsLeft.subtract(calls, ordering: .relaxed).newValue < 0 { throw .tooManyCalls }
        if let deadline, ContinuousClock.now >= deadline { throw .timedOut }
        if Task.isCancelled { throw .cancelled }
    }

    // MARK: - Before and after a call

    private func call(_ plan: FieldPlan, in scope: Scope) throws(LocatedError) -> FieldCall {
        FieldCall(arguments: try arguments(of: plan), execution: self, scope: scope, plan: plan)
    }

    func arguments(of plan: FieldPlan) throws(LocatedError) -> ArgumentValues {
        switch plan.arguments {
        case .constant(let values): return values
        case .invalid(let error): throw error
        case .variable:
            return try ArgumentValues(
                coercing: plan.nodes[0].arguments,
                of: plan.field.arguments,
                at: plan.nodes[0].offset,
                variables: variables,
                suggests: self.plan.executable.options.suggests
            )
        }
    }

    private func failure(_ error: any Error, of plan: FieldPlan, in scope: Scope) -> FieldFailure {
        FieldFailure(error) { error in
            let call = FieldCall(arguments: ArgumentValues(), execution: self, scope: scope, plan: plan)
            return self.plan.executable.options.maskError(error, call.path)
        }
    }

    /// Takes a column, and makes scopes of the objects in it.
    private func output(
        _ column: consuming Column,
        of plan: FieldPlan,
        in scope: Scope,
        children: inout [Scope]
    ) throws -> FieldOutput {
        guard column.count == scope.objects.count else {
            throw ResolverFault("\(plan.coordinate) gave \(column.count) results for \(scope.objects.count) objects")
        }
        if case .none = plan.children { return .column(column, children: .none) }
        var items = copy column
        while case .lists(let lists) = items.content { items = lists.items }
        switch items.content {
        case .objects(let positions):
            guard positions.batch.count > 0 else { return .column(column, children: .none) }
            if case .invalid(let error) = plan.children { return .column(column, children: .refused(error)) }
            guard let selection = try selection(of: plan, for: positions.batch) else {
                throw ResolverFault("\(plan.coordinate) gave objects of a type that is not possible there")
            }
            let child = Scope(selection, objects: positions.batch, origin: Origin(plan, parent: scope.origin))
            children.append(child)
            return .column(column, children: .one(child))
        case .abstract(let values):
            return .column(column, children: .several(sort(values, of: plan, in: scope, children: &children)))
        default:
            throw ResolverFault("\(plan.coordinate) gave leaf values for objects")
        }
    }

    /// The plan for objects that are all of one Swift type.
    private func selection(of plan: FieldPlan, for batch: ObjectBatch) throws -> SelectionPlan? {
        switch plan.children {
        case .object(let selection): return selection
        case .abstract(let selections):
            guard let type = self.plan.executable.objectType(resolvedOn: batch.elementType) else { return nil }
            return selections[type.index]
        case .none, .invalid: return nil
        }
    }

    // MARK: - Abstract types

    /// Tells each object's type, and makes a scope of those of each type.
    ///
    /// - Source: GraphQL September 2025, §6.4.3 Value Completion, ResolveAbstractType.
    private func sort(
        _ values: [AbstractValue?],
        of plan: FieldPlan,
        in scope: Scope,
        children: inout [Scope]
    ) -> [ChildPlace] {
        var places = [ChildPlace](repeating: .null, count: values.count)
        // In the order in which the types first come up.
        var groups: [(type: ObjectType, positions: [Int])] = []
        var numbers: [Int: Int] = [:]
        for (position, value) in values.enumerated() {
            guard let value else { continue }
            do throws(LocatedError) {
                let type = try objectType(of: value, for: plan)
                if let number = numbers[type.index] {
                    groups[number].positions.append(position)
                } else {
                    numbers[type.index] = groups.count
                    groups.append((type, [position]))
                }
            } catch {
                places[position] = .failure(error)
            }
        }
        for (type, positions) in groups {
            if case .invalid(let error) = plan.children {
                for position in positions { places[position] = .failure(error) }
                continue
            }
            guard let selection = plan.children(for: type),
                let batch = Self.batch(
                    positions.compactMap { values[$0]?.object },
                    as: self.plan.executable.swiftType(of: type)
                )
            else {
                for position in positions {
                    places[position] = .failure(
                        LocatedError("Type '\(type.name)' is resolved on another Swift type.", at: [])
                    )
                }
                continue
            }
            let child = Scope(selection, objects: batch, origin: Origin(plan, parent: scope.origin))
            children.append(child)
            for (place, position) in positions.enumerated() { places[position] = .object(child, place) }
        }
        return places
    }

    private func objectType(of value: AbstractValue, for plan: FieldPlan) throws(LocatedError) -> ObjectType {
        let executable = self.plan.executable
        let expected = plan.field.type.namedType
        let type: ObjectType
        if let name = value.typeName {
            guard let named = executable.schema.type(name) else {
                throw LocatedError(
                    "Abstract type '\(expected.name)' was resolved to a type '\(name)'"
                        + " that does not exist inside the schema.",
                    at: []
                )
            }
            guard let object = named as? ObjectType else {
                throw LocatedError(
                    "Abstract type '\(expected.name)' was resolved to a non-object type '\(name)'.",
                    at: []
                )
            }
            type = object
        } else {
            guard let object = executable.objectType(resolvedOn: Swift.type(of: value.object)) else {
                throw LocatedError(
                    "Abstract type '\(expected.name)' must resolve to an Object type at runtime"
                        + " for field '\(plan.coordinate)'.",
                    at: []
                )
            }
            type = object
        }
        guard executable.schema.isPossible(type, for: expected) else {
            throw LocatedError(
                "Runtime Object type '\(type.name)' is not a possible type for '\(expected.name)'.",
                at: []
            )
        }
        return type
    }

    /// The objects as one array of their Swift type; nil where one is of another.
    private static func batch(_ objects: [any ObjectValue], as type: (any ObjectValue.Type)?) -> ObjectBatch? {
        guard let type = type ?? objects.first.map({ Swift.type(of: $0) }) else { return nil }
        return batch(objects, of: type)
    }

    private static func batch<Element: ObjectValue>(_ objects: [any ObjectValue], of type: Element.Type) -> ObjectBatch?
    {
        var elements: [Element] = []
        elements.reserveCapacity(objects.count)
        for object in objects {
            guard let element = object as? Element else { return nil }
            elements.append(element)
        }
        return Objects(elements)
    }
}
