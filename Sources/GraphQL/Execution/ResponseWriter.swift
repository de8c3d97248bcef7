/// Writes the columns of an execution as one JSON object, in the order of the response, and completes the values on the way.
///
/// The walk is depth-first, and so is everything that hangs on order:
///
/// - An error stands where its position comes up in the response.
/// - Null at a non-null position takes back what was written since the nearest nullable position around it, and the rest
///   of that position is passed over: what would have gone wrong there is not reported, what went wrong before stays.
///
/// That is what a depth-first executor with synchronous resolvers reports, and it does not hang on which resolver was
/// quicker. The specification leaves both open.
///
/// Recursion is as deep as the plan, which is bounded, whatever the data.
///
/// - Source: GraphQL September 2025, §6.4.3 Value Completion and §6.4.4 Handling Execution Errors.
struct ResponseWriter: ~Copyable {
    private let execution: Execution
    private var buffer: ResponseBuffer
    /// Where the walk is: indices of lists from 0, and fields as `-1 - id`.
    private var path: [Int] = []
    private var errors: [Report] = []
    /// The error on its way to the nearest nullable position.
    private var raised: Report?
    /// Has the buffer while a leaf writes itself.
    private var sink = LeafSink(ResponseBuffer(capacity: 0))

    /// An error whose places are still offsets.
    private struct Report {
        let failure: FieldFailure
        let offsets: [SourceOffset]
        let path: ResponsePath
    }

    /// What became of a position.
    private enum Outcome {
        case written
        case null
        /// An error, or null where it may not be: ``raised`` says which.
        case raised
    }

    /// - Parameter execution: Has run.
    init(_ execution: Execution) {
        self.execution = execution
        buffer = ResponseBuffer(
            capacity: execution.plan.expectedBytes,
            maxBytes: execution.plan.executable.options.maxResponseBytes
        )
        buffer.write(raw: ExecutionResult.opening)
    }

    /// Writes everything from the root on.
    ///
    /// - Returns: With null as `data` where an error reached the root.
    consuming func write(_ root: Scope) -> ExecutionResult {
        let mark = buffer.count
        let isNull = !write(root, at: 0)
        if buffer.isOverfull {
            let maximum = execution.plan.executable.options.maxResponseBytes
            return ExecutionResult(errors: [Self.tooLong(maximum)], hasData: true)
        }
        if let raised {
            buffer.truncate(to: mark)
            buffer.writeNull()
            errors.append(raised)
        }
        execution.plan.expect(bytes: buffer.count)
        let located = Self.located(errors, in: execution.plan.document.source)
        return ExecutionResult(written: buffer, isDataNull: isNull, errors: located)
    }

    private static func tooLong(_ maximum: Int) -> GraphQLError {
        GraphQLError(
            "The response is too long: it has more than \(maximum) bytes. Ask for fewer objects or fields at once.",
            extensions: [
                "code": .string("QUERY_TOO_COMPLEX"), "limit": .string("maxResponseBytes"), "maximum": .int(maximum),
            ]
        )
    }

    private static func located(_ reports: [Report], in source: Source) -> [GraphQLError] {
        if reports.isEmpty { return [] }
        let locations = source.locations(at: reports.flatMap(\.offsets))
        return reports.map { report in
            GraphQLError(
                report.failure.message,
                locations: report.failure.locations.isEmpty
                    ? report.offsets.compactMap { locations[$0] } : report.failure.locations,
                path: report.failure.path ?? report.path,
                extensions: report.failure.extensions
            )
        }
    }

    // MARK: - Objects

    /// - Returns: False where an error passes through the object.
    private mutating func write(_ scope: Scope, at row: Int) -> Bool {
        if buffer.isOverfull { return true }
        let fields = scope.plan.fields
        if fields.isEmpty { buffer.write(raw: "{") }
        let rendered = scope.objects.count >= RenderedFields.minRows ? scope.rendered : nil
        for index in fields.indices {
            if let rendered, rendered.columns[index] >= 0 {
                let place = rendered.columns[index] + row
                let start = rendered.ends[place]
                let end = rendered.ends[place + 1]
                if start < end {
                    buffer.write(rendered.pieces, start + rendered.lead..<end)
                    continue
                }
            }
            let field = fields[index]
            buffer.write(byte: FieldPlan.separator(at: index))
            if case .leaves = scope.outputs[index] {
                if rendered == nil, writeLeaf(of: field, scope, at: row) { continue }
                execution.resolveLeaves(at: index, of: scope)
            }
            buffer.write(raw: field.key)
            let mark = buffer.count
            let outcome: Outcome
            switch scope.outputs[index] {
            case .column(let resolved):
                path.append(-1 - field.id)
                outcome = complete(field.completion, resolved.column, at: row, of: field, resolved.children)
                if case .written = outcome {} else { report(outcome, field, field.completion, mark) }
                path.removeLast()
            case .typename:
                buffer.write(byte: UInt8(ascii: "\""))
                buffer.write(raw: scope.plan.typeNameBytes)
                buffer.write(byte: UInt8(ascii: "\""))
                continue
            case .failure(let failure):
                path.append(-1 - field.id)
                raise(failure, field)
                outcome = .raised
                report(outcome, field, field.completion, mark)
                path.removeLast()
            case .pending, .leaves:
                // Only an execution that stopped leaves one, and it is not written.
                buffer.writeNull()
                continue
            }
            if raised != nil { return false }
        }
        buffer.write(byte: UInt8(ascii: "}"))
        return true
    }

