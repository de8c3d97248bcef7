/// What a resolver knows of the field that it resolves: its arguments, what is asked for below it, and the request.
public struct FieldCall: Sendable {
    /// Coerced; defaults are filled in.
    public let arguments: ArgumentValues
    let execution: Execution
    let scope: Scope
    let plan: FieldPlan

    init(arguments: ArgumentValues, execution: Execution, scope: Scope, plan: FieldPlan) {
        self.arguments = arguments
        self.execution = execution
        self.scope = scope
        self.plan = plan
    }

    /// The field's definition.
    public var field: Field { plan.field }
    /// The object type that the field is selected on.
    public var parentType: ObjectType { plan.parentType }
    /// The alias, or else the name.
    public var responseName: String { plan.responseName }
    /// Such as `Job.title`.
    public var coordinate: String { plan.coordinate }
    /// The kind of the operation.
    public var operationType: OperationType { execution.plan.operation.operation }
    /// The operation's name; nil where it has none.
    public var operationName: String? { execution.plan.operation.name?.value }
    /// When the answer must be there; nil without a deadline.
    ///
    /// A resolver that still runs then is cancelled, and the request ends without it.
    public var deadline: ContinuousClock.Instant? { execution.deadline }

    /// What is selected on the field's value.
    ///
    /// Fragments are followed, conditions on variables applied. Empty for a leaf.
    public var selection: FieldSelection { FieldSelection(fields: [plan], execution: execution) }

    /// The way from the data's root to the field: response names alone, since one call is for all objects of a level.
    public var path: ResponsePath {
        var steps: [ResponsePath.Step] = [.field(plan.responseName)]
        var origin = scope.origin
        while let step = origin {
            steps.append(.field(step.field.responseName))
            origin = step.parent
        }
        return ResponsePath(steps.reversed())
    }

    /// What the request brought along: an account, stores, a clock.
    ///
    /// - Parameter type: Of the context that was given to the execution.
    /// - Returns: The context itself.
    /// - Throws: ``ResolverFault`` where the context is of another type.
    public func context<Context: Sendable>(_ type: Context.Type = Context.self) throws -> Context {
        guard let context = execution.context as? Context else {
            throw ResolverFault("the context is a \(Swift.type(of: execution.context)), not a \(type)")
        }
        return context
    }
}

/// What is selected on a field's value, over all object types that it may have: the look-ahead.
public struct FieldSelection: Sendable {
    /// All of one type and name, or the one field itself: their selections are taken together.
    let parents: [FieldPlan]
    let execution: Execution

    init(fields: [FieldPlan], execution: Execution) {
        parents = fields
        self.execution = execution
    }

    /// A field that is asked for.
    public struct SelectedField: Sendable {
        let plan: FieldPlan
        let execution: Execution

        /// In its type.
        public var name: String { plan.field.name }
        /// The alias, or else the name.
        public var responseName: String { plan.responseName }
        /// Such as `Resume.score`.
        public var coordinate: String { plan.coordinate }
        /// What is selected on its value.
        public var selection: FieldSelection { FieldSelection(fields: [plan], execution: execution) }

        /// Coerced, as its resolver will get them.
        ///
        /// - Returns: Defaults are filled in.
        /// - Throws: ``GraphQLError`` where they do not fit; its resolver will not be called then.
        public func arguments() throws(GraphQLError) -> ArgumentValues {
            do {
                return try execution.arguments(of: plan)
            } catch {
                throw GraphQLError(error.message, extensions: error.extensions)
            }
        }
    }

    /// Every field that is asked for, in the order of the response, for each object type by itself.
    public var fields: [SelectedField] {
        var fields: [SelectedField] = []
        eachField { fields.append(SelectedField(plan: $0, execution: execution)) }
        return fields
    }

    /// Whether a field called `name` is asked for, on any object type, under whatever alias.
    public func contains(_ name: String) -> Bool {
        containsField { $0.field.name == name }
    }

    /// What is selected on the fields called `name`, over all object types and aliases.
    ///
    /// - Parameter name: In its type, not an alias.
    /// - Returns: Without fields where `name` is not asked for.
    public subscript(name: String) -> FieldSelection {
        var plans: [FieldPlan] = []
        eachField { if $0.field.name == name { plans.append($0) } }
        return FieldSelection(fields: plans, execution: execution)
    }

    private func eachField(_ body: (FieldPlan) -> Void) {
        _ = containsField { field in
            body(field)
            return false
        }
    }

    /// Resolvers ask for many names, so no array is made on the way, and fields are lent by their places.
    @inline(__always)
    private func containsField(where isSought: (FieldPlan) -> Bool) -> Bool {
        for place in parents.indices {
            switch parents[place].children {
            case .none, .invalid: continue
            case .object(let plan):
                for place in plan.fields.indices where isSought(plan.fields[place]) { return true }
            case .abstract(let byType):
                let types = execution.plan.executable.schema.possibleTypes(of: parents[place].field.type.namedType)
                if types.contains(where: { byType[$0.index]?.fields.contains(where: isSought) ?? false }) {
                    return true
                }
            }
        }
        return false
    }

    /// Whether nothing is selected.
    public var isEmpty: Bool { !containsField { _ in true } }
}
