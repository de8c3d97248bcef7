/// A named type, perhaps in lists and non-null marks.
///
/// - Source: GraphQL September 2025, §2.11 Type References.
public indirect enum TypeReference: Sendable {
    case named(NamedType)
    case list(TypeReference)
    /// Never around another non-null.
    case nonNull(TypeReference)

    /// The named type inside all wrappers.
    public var namedType: NamedType {
        switch self {
        case .named(let type): type
        case .list(let inner), .nonNull(let inner): inner.namedType
        }
    }

    /// Whether null is refused.
    public var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    /// Without the outermost non-null mark.
    public var nullable: TypeReference {
        if case .nonNull(let inner) = self { inner } else { self }
    }

    /// The type of the items; nil where this is no list.
    ///
    /// A non-null mark around the list is looked through.
    public var item: TypeReference? {
        if case .list(let item) = nullable { item } else { nil }
    }
}

extension TypeReference: Equatable {
    /// The same wrappers around the same type of the same schema.
    public static func == (left: TypeReference, right: TypeReference) -> Bool {
        switch (left, right) {
        case (.named(let left), .named(let right)): left === right
        case (.list(let left), .list(let right)), (.nonNull(let left), .nonNull(let right)): left == right
        default: false
        }
    }
}

extension TypeReference: CustomStringConvertible {
    /// As in SDL: `[Job!]!`.
    public var description: String {
        switch self {
        case .named(let type): type.name
        case .list(let inner): "[\(inner)]"
        case .nonNull(let inner): "\(inner)!"
        }
    }
}