    /// - Returns: Whether key and value are written, else nothing.
    private mutating func writeLeaf(of field: FieldPlan, _ scope: Scope, at row: Int) -> Bool {
        guard let leaves = field.target.leaves else { return false }
        let mark = buffer.count
        sink.key = field.key
        sink.places = row..<row + 1
        swap(&buffer, &sink.buffer)
        // What went wrong as a whole goes wrong again when the column is made, which tells it.
        try? leaves(scope.objects, field.completion, &sink)
        swap(&buffer, &sink.buffer)
        sink.ends.removeAll(keepingCapacity: true)
        return buffer.count > mark
    }

    /// Deals with a position that did not get a value: it is null, or passes the error on by leaving it ``raised``.
    private mutating func report(_ outcome: Outcome, _ field: FieldPlan, _ completion: Completion, _ mark: Int) {
        if case .null = outcome {
            if completion.isNonNull {
                raise(
                    FieldFailure("Cannot return null for non-nullable field \(field.coordinate)."),
                    field
                )
            } else {
                buffer.writeNull()
            }
            return
        }
        if !completion.isNonNull, let error = raised {
            raised = nil
            errors.append(error)
            buffer.truncate(to: mark)
            buffer.writeNull()
        }
    }

    private mutating func raise(_ failure: FieldFailure, _ field: FieldPlan) {
        raised = Report(failure: failure, offsets: failure.offsets ?? field.offsets, path: currentPath)
    }

    private mutating func raise(_ error: any Error, _ field: FieldPlan) -> Outcome {
        let path = currentPath
        let failure = FieldFailure(error) { execution.plan.executable.options.maskError($0, path) }
        raised = Report(failure: failure, offsets: failure.offsets ?? field.offsets, path: path)
        return .raised
    }

    private var currentPath: ResponsePath {
        ResponsePath(path.map { $0 >= 0 ? .index($0) : .field(execution.variant.responseNames[-1 - $0]) })
    }

    // MARK: - Values

    private mutating func complete(
        _ completion: Completion,
        _ column: Column,
        at position: Int,
        of field: FieldPlan,
        _ children: ChildScopes
    ) -> Outcome {
        if column.nulls.contains(position) {
            if let error = column.failure(at: position) { return raise(error, field) }
            return .null
        }
        switch column.content {
        case .lists(let lists):
            guard let item = completion.item else { return mismatch(field) }
            return complete(item, lists, at: position, of: field, children)
        case .objects(let positions):
            guard case .composite = completion.kind else { return mismatch(field) }
            if case .refused(let error) = children { return raise(error, field) }
            guard case .one(let scope) = children else { return .null }
            let row = positions.places.map { Int($0[position]) } ?? position
            return write(scope, at: row) ? .written : .raised
        case .abstract:
            guard case .composite = completion.kind, case .several(let places) = children else {
                return mismatch(field)
            }
            switch places[position] {
            case .null: return .null
            case .failure(let error): return raise(error, field)
            case .object(let scope, let row): return write(scope, at: row) ? .written : .raised
            }
        default:
            return completeLeaf(completion, column, at: position, of: field)
        }
    }

