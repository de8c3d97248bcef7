/// - Source: GraphQL September 2025, §3.3.1 Root Operation Types.
extension SchemaCheck {
    /// The query root is there; all roots are different object types.
    mutating func checkRoots() {
        var used: [(type: ObjectType, operations: [OperationType])] = []
        for operation in OperationType.allCases {
            switch definitions.rootName(of: operation).flatMap({ schema.type($0) }) {
            case nil:
                if operation == .query {
                    reports.report("Query root type must be provided.", at: definitions.schema?.offset)
                }
            case let type as ObjectType:
                if let place = used.firstIndex(where: { $0.type === type }) {
                    used[place].operations.append(operation)
                } else {
                    used.append((type, [operation]))
                }
            case let type?:
                let ifProvided = operation == .query ? "" : " if provided"
                reports.report(
                    "\(operation.defaultTypeName) root type must be Object type\(ifProvided),"
                        + " it cannot be \(type.name).",
                    at: rootOffset(of: operation) ?? type.parts.first?.offset
                )
            }
        }
        for (type, operations) in used where operations.count > 1 {
            reports.report(
                "All root types must be different, '\(type.name)' type is used as"
                    + " \(Self.list(operations.map(\.rawValue))) root types.",
                at: operations.map { rootOffset(of: $0) }
            )
        }
    }

    /// Of the type's name in `schema { … }`; nil for a root by default.
    private func rootOffset(of operation: OperationType) -> SourceOffset? {
        definitions.schemaParts.flatMap(\.roots).first { $0.operation == operation }?.type.offset
    }

    private static func list(_ words: [String]) -> String {
        switch words.count {
        case 0...2: words.joined(separator: " and ")
        default: words.dropLast().joined(separator: ", ") + ", and " + words[words.count - 1]
        }
    }
}
