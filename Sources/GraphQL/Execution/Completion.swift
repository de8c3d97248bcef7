/// How a value becomes part of the response, by the field's type.
///
/// A class for each wrapper, since one is looked at for every position.
///
/// - Source: GraphQL September 2025, §6.4.3 Value Completion.
public final class Completion: Sendable {
    enum Kind: Sendable {
        case int
        case float
        case string
        case boolean
        case id
        case enumeration
        /// With a coercion of its own.
        case scalar
        /// A scalar without coercion of its own.
        case anything
        case composite
        case list
    }

    // Apart from what comes with one, so that to look at it counts no reference.
    let kind: Kind
    /// Whether null is an error.
    @usableFromInline let isNonNull: Bool
    /// Of ``Kind/enumeration``.
    let enumeration: EnumType?
    /// Of ``Kind/scalar``.
    let scalar: ScalarType?
    /// Of the items of ``Kind/list``.
    @usableFromInline let item: Completion?

    init(_ type: TypeReference) {
        isNonNull = type.isNonNull
        var (enumeration, scalar, item): (EnumType?, ScalarType?, Completion?)
        switch type.nullable {
        case .list(let itemType):
            kind = .list
            item = Completion(itemType)
        case .named(let named as ScalarType):
            switch named.name {
            case "Int": kind = .int
            case "Float": kind = .float
            case "String": kind = .string
            case "Boolean": kind = .boolean
            case "ID": kind = .id
            default:
                kind = named.coercion.isUnchanged ? .anything : .scalar
                scalar = named
            }
        case .named(let named as EnumType):
            kind = .enumeration
            enumeration = named
        case .named, .nonNull:
            kind = .composite
        }
        (self.enumeration, self.scalar, self.item) = (enumeration, scalar, item)
    }

    /// Whether it is of a scalar or an enum.
    @usableFromInline var isLeaf: Bool { kind != .composite && kind != .list }
}
