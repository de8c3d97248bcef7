import GraphQL

/// A schema whose fields are all resolved from JSON data: an object's entry of the field's name is the field's value.
///
/// - An object's `__typename` tells its type where the field's type is abstract.
/// - An object with the one entry `$error`, a message, and perhaps `extensions`, is an error of the field.
struct FixtureSchema: Sendable {
    /// An object of the data.
    struct Object: ObjectValue {
        let entries: Value.Object
    }

    /// What is executed on.
    let executable: ExecutableSchema

    var schema: GraphQLSchema { executable.schema }

    /// - Parameters:
    ///   - text: A schema document.
    ///   - readsResponseNames: Whether an entry of the response name goes before that of the field's name.
    /// - Throws: ``SchemaError`` where the document is none of a schema.
    init(_ text: String, readsResponseNames: Bool = false) throws {
        let schema = try GraphQLSchema.build(from: Source(text))
        var resolvers = Resolvers()
        for case let type as ObjectType in schema.types where !type.name.hasPrefix("__") {
            for field in type.fields {
                resolvers.column("\(type.name).\(field.name)", on: Object.self) { parents, call in
                    let values = parents.map { parent -> Value in
                        let own = readsResponseNames ? parent.entries[call.responseName] : nil
                        return own ?? parent.entries[field.name] ?? .null
                    }
                    return Self.column(of: values, type: field.type)
                }
                guard type === schema.subscriptionType else { continue }
                resolvers.subscription("\(type.name).\(field.name)") { call -> AsyncStream<Object> in
                    let event = try call.context(Object.self)
                    return AsyncStream { continuation in
                        continuation.yield(event)
                        continuation.finish()
                    }
                }
            }
        }
        // What is compared is the result, whatever it would cost.
        var options = ExecutionOptions()
        options.cost.maxCost = .max
        options.maxDepth = 200
        executable = try ExecutableSchema(schema, resolvers: resolvers, options: options)
    }

    /// Executes one operation of a document on the data.
    ///
    /// - Returns: Of a subscription the one event, or the request error.
    func execute(
        _ document: DocumentNode,
        operationName: String? = nil,
        variables: Value.Object = [:],
        data: Value.Object
    ) async -> ExecutionResult {
        do throws(RequestErrors) {
            let plan = try OperationPlan(document, operationName: operationName, on: executable)
            let root = Object(entries: data)
            guard plan.operation.operation == .subscription else {
                return await plan.execute(variables: variables, root: root)
            }
            switch await plan.subscribe(variables: variables, context: root) {
            case .failed(let result): return result
            case .events(let stream): return await firstEvent(of: stream)
            }
        } catch {
            return ExecutionResult(error)
        }
    }

    private func firstEvent(of stream: ResponseStream) async -> ExecutionResult {
        do {
            for try await result in stream { return result }
        } catch {}
        return ExecutionResult(RequestErrors([GraphQLError("the source stream ended without an event")]))
    }

    /// The values of a field, one for each object of a level, as the engine takes them.
    private static func column(of values: [Value], type: TypeReference) -> Column {
        switch type {
        case .nonNull(let inner):
            return column(of: values, type: inner)
        case .list(let item):
            var positions = ListPositions(capacity: values.count)
            var items: [Value] = []
            for value in values {
                switch value {
                case .list(let own):
                    positions.append(count: own.count)
                    items += own
                case .null:
                    positions.appendNull()
                case let other:
                    positions.appendFailure(failure(other) ?? GraphQLError("a list was expected"))
                }
            }
            return positions.finish(items: column(of: items, type: item))
        case .named(let type) where type.isLeaf:
            return filled(by: Value.Builder.self, with: values, element: { $0 })
        case .named(let type) where type.isAbstract:
            return filled(by: AbstractValue.Builder.self, with: values) { value in
                guard case .object(let entries) = value else { throw GraphQLError("an object was expected") }
                guard case .string(let name)? = entries["__typename"] else { throw GraphQLError("a type was expected") }
                return AbstractValue(Object(entries: entries), as: name)
            }
        case .named:
            return filled(by: Object.Builder.self, with: values) { value in
                guard case .object(let entries) = value else { throw GraphQLError("an object was expected") }
                return Object(entries: entries)
            }
        }
    }

    private static func filled<Maker: ColumnBuilder>(
        by _: Maker.Type,
        with values: [Value],
        element: (Value) throws -> Maker.Output
    ) -> Column {
        var builder = Maker(capacity: values.count)
        for value in values {
            if value == .null {
                builder.appendNull()
            } else if let failure = failure(value) {
                builder.appendFailure(failure)
            } else {
                do { builder.append(try element(value)) } catch { builder.appendFailure(error) }
            }
        }
        return builder.finish()
    }

    /// The error that a value stands for; nil for an ordinary value.
    private static func failure(_ value: Value) -> GraphQLError? {
        guard case .object(let entries) = value, case .string(let message)? = entries["$error"] else { return nil }
        if case .object(let extensions)? = entries["extensions"] {
            return GraphQLError(message, extensions: extensions)
        }
        return GraphQLError(message)
    }
}
