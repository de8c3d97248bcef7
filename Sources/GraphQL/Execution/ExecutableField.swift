/// A field of an object type with what executes it: what all plans of the field share.
final class ExecutableField: Sendable {
    let field: Field
    /// Who gives the values; nil for `__typename`.
    let resolver: Resolvers.FieldResolver.Body?
    /// Gives the values while the response is written; nil for a field that is resolved before.
    let leaves: LeafSink.Source?
    let completion: Completion
    /// What it costs beside its positions.
    let fixedCost: Int
    /// `"name":`, where no alias is given.
    let key: [UInt8]

    init(_ field: Field, resolver: Resolvers.FieldResolver.Body?, fixedCost: Int = 0) {
        self.field = field
        self.resolver = resolver
        leaves = if case .leaves(let leaves)? = resolver { leaves } else { nil }
        completion = Completion(field.type)
        self.fixedCost = fixedCost
        key = Self.key(field.name)
    }

    /// A response name as the writer wants it; a name of the grammar needs no escapes.
    static func key(_ responseName: String) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(responseName.utf8.count + 3)
        key.append(UInt8(ascii: "\""))
        key.append(contentsOf: responseName.utf8)
        key.append(UInt8(ascii: "\""))
        key.append(UInt8(ascii: ":"))
        return key
    }
}
