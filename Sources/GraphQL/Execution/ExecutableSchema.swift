/// A schema and the resolvers of its fields: what operations are executed on.
public final class ExecutableSchema: Sendable {
    /// What fields and types there are.
    public let schema: GraphQLSchema
    /// Bounds and switches.
    public let options: ExecutionOptions
    /// By the identity of the object type's ``Field``.
    private let fields: [ObjectIdentifier: ExecutableField]
    /// By the identity of the subscription root's ``Field``.
    private let subscriptions: [ObjectIdentifier: Resolvers.SourceStream]
    /// By the Swift type that the object type's fields are resolved on; not those that several object types share.
    private let objectTypes: [ObjectIdentifier: ObjectType]
    /// By ``NamedType/index``: the Swift type that the object type's fields are resolved on.
    private let swiftTypes: [Int: any ObjectValue.Type]

    /// Attaches resolvers and scalars to a schema.
    ///
    /// - Parameters:
    ///   - schema: Valid. Its custom scalars get their coercions here, so it belongs to one executable schema.
    ///   - resolvers: For every field of every object type, introspection left out.
    ///   - options: Bounds and switches.
    /// - Throws: ``ResolverMismatch``, which names every coordinate without a resolver and every resolver without a field.
    public init(
        _ schema: GraphQLSchema,
        resolvers: Resolvers,
        options: ExecutionOptions = ExecutionOptions()
    ) throws(ResolverMismatch) {
        var all = Resolvers.introspection(of: schema)
        all.merge(resolvers)
        var check = ResolverCheck(schema: schema)
        check.run(all)
        guard check.problems.isEmpty else { throw ResolverMismatch(problems: check.problems) }
        for (name, coercion) in resolvers.scalars {
            (schema.type(name) as? ScalarType)?.coercion = coercion
        }
        self.schema = schema
        self.options = options
        // After the scalars have their coercions.
        let meta = [schema.metaFields.typename, schema.metaFields.schema, schema.metaFields.type].compactMap(\.self)
        var fields: [ObjectIdentifier: ExecutableField] = [:]
        func add(_ field: Field, fixedCost: Int = 0) {
            let identity = ObjectIdentifier(field)
            let resolver = check.resolvers[identity]?.body
            fields[identity] = ExecutableField(field, resolver: resolver, fixedCost: fixedCost)
        }
        for type in schema.types.compactMap({ $0 as? ObjectType }) {
            for field in type.fields {
                add(field, fixedCost: options.cost.fixedCosts["\(type.name).\(field.name)"] ?? 0)
            }
        }
        for field in meta { add(field) }
        self.fields = fields
        subscriptions = check.subscriptions
        objectTypes = check.objectTypes
        swiftTypes = check.swiftTypes
    }

    /// What executes `field`; nil for one that nobody resolves.
    func target(of field: Field) -> ExecutableField? {
        guard let target = fields[ObjectIdentifier(field)] else { return nil }
        return target.resolver == nil && field.name != "__typename" ? nil : target
    }

    func sourceStream(of field: Field) -> Resolvers.SourceStream? { subscriptions[ObjectIdentifier(field)] }

    /// The object type whose fields are resolved on `type`; nil where there is none, or more than one.
    func objectType(resolvedOn type: any Sendable.Type) -> ObjectType? { objectTypes[ObjectIdentifier(type)] }

    /// The Swift type that the fields of `type` are resolved on; nil where its resolvers take any.
    func swiftType(of type: ObjectType) -> (any ObjectValue.Type)? { swiftTypes[type.index] }
}

/// Bounds and switches of execution.
public struct ExecutionOptions: Sendable {
    /// The most levels of selections that an operation may have, its fragments put in place.
    public var maxDepth = 100
    /// The most selections that are looked at to plan an operation, each as often as fragments and types ask for it.
    public var maxPlannedSelections = 50_000
    /// The most resolver calls of one execution; each is for all objects of a level.
    public var maxResolverCalls = 50_000
    /// The most bytes of a response; beyond them its data is null.
    public var maxResponseBytes = 32 << 20
    /// The most problems of variables that a response names.
    public var maxVariableErrors = 50
    /// How dear an operation may be on its actual variables.
    public var cost = CostModel()
    /// Is asked before an operation runs, with what it costs; what it gives is answered instead, as a request error.
    public var admit: (@Sendable (_ cost: Int, _ context: any Sendable) -> GraphQLError?)?
    /// Whether messages add "Did you mean …?".
    public var suggests = true
    /// What a client sees of an error that is no ``GraphQLError``; the place to log what went wrong.
    ///
    /// Is called once for each error, or once for all objects of a level that one error struck. Errors at positions that a
    /// parent's null has swallowed are not shown and not passed here.
    public var maskError: @Sendable (_ error: any Error, _ path: ResponsePath) -> GraphQLError = { _, _ in
        GraphQLError("Internal error", extensions: ["code": .string("INTERNAL_SERVER_ERROR")])
    }
    /// Where operations with a deadline run; nil for Swift's pool.
    ///
    /// What calls ``OperationPlan/execute(variables:root:context:deadline:)`` goes on where it was.
    public var executor: (any TaskExecutor)?
    /// Is told how long planning, resolvers and writing took.
    public var onPhase: PhaseObserver?

    /// The defaults.
    public init() {}
}

/// What does not fit between a schema and its resolvers.
public struct ResolverMismatch: Error, CustomStringConvertible {
    /// At least one, each naming a coordinate.
    public let problems: [String]

    /// The problems, one on each line.
    public var description: String { problems.joined(separator: "\n") }
}
