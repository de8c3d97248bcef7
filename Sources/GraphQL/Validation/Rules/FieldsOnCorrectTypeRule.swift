/// A field is one of the type it is selected on.
///
/// Counter-example: `{ book { tilte } }`.
///
/// - Source: GraphQL September 2025, [§5.3.1 Field Selections](https://spec.graphql.org/September2025/#sec-Field-Selections).
final class FieldsOnCorrectTypeRule: ValidationRule {
    override class var visits: NodeKinds { .field }

    override func enter(field: FieldNode) {
        guard context.types.field == nil, let type = context.types.parentType else { return }
        let name = field.name.value
        context.report(
            "Cannot query field '\(name)' on type '\(type.name)'." + suggestion(for: name, on: type),
            at: field.offset
        )
    }

    /// Types that have the field come first, then fields that are called nearly so.
    private func suggestion(for name: String, on type: NamedType) -> String {
        guard context.suggests else { return "" }
        let types = didYouMean(typesWithField(name, under: type), prefix: "to use an inline fragment on")
        if !types.isEmpty { return types }
        guard let type = type as? FieldsType else { return "" }
        return context.didYouMean(name, among: type.fields.map(\.name))
    }

    /// The object types that `type` may stand for, and their interfaces, that have the field: those first that most have
    /// it through, then interfaces before what implements them, then by name.
    private func typesWithField(_ name: String, under type: NamedType) -> [String] {
        guard type.isAbstract else { return [] }
        var found: [FieldsType] = []
        var counts: [ObjectIdentifier: Int] = [:]
        for object in context.schema.possibleTypes(of: type) where object.field(name) != nil {
            found.append(object)
            counts[ObjectIdentifier(object)] = 1
            for interface in object.interfaces where interface.field(name) != nil {
                let count = counts[ObjectIdentifier(interface), default: 0]
                if count == 0 { found.append(interface) }
                counts[ObjectIdentifier(interface)] = count + 1
            }
        }
        found.sortAsTheReference { left, right in
            let (many, more) = (counts[ObjectIdentifier(left), default: 0], counts[ObjectIdentifier(right), default: 0])
            if many != more { return many > more }
            if left.kind == .interface, context.schema.isSubtype(right, of: left) { return true }
            if right.kind == .interface, context.schema.isSubtype(left, of: right) { return false }
            return NaturalOrder(left.name) < NaturalOrder(right.name)
        }
        return found.map(\.name)
    }
}

extension [FieldsType] {
    /// Sorts step by step as JavaScript and Python do.
    ///
    /// The order of types is none in the strict sense: an interface stands before what implements it, and both elsewhere by
    /// name. What comes out then depends on the comparisons made, and is to be what graphql-js suggests.
    fileprivate mutating func sortAsTheReference(by isBefore: (FieldsType, FieldsType) -> Bool) {
        guard count > 1, count < 64 else { return sort(by: isBefore) }
        var sorted = 2
        if isBefore(self[1], self[0]) {
            while sorted < count, isBefore(self[sorted], self[sorted - 1]) { sorted += 1 }
            self[..<sorted].reverse()
        } else {
            while sorted < count, !isBefore(self[sorted], self[sorted - 1]) { sorted += 1 }
        }
        for place in sorted..<count {
            var (low, high) = (0, place)
            while low < high {
                let middle = (low + high) / 2
                if isBefore(self[place], self[middle]) { high = middle } else { low = middle + 1 }
            }
            insert(remove(at: place), at: low)
        }
    }
}
