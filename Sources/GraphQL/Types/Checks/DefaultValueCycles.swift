/// Finds default values of input fields that contain themselves.
///
/// - Source: GraphQL September 2025, §3.10 Input Objects, InputObjectDefaultValueHasCycle.
struct DefaultValueCycles {
    private var visited: Set<String> = []
    /// The fields whose default values the search is in, by their coordinates.
    private var path: [(coordinate: String, value: ValueNode)] = []
    /// By coordinate: the place in the path.
    private var places: [String: Int] = [:]

    /// Follows every default value that the empty object of a type takes up.
    mutating func check(_ type: InputObjectType, _ reports: inout SchemaReports) {
        follow([], of: type, &reports)
    }

    private mutating func follow(_ literal: ValueNode, of type: InputObjectType, _ reports: inout SchemaReports) {
        switch literal.kind {
        case .list(let items): for item in items { follow(item, of: type, &reports) }
        case .object(let fields): follow(fields, of: type, &reports)
        default: break
        }
    }

    private mutating func follow(
        _ given: [ObjectFieldNode],
        of type: InputObjectType,
        _ reports: inout SchemaReports
    ) {
        for field in type.fields {
            guard let fieldType = field.type.namedType as? InputObjectType else { continue }
            if let given = given.last(where: { $0.name.value == field.name }) {
                follow(given.value, of: fieldType, &reports)
            } else if let value = field.defaultValue {
                follow(value, of: fieldType, at: "\(type.name).\(field.name)", &reports)
            }
        }
    }

    private mutating func follow(
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
        follow(value, of: type, &reports)
        path.removeLast()
        places[coordinate] = nil
    }
}
