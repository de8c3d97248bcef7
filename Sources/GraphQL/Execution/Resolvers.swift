/// The resolvers of a schema's fields, each at its coordinate, and the coercions of its custom scalars.
///
/// All resolvers of one object type take the same Swift type, on which they find what the field shows.
///
/// A resolver gets all objects of its level at once or is called for one after the other; either way the engine makes one
/// step of it. What is at hand is given synchronously and runs inline; what must be waited for is given by ``batch(_:on:resolve:)``
/// or ``root(_:resolve:)``.
///
/// - Source: GraphQL September 2025, §6.4.2 Value Resolution.
public struct Resolvers: Sendable {
    /// How a field is resolved.
    struct FieldResolver: Sendable {
        enum Body: Sendable {
            /// Needs to know nothing of the call.
            case plain(@Sendable (ObjectBatch) throws -> Column)
            /// Needs to know nothing of the call, and is called while the response is written.
            case leaves(LeafSink.Source)
            case inline(@Sendable (ObjectBatch, FieldCall) throws -> Column)
            case waiting(@Sendable (ObjectBatch, FieldCall) async throws -> Column)
        }

        /// The Swift type of the objects; nil for any.
        let parent: (any ObjectValue.Type)?
        let shape: OutputShape
        let body: Body
    }

    /// How a subscription's source stream is made.
    typealias SourceStream = @Sendable (ObjectBatch, FieldCall) async throws -> any SourceEvents

    private(set) var fields: [(coordinate: String, resolver: FieldResolver)] = []
    private(set) var subscriptions: [(coordinate: String, make: SourceStream)] = []
    private(set) var scalars: [(name: String, coercion: ScalarCoercion)] = []

    /// Makes one without any.
    public init() {}

    // MARK: One object after the other, inline

    /// Resolves a field on each object by itself.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Job.title`.
    ///   - parent: The Swift type of the object type.
    ///   - resolve: Is called inline, once for each object. What it throws is the error of that object's field alone.
    @inlinable
    public mutating func field<Parent: ObjectValue, Output: OutputValue>(
        _ coordinate: String,
        on parent: Parent.Type,
        resolve: @escaping @Sendable (Parent) throws -> Output
    ) {
        registerPlain(coordinate, on: parent, shape: Output.shape) { batch in
            let parents = try Self.parents(of: batch, as: Parent.self)
            var builder = Output.Builder(capacity: parents.count)
            // Lent, since a loop over them would copy each.
            let lent = parents.span
            for place in lent.indices {
                do { builder.append(try resolve(lent[place])) } catch { builder.appendFailure(error) }
            }
            return builder.finish()
        }
    }

    /// Resolves a leaf field on each object by itself, while the response is written.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Job.title`.
    ///   - parent: The Swift type of the object type.
    ///   - resolve: Is called inline, once for each object, and once more where the field's type does not take all values as they
    ///     are. What it throws is the error of that object's field alone.
    @inlinable
    public mutating func field<Parent: ObjectValue, Output: LeafValue>(
        _ coordinate: String,
        on parent: Parent.Type,
        resolve: @escaping @Sendable (Parent) throws -> Output
    ) {
        registerLeaves(coordinate, on: parent, shape: Output.shape) { batch, completion, sink in
            let parents = try Self.parents(of: batch, as: Parent.self)
            let lent = parents.span
            guard let completion else {
                var builder = Output.Builder(capacity: parents.count)
                for place in lent.indices {
                    do { builder.append(try resolve(lent[place])) } catch { builder.appendFailure(error) }
                }
                sink.column = builder.finish()
                return
            }
            for place in sink.places where !sink.buffer.isOverfull {
                do { sink.write(try resolve(lent[place]), as: completion) } catch { sink.skip() }
            }
        }
    }

    /// Resolves a field with arguments, or one that looks ahead, on each object by itself.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Job.title`.
    ///   - parent: The Swift type of the object type.
    ///   - resolve: Is called inline, once for each object. What it throws is the error of that object's field alone.
    @inlinable
    public mutating func field<Parent: ObjectValue, Output: OutputValue>(
        _ coordinate: String,
        on parent: Parent.Type,
        resolve: @escaping @Sendable (Parent, FieldCall) throws -> Output
    ) {
        registerInline(coordinate, on: parent, shape: Output.shape) { batch, call in
            let parents = try Self.parents(of: batch, as: Parent.self)
            var builder = Output.Builder(capacity: parents.count)
            let lent = parents.span
            for place in lent.indices {
                do { builder.append(try resolve(lent[place], call)) } catch { builder.appendFailure(error) }
            }
            return builder.finish()
        }
    }

    // MARK: All objects of a level at once

    /// Resolves a field on all objects of a level with one call that may wait.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Job.resumes`.
    ///   - parent: The Swift type of the object type.
    ///   - resolve: Gives one output for each object, in their order; `Result` where one may fail without the others.
    ///     What it throws is the error of every object's field.
    @inlinable
    public mutating func batch<Parent: ObjectValue, Output: OutputValue>(
        _ coordinate: String,
        on parent: Parent.Type,
        resolve: @escaping @Sendable ([Parent], FieldCall) async throws -> [Output]
    ) {
        registerWaiting(coordinate, on: parent, shape: Output.shape) { batch, call in
            Column(try await resolve(try Self.parents(of: batch, as: Parent.self), call))
        }
    }

