/// How large a document's operations are, counted on the nodes alone.
///
/// Each fragment is measured once, so the cost is linear in the document even where spreads would multiply it. Documents
/// with cycles of fragments are measured as if the cycle were cut: validation reports them.
struct DocumentMeasure {
    /// As written, in the whole document.
    private(set) var aliases = 0
    /// As written, in the whole document.
    private(set) var fragmentSpreads = 0
    /// Of the longest alias.
    private(set) var aliasBytes = 0
    /// Of the operation that has most, followed through fragments.
    private(set) var rootFields = 0
    /// Of the deepest operation, followed through fragments, without introspection.
    private(set) var depth = 0

    private struct Size {
        var depth = 0
        var fields = 0
    }

    private var fragments: [String: FragmentDefinitionNode] = [:]
    private var sizes: [String: Size] = [:]

    init(_ document: DocumentNode) {
        var order: [FragmentDefinitionNode] = []
        for case .fragment(let fragment) in document.definitions {
            fragments[fragment.name.value] = fragment
            order.append(fragment)
        }
        for fragment in order { measureWithThoseItSpreads(fragment) }
        for case .operation(let operation) in document.definitions {
            let size = size(of: operation.selectionSet)
            depth = max(depth, size.depth)
            rootFields = max(rootFields, size.fields)
        }
    }

    /// The first excess over `limits`, in the order in which they are declared; nil where all are kept.
    func excess(over limits: OperationLimits) -> GraphQLError? {
        if depth > limits.maxDepth {
            return .exceeded("levels", limit: "maxDepth", maximum: limits.maxDepth, actual: depth)
        }
        if aliases > limits.maxAliases {
            return .exceeded("aliases", limit: "maxAliases", maximum: limits.maxAliases, actual: aliases)
        }
        if aliasBytes > limits.maxAliasBytes {
            return .exceeded(
                "bytes in an alias",
                limit: "maxAliasBytes",
                maximum: limits.maxAliasBytes,
                actual: aliasBytes
            )
        }
        if rootFields > limits.maxRootFields {
            return .exceeded("root fields", limit: "maxRootFields", maximum: limits.maxRootFields, actual: rootFields)
        }
        if fragmentSpreads > limits.maxFragmentSpreads {
            return .exceeded(
                "fragment spreads",
                limit: "maxFragmentSpreads",
                maximum: limits.maxFragmentSpreads,
                actual: fragmentSpreads
            )
        }
        return nil
    }

    /// Measures a fragment after those that it spreads.
    ///
    /// A stack of its own instead of recursion: a chain of fragments can be as long as the document.
    private mutating func measureWithThoseItSpreads(_ fragment: FragmentDefinitionNode) {
        var stack = [(fragment: fragment, isOpened: false)]
        var opened: Set<String> = []
        while let (fragment, isOpened) = stack.popLast() {
            let name = fragment.name.value
            if sizes[name] != nil { continue }
            if isOpened {
                sizes[name] = size(of: fragment.selectionSet)
            } else if opened.insert(name).inserted {
                stack.append((fragment, true))
                for spread in spreads(in: fragment.selectionSet) {
                    if let next = fragments[spread], sizes[spread] == nil { stack.append((next, false)) }
                }
            }
        }
    }

    private func spreads(in set: SelectionSetNode) -> [String] {
        var names: [String] = []
        var pending = [set]
        while let set = pending.popLast() {
            for selection in set.selections {
                switch selection {
                case .field(let field): if let inner = field.selectionSet { pending.append(inner) }
                case .inlineFragment(let inline): pending.append(inline.selectionSet)
                case .fragmentSpread(let spread): names.append(spread.name.value)
                }
            }
        }
        return names
    }

    /// Recursion as deep as the parser let the document nest.
    private mutating func size(of set: SelectionSetNode) -> Size {
        var size = Size(depth: 1, fields: 0)
        for selection in set.selections {
            switch selection {
            case .field(let field):
                if let alias = field.alias {
                    aliases += 1
                    aliasBytes = max(aliasBytes, alias.value.utf8.count)
                }
                size.fields = size.fields.addingSaturating(1)
                guard let inner = field.selectionSet else { continue }
                let below = self.size(of: inner)
                if !Self.introspection.contains(field.name.value) {
                    size.depth = max(size.depth, below.depth.addingSaturating(1))
                }
            case .inlineFragment(let inline):
                let inside = self.size(of: inline.selectionSet)
                size.depth = max(size.depth, inside.depth)
                size.fields = size.fields.addingSaturating(inside.fields)
            case .fragmentSpread(let spread):
                fragmentSpreads += 1
                guard let inside = sizes[spread.name.value] else { continue }
                size.depth = max(size.depth, inside.depth)
                size.fields = size.fields.addingSaturating(inside.fields)
            }
        }
        return size
    }

    private static let introspection: Set<String> = ["__schema", "__type"]
}

extension Int {
    /// The sum, or the largest number where it does not fit.
    func addingSaturating(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product, or the largest number where it does not fit.
    func multipliedSaturating(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