    private mutating func complete(
        _ item: Completion,
        _ lists: ListColumn,
        at position: Int,
        of field: FieldPlan,
        _ children: ChildScopes
    ) -> Outcome {
        let start = lists.starts[position]
        let end = lists.starts[position + 1]
        buffer.write(byte: UInt8(ascii: "["))
        let copied =
            RenderedFields.write(lists.items, start..<end, as: item, into: &buffer)
            ? end : copyObjects(lists.items, start..<end, children)
        if copied == end {
            buffer.write(byte: UInt8(ascii: "]"))
            return .written
        }
        path.append(copied - start)
        for index in copied..<end {
            if index > start {
                buffer.write(byte: UInt8(ascii: ","))
                path[path.count - 1] = index - start
            }
            let mark = buffer.count
            let outcome = complete(item, lists.items, at: index, of: field, children)
            if case .written = outcome { continue }
            report(outcome, field, item, mark)
            if raised != nil {
                path.removeLast()
                return .raised
            }
        }
        path.removeLast()
        buffer.write(byte: UInt8(ascii: "]"))
        return .written
    }

    /// Writes objects of which all is rendered, without a look at what they are.
    ///
    /// - Returns: The first object that takes more than that; the end of `range` where there is none.
    private mutating func copyObjects(_ items: Column, _ range: Range<Int>, _ children: ChildScopes) -> Int {
        guard case .one(let scope) = children, case .objects(let objects) = items.content, objects.places == nil,
            scope.objects.count >= RenderedFields.minRows, scope.rendered.isComplete
        else { return range.lowerBound }
        return scope.rendered.write(range, into: &buffer)
    }

    private mutating func mismatch(_ field: FieldPlan) -> Outcome {
        if case .list = field.completion.kind {
            raise(FieldFailure("Expected Iterable, but did not find one for field '\(field.coordinate)'."), field)
            return .raised
        }
        return raise(ResolverFault("\(field.coordinate) gave a column that does not fit \(field.field.type)"), field)
    }

    // MARK: - Leaves

    /// - Source: GraphQL September 2025, §6.4.3 Value Completion, CoerceResult.
    private mutating func completeLeaf(
        _ completion: Completion,
        _ column: Column,
        at position: Int,
        of field: FieldPlan
    ) -> Outcome {
        guard completion.isLeaf else { return mismatch(field) }
        let outcome: LeafOutcome
        switch column.content {
        case .strings(let texts): outcome = texts[position].write(as: completion, into: &buffer)
        case .integers(let numbers): outcome = numbers[position].write(as: completion, into: &buffer)
        case .doubles(let numbers): outcome = numbers[position].write(as: completion, into: &buffer)
        case .booleans(let flags): outcome = flags[position].write(as: completion, into: &buffer)
        case .raw(let leaves):
            leaves.write(position, &buffer)
            return .written
        case .values, .objects, .abstract, .lists: outcome = .unfit
        }
        if case .written = outcome { return .written }
        return completeValue(completion, column, at: position, of: field)
    }

    /// Any leaf in any column, by way of a ``Value``: the rare combinations.
    private mutating func completeValue(
        _ completion: Completion,
        _ column: Column,
        at position: Int,
        of field: FieldPlan
    ) -> Outcome {
        guard let value = column.value(at: position) else { return mismatch(field) }
        if case .null = value { return .null }
        do {
            let result: Value =
                switch completion.kind {
                case .int: try ScalarCoercion.int.coerceResult(value)
                case .float: try ScalarCoercion.float.coerceResult(value)
                case .string: try ScalarCoercion.string.coerceResult(value)
                case .boolean: try ScalarCoercion.boolean.coerceResult(value)
                case .id: try ScalarCoercion.id.coerceResult(value)
                case .scalar: try completion.scalar?.coercion.coerceResult(value) ?? value
                case .enumeration: try completion.enumeration.map { try Self.name(value, of: $0) } ?? value
                case .anything, .composite, .list: value
                }
            if case .null = result { return .null }
            buffer.write(value: result)
            return .written
        } catch let refusal as ScalarCoercion.Refusal {
            return raise(GraphQLError(refusal.message), field)
        } catch {
            return raise(error, field)
        }
    }

    private static func name(_ value: Value, of type: EnumType) throws(GraphQLError) -> Value {
        switch value {
        case .string(let name) where type.value(name) != nil, .enum(let name) where type.value(name) != nil:
            return .string(name)
        default:
            throw GraphQLError("Enum '\(type.name)' cannot represent value: \(value.inspected)")
        }
    }
}

extension Column {
    /// The leaf at a position that is not null; nil for other content.
    fileprivate func value(at position: Int) -> Value? {
        switch content {
        case .strings(let texts): .string(texts[position])
        case .integers(let numbers): .int(numbers[position])
        case .doubles(let numbers): .float(numbers[position])
        case .booleans(let flags): .boolean(flags[position])
        case .values(let values): values[position]
        case .raw, .objects, .abstract, .lists: nil
        }
    }
}