    /// Resolves a field on all objects of a level with one call, inline.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Job.resumes`.
    ///   - parent: The Swift type of the object type.
    ///   - resolve: Gives one output for each object, in their order; `Result` where one may fail without the others.
    ///     What it throws is the error of every object's field.
    @inlinable
    public mutating func inlineBatch<Parent: ObjectValue, Output: OutputValue>(
        _ coordinate: String,
        on parent: Parent.Type,
        resolve: @escaping @Sendable ([Parent], FieldCall) throws -> [Output]
    ) {
        registerInline(coordinate, on: parent, shape: Output.shape) { batch, call in
            Column(try resolve(try Self.parents(of: batch, as: Parent.self), call))
        }
    }

    /// Resolves a field on all objects of a level with one call, inline, and gives the column as a whole.
    ///
    /// For whoever builds columns himself: see ``ColumnBuilder`` and ``ListPositions``.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Job.title`.
    ///   - parent: The Swift type of the object type.
    ///   - resolve: Gives a column with one position for each object, in their order.
    public mutating func column<Parent: ObjectValue>(
        _ coordinate: String,
        on parent: Parent.Type,
        resolve: @escaping @Sendable ([Parent], FieldCall) throws -> Column
    ) {
        registerInline(coordinate, on: parent, shape: .any) { batch, call in
            try resolve(try Self.parents(of: batch, as: Parent.self), call)
        }
    }

    /// Resolves a field of a root type with a call that may wait.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Query.job`.
    ///   - resolve: Is called once for each operation.
    @inlinable
    public mutating func root<Output: OutputValue>(
        _ coordinate: String,
        resolve: @escaping @Sendable (FieldCall) async throws -> Output
    ) {
        registerWaiting(coordinate, on: nil, shape: Output.shape) { batch, call in
            // A root type has one object; another type's field would call once for each.
            var outputs: [Output] = []
            for _ in 0..<batch.count { outputs.append(try await resolve(call)) }
            return Column(outputs)
        }
    }

    /// Resolves a field of a root type inline.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Query.version`.
    ///   - resolve: Is called once for each operation.
    @inlinable
    public mutating func inlineRoot<Output: OutputValue>(
        _ coordinate: String,
        resolve: @escaping @Sendable (FieldCall) throws -> Output
    ) {
        registerInline(coordinate, on: nil, shape: Output.shape) { batch, call in
            var builder = Output.Builder(capacity: batch.count)
            for _ in 0..<batch.count { builder.append(try resolve(call)) }
            return builder.finish()
        }
    }

    // MARK: Subscriptions and scalars

    /// Makes the source stream of a subscription field.
    ///
    /// The field also needs an ordinary resolver, on the events' type, for what is shown of an event.
    ///
    /// - Parameters:
    ///   - coordinate: Such as `Subscription.jobChanged`.
    ///   - subscribe: Gives the events; each is the root object of one execution. The sequence is read on the task of
    ///     whoever reads the response stream, and ends with it.
    /// - Source: GraphQL September 2025, §6.2.3.1 Source Stream.
    public mutating func subscription<Event: ObjectValue, Events: AsyncSequence & Sendable>(
        _ coordinate: String,
        subscribe: @escaping @Sendable (FieldCall) async throws -> Events
    ) where Events.Element == Event {
        subscriptions.append((coordinate, { _, call in SourceEventSequence(try await subscribe(call)) }))
    }

    /// Attaches the coercion of a custom scalar.
    ///
    /// - Parameters:
    ///   - name: Of a scalar that the schema defines.
    ///   - coercion: How its values come in and go out.
    public mutating func scalar(_ name: String, _ coercion: ScalarCoercion) {
        scalars.append((name, coercion))
    }

    /// Adds all of `others`.
    public mutating func merge(_ others: Resolvers) {
        fields += others.fields
        subscriptions += others.subscriptions
        scalars += others.scalars
    }

    // MARK: What the generic parts call

    @usableFromInline
    static func parents<Parent: Sendable>(of batch: ObjectBatch, as type: Parent.Type) throws -> [Parent] {
        guard let objects = batch as? Objects<Parent> else {
            throw ResolverFault("expected objects of \(Parent.self), found \(Swift.type(of: batch))")
        }
        return objects.elements
    }

    @usableFromInline
    mutating func registerPlain(
        _ coordinate: String,
        on parent: any ObjectValue.Type,
        shape: OutputShape,
        _ body: @escaping @Sendable (ObjectBatch) throws -> Column
    ) {
        fields.append((coordinate, FieldResolver(parent: parent, shape: shape, body: .plain(body))))
    }

    @usableFromInline
    mutating func registerLeaves(
        _ coordinate: String,
        on parent: any ObjectValue.Type,
        shape: OutputShape,
        _ body: @escaping @Sendable (ObjectBatch, Completion?, inout LeafSink) throws -> Void
    ) {
        fields.append((coordinate, FieldResolver(parent: parent, shape: shape, body: .leaves(body))))
    }

    @usableFromInline
    mutating func registerInline(
        _ coordinate: String,
        on parent: (any ObjectValue.Type)?,
        shape: OutputShape,
        _ body: @escaping @Sendable (ObjectBatch, FieldCall) throws -> Column
    ) {
        fields.append((coordinate, FieldResolver(parent: parent, shape: shape, body: .inline(body))))
    }

    @usableFromInline
    mutating func registerWaiting(
        _ coordinate: String,
        on parent: (any ObjectValue.Type)?,
        shape: OutputShape,
        _ body: @escaping @Sendable (ObjectBatch, FieldCall) async throws -> Column
    ) {
        fields.append((coordinate, FieldResolver(parent: parent, shape: shape, body: .waiting(body))))
    }
}

/// A mistake in how resolvers are written, found while one ran.
///
/// Clients see it masked, as any error that is no ``GraphQLError``.
public struct ResolverFault: Error, CustomStringConvertible {
    /// What is wrong, for the log.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
