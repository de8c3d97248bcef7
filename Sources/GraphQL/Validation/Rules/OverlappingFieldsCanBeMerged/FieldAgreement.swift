/// What two fields of one response name must agree on.
enum FieldAgreement {
    /// Whether values of the two types can stand in one place of a response: the same lists and non-null marks around the
    /// same leaf type, or around any two composite types, whose fields are then compared in turn.
    static func haveSameShape(_ left: TypeReference, _ right: TypeReference) -> Bool {
        switch (left, right) {
        case (.list(let left), .list(let right)), (.nonNull(let left), .nonNull(let right)):
            haveSameShape(left, right)
        case (.named(let left), .named(let right)):
            left === right || !(left.isLeaf || right.isLeaf)
        default:
            false
        }
    }

    /// Whether the arguments are the same, in whatever order; `work` grows by the values looked at.
    static func haveSameArguments(_ left: [ArgumentNode], _ right: [ArgumentNode], work: inout Int) -> Bool {
        guard left.count == right.count else { return false }
        if left.isEmpty { return true }
        work += left.count
        if left.count == 1 {
            return left[0].name.value == right[0].name.value
                && areSame(left[0].value, right[0].value, work: &work)
        }
        let values = Dictionary(right.map { ($0.name.value, $0.value) }, uniquingKeysWith: { _, last in last })
        return left.allSatisfy { argument in
            guard let value = values[argument.name.value] else { return false }
            return areSame(argument.value, value, work: &work)
        }
    }

    /// Whether two literals say the same, the order of objects' fields aside.
    ///
    /// Recursion: as deep as values are nested, which the parser limits.
    private static func areSame(_ left: ValueNode, _ right: ValueNode, work: inout Int) -> Bool {
        work += 1
        switch (left.kind, right.kind) {
        case (.variable(let left), .variable(let right)), (.int(let left), .int(let right)),
            (.float(let left), .float(let right)), (.enum(let left), .enum(let right)):
            return left == right
        case (.string(let left, let leftIsBlock), .string(let right, let rightIsBlock)):
            return leftIsBlock == rightIsBlock && left.utf8.elementsEqual(right.utf8)
        case (.boolean(let left), .boolean(let right)):
            return left == right
        case (.null, .null):
            return true
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { areSame($0, $1, work: &work) }
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            return zip(sorted(left), sorted(right)).allSatisfy {
                $0.name.value == $1.name.value && areSame($0.value, $1.value, work: &work)
            }
        default:
            return false
        }
    }

    private static func sorted(_ fields: [ObjectFieldNode]) -> [ObjectFieldNode] {
        fields.count < 2 ? fields : fields.sorted { $0.name.value < $1.name.value }
    }
}
