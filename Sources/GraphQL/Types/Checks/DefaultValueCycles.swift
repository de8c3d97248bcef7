/// Finds default values of input fields that contain themselves.
///
/// - Source: GraphQL September 2025, §3.10 Input Objects, InputObjectDefaultValueHasCycle.
struct DefaultValueCycles {
    private var visited: Set<String> = []
    /// The fields whose default values the search is in, by their coordinates.
    private var path: [(coordinate: String, value: ValueNode)] = []
    /// By coordinate: the place in the path.
    private var places: [String: Int] = [:]

    /// What is still to be looked at, the next one last: a schema may have a chain of any length.
    private var pending: [Step] = []

    private enum Step {
        case literal(ValueNode, of: InputObjectType)
        case fields([ObjectFieldNode], of: InputObjectType)
        case defaultValue(ValueNode, of: InputObjectType, at: String)
        /// The default value at a coordinate is done with.
        case leave(String)
    }

    /// Follows every default value that the empty object of a type takes up.
    mutating func check(_ type: InputObjectType, _ reports: inout SchemaReports) {
        pending.append(.fields([], of: type))
        while let step = pending.popLast() {
            switch step {
            case .literal(let literal, let type):
                switch literal.kind {
                case .list(let items): pending += items.reversed().map { .literal($0, of: type) }
                case .object(let fields): pending.append(.fields(fields, of: type))
                default: break
                }
            case .fields(let given, let type):
                follow(given, of: type)
            case .defaultValue(let value, let type, let coordinate):
                enter(value, of: type, at: coordinate, &reports)
            case .leave(let coordinate):
                path.removeLast()
                places[coordinate] = nil
            }
        }
    }

    private mutating func follow(_ given: [ObjectFieldNode], of type: InputObjectType) {
        var steps: [Step] = []
        for field in type.fields {
            guard let fieldType = field.type.namedType as? InputObjectType else { continue }
            if let given = given.last(where: { $0.name.value == field.name }) {
                steps.append(.literal(given.value, of: fieldType))
            } else if let value = field.defaultValue {
                steps.append(.defaultValue(value, of: fieldType, at: "\(type.name).\(field.name)"))
            }
        }
        pending += steps.reversed()
    }

    private mutating func enter(
        _ value: ValueNode,
        of type: InputObjectType,
        at coordinate: String,
        _ reports: inout SchemaReports
    ) {
        if let place = places[coordinate] {
            let others = path[(place + 1)...].map(\.coordinate)
            reports.report(
                "Invalid circular reference. The default value of Input Object field \(coordinate) references itself"
                    + (others.isEmpty ? "." : " via the default values of: \(others.joined(separator: ", "))."),
                at: path[place...].map(\.value.offset)
            )
            return
        }
        guard visited.insert(coordinate).inserted else { return }
        places[coordinate] = path.count
        path.append((coordinate, value))
        pending.append(.leave(coordinate))
        pending.append(.literal(value, of: type))
    }
}
