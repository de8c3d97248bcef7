extension Value {
    /// What a literal without variables says, whatever the type: integers too large for ``int(_:)`` are ``float(_:)``.
    ///
    /// Recursion: as deep as values are nested, which the parser limits.
    init(literal node: ValueNode) {
        switch node.kind {
        case .variable, .null: self = .null
        case .int(let digits): self = Int(digits).map { .int($0) } ?? .finite(digits)
        case .float(let digits): self = .finite(digits)
        case .string(let text, _): self = .string(text)
        case .boolean(let flag): self = .boolean(flag)
        case .enum(let name): self = .enum(name)
        case .list(let items): self = .list(items.map { Value(literal: $0) })
        case .object(let fields):
            var object = Object()
            for field in fields { object[field.name.value] = Value(literal: field.value) }
            self = .object(object)
        }
    }

    /// Numbers beyond all bounds are the largest there are.
    private static func finite(_ digits: String) -> Value {
        let number = Double(digits) ?? 0
        let largest = Double.greatestFiniteMagnitude
        return .float(max(-largest, min(largest, number)))
    }
}
