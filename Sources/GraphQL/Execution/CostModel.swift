import Synchronization

/// What an operation may cost, and how that is told from its plan and its actual variables before it runs.
///
/// The cost is the number of response positions that the operation can have at most: each field is 1, times the lengths of
/// the lists around it. The length of a list is told by arguments where they tell it, and assumed elsewhere. A field that takes
/// more work than its positions show has a fixed cost beside.
public struct CostModel: Sendable {
    /// The most that an operation may cost; more is the error `QUERY_TOO_COMPLEX`.
    public var maxCost = 250_000
    /// Arguments that say how many items are wanted, as in connections.
    ///
    /// An explicit value counts whatever it is.
    public var slicingArguments = ["first", "last"]
    /// How many items a field with slicing arguments gives where none of them is set.
    public var defaultPageSize = 20
    /// In the object that a field with slicing arguments gives: the lists that hold the items.
    public var sizedFields: Set<String> = ["edges", "nodes"]
    /// Arguments that are lists with one item for each item wanted, as in `nodes(ids:)`.
    public var countedArguments = ["ids"]
    /// The length of a list that no argument tells.
    public var assumedListSize = 10

    /// What a field costs beside its positions, each time it is asked for, by coordinates such as `Job.title`.
    public var fixedCosts: [String: Int] = [:]

    /// The defaults.
    public init() {}

    /// The cost of an operation on its variables.
    ///
    /// Each plan is looked at once, however often it is reached.
    ///
    /// - Returns: At most `Int.max`, which stands for all that is more.
    func cost(of execution: Execution) -> Int {
        guard case .success(let root) = execution.variant.root else { return 0 }
        let known = execution.variant.constantCost.load(ordering: .relaxed)
        if known >= 0 { return known }
        var pricer = Pricer(model: self, execution: execution)
        let cost = pricer.cost(of: root)
        if !pricer.readsVariables { execution.variant.constantCost.store(cost, ordering: .relaxed) }
        return cost
    }

    /// Remembers what it has priced.
    private struct Pricer {
        let model: CostModel
        let execution: Execution
        private var known: [ObjectIdentifier: Int] = [:]
        /// Whether a variable says how many items are wanted anywhere.
        private(set) var readsVariables = false

        init(model: CostModel, execution: Execution) {
            self.model = model
            self.execution = execution
        }

        /// Recursion as deep as the plan, which the limit of levels bounds.
        mutating func cost(of selection: SelectionPlan) -> Int {
            if let cost = known[ObjectIdentifier(selection)] { return cost }
            var sum = 0
            for field in selection.fields { sum = sum.addingSaturating(cost(of: field, pageSize: nil)) }
            known[ObjectIdentifier(selection)] = sum
            return sum
        }

        /// The cost of a field in a connection that gives `pageSize` items, or in none.
        private mutating func cost(of field: FieldPlan, pageSize: Int?) -> Int {
            let wanted = itemsWanted(field)
            let isList = field.field.type.item != nil
            var size = 1
            if isList {
                let isSized = model.sizedFields.contains(field.field.name)
                size = wanted ?? (isSized ? pageSize : nil) ?? model.assumedListSize
            }
            let below = costBelow(field, pageSize: isList ? nil : wanted)
            return (1 + field.target.fixedCost).addingSaturating(size.multipliedSaturating(by: below))
        }

        private mutating func costBelow(_ field: FieldPlan, pageSize: Int?) -> Int {
            switch field.children {
            case .none, .invalid:
                return field.field.type.item == nil ? 0 : 1
            case .object(let selection):
                return cost(of: selection, pageSize: pageSize)
            case .abstract(let byType):
                // An object is of one type: the dearest is the bound.
                var most = 0
                for selection in byType.values { most = max(most, cost(of: selection, pageSize: pageSize)) }
                return most
            }
        }

        private mutating func cost(of selection: SelectionPlan, pageSize: Int?) -> Int {
            guard let pageSize else { return cost(of: selection) }
            var sum = 0
            for field in selection.fields { sum = sum.addingSaturating(cost(of: field, pageSize: pageSize)) }
            return sum
        }

        /// How many items the arguments ask for; nil where the field has no such arguments.
        private mutating func itemsWanted(_ field: FieldPlan) -> Int? {
            if field.field.arguments.isEmpty { return nil }
            let isSliced = field.field.arguments.contains { model.slicingArguments.contains($0.name) }
            let isCounted = field.field.arguments.contains { model.countedArguments.contains($0.name) }
            guard isSliced || isCounted else { return nil }
            if case .variable = field.arguments { readsVariables = true }
            guard let arguments = try? execution.arguments(of: field) else { return nil }
            for name in model.countedArguments {
                if case .list(let items)? = arguments[name] { return items.count }
            }
            guard isSliced else { return nil }
            // Of several the largest: which of them the resolver follows is its own affair.
            let counts = model.slicingArguments.compactMap { name -> Int? in
                if case .int(let count)? = arguments[name] { max(0, count) } else { nil }
            }
            return counts.max() ?? model.defaultPageSize
        }
    }
}
