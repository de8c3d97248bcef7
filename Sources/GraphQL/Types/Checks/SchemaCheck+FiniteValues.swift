/// - Source: GraphQL September 2025, §3.10 Input Objects, InputObjectHasUnbreakableCycle.
extension SchemaCheck {
    /// Every input object can be given a value that ends.
    mutating func checkFiniteValues() {
        var values = FiniteValues(schema.types.compactMap { $0 as? InputObjectType })
        values.propagate()
        values.report(to: &reports)
    }
}

/// Which input objects have a value that ends, found in one pass from those that need no other.
private struct FiniteValues {
    /// A field that holds an input object, where a value needs it.
    struct Need {
        let field: InputValue
        let type: InputObjectType
    }

    private let types: [InputObjectType]
    /// By ``NamedType/index``.
    private var needs: [Int: [Need]] = [:]
    /// By ``NamedType/index``: who needs the type, once for each field.
    private var dependents: [Int: [InputObjectType]] = [:]
    /// By ``NamedType/index``: how many needs are not known to end.
    private var open: [Int: Int] = [:]
    private var finite: Set<Int> = []
    private var pending: [InputObjectType] = []

    init(_ types: [InputObjectType]) {
        self.types = types
        for type in types {
            let needs = type.fields.compactMap { field -> Need? in
                // A OneOf input object needs one of its fields, any other all those that may not be null.
                let required: TypeReference? =
                    if type.isOneOf { field.type } else if case .nonNull(let inner) = field.type { inner } else { nil }
                guard case .named(let named)? = required, let target = named as? InputObjectType else { return nil }
                return Need(field: field, type: target)
            }
            self.needs[type.index] = needs
            for need in needs { dependents[need.type.index, default: []].append(type) }
            open[type.index] = needs.count
            if needs.isEmpty || (type.isOneOf && needs.count < type.fields.count) { markFinite(type) }
        }
    }

    mutating func propagate() {
        while let type = pending.popLast() {
            for dependent in dependents[type.index] ?? [] where !finite.contains(dependent.index) {
                open[dependent.index, default: 0] -= 1
                if dependent.isOneOf || open[dependent.index] == 0 { markFinite(dependent) }
            }
        }
    }

    private mutating func markFinite(_ type: InputObjectType) {
        if finite.insert(type.index).inserted { pending.append(type) }
    }

    func report(to reports: inout SchemaReports) {
        var search = CycleSearch(values: self)
        for type in types where !finite.contains(type.index) { search.visit(type, &reports) }
    }

    /// The walk along needs that do not end, which names each circle once.
    private struct CycleSearch {
        let values: FiniteValues
        private var visited: Set<Int> = []
        private var path: [(coordinate: String, offset: SourceOffset?)] = []
        /// By ``NamedType/index``: the place in the path.
        private var places: [Int: Int] = [:]

        init(values: FiniteValues) {
            self.values = values
        }

        /// Goes down without recursion, since a schema may have a chain of any length.
        mutating func visit(_ type: InputObjectType, _ reports: inout SchemaReports) {
            guard visited.insert(type.index).inserted else { return }
            places[type.index] = path.count
            var stack = [(type: type, next: 0)]
            while let (type, next) = stack.last {
                let needs = values.needs[type.index] ?? []
                guard next < needs.count else {
                    places[type.index] = nil
                    stack.removeLast()
                    if !stack.isEmpty { path.removeLast() }
                    continue
                }
                stack[stack.count - 1].next += 1
                let need = needs[next]
                guard !values.finite.contains(need.type.index) else { continue }
                path.append(("\(type.name).\(need.field.name)", need.field.node?.offset))
                if let place = places[need.type.index] {
                    let circle = path[place...]
                    reports.report(
                        "Input Object \(need.type.name) cannot be provided a finite value because it references"
                            + " itself through fields: \(circle.map(\.coordinate).joined(separator: ", ")).",
                        at: circle.map(\.offset)
                    )
                } else if visited.insert(need.type.index).inserted {
                    places[need.type.index] = path.count
                    stack.append((need.type, 0))
                    continue
                }
                path.removeLast()
            }
        }
    }
}
