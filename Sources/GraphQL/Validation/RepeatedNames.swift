extension ValidationRule {
    /// The names that stand more than once, in the order in which they first stand, each with all its nodes in document order.
    ///
    /// Cost: linear, however many nodes there are.
    func repeated<Node>(_ nodes: [Node], by name: (Node) -> String) -> [(name: String, nodes: [Node])] {
        switch nodes.count {
        case 0, 1:
            return []
        case 2...8:
            // The common case needs no table.
            let isUnique = nodes.indices.allSatisfy { index in
                let own = name(nodes[index])
                return !nodes[..<index].contains { name($0) == own }
            }
            if isUnique { return [] }
        default:
            break
        }
        var places: [String: Int] = [:]
        var groups: [(name: String, nodes: [Node])] = []
        for node in nodes {
            let own = name(node)
            if let place = places[own] {
                groups[place].nodes.append(node)
            } else {
                places[own] = groups.count
                groups.append((own, [node]))
            }
        }
        return groups.filter { $0.nodes.count > 1 }
    }
}
