/// The selection sets of a document by number, each read once, when it is first needed.
///
/// A set holds the fields that stand in it or in its inline fragments, with the type they are selected on, and names the
/// fragments that it spreads. A response name is a number too.
struct SelectionTable {
    /// A field where it is selected.
    struct Selected {
        let node: FieldNode
        /// The number of the response name.
        let name: Int
        /// Of the set or inline fragment that the field stands in; nil where that is no composite type.
        let parent: NamedType?
        /// The number of its own selection set; negative for a leaf.
        let children: Int

        /// Nil where several object types, or an unknown one, may be meant.
        var object: NamedType? { parent?.kind == .object ? parent : nil }
    }

    /// A selection set: of an operation, a fragment or a field.
    struct Level {
        let node: SelectionSetNode
        /// Nil where it is no composite type.
        let type: NamedType?
        /// Places in ``SelectionTable/fields``, in document order; empty until the set is read.
        fileprivate(set) var fields = 0..<0
        /// The sets of the fragments spread, each once; empty until the set is read.
        fileprivate(set) var spreads: [Int] = []
        fileprivate(set) var isRead = false
    }

    private(set) var levels: [Level] = []
    private(set) var fields: [Selected] = []
    private(set) var nameCount = 0
    private let schema: GraphQLSchema
    private let fragments: [String: FragmentDefinitionNode]
    private var names: [String: Int] = [:]
    /// The set of each fragment that was spread so far.
    private var fragmentLevels: [String: Int] = [:]
    /// By set: the last one that was read and spreads it.
    private var lastSpreadIn: [Int: Int] = [:]

    init(_ context: ValidationContext) {
        schema = context.schema
        fragments = context.fragments
    }

    /// The number of a set that is none of a field's or fragment's.
    mutating func add(_ node: SelectionSetNode, of type: NamedType?) -> Int {
        levels.append(Level(node: node, type: type?.isComposite == true ? type : nil))
        return levels.count - 1
    }

    /// The number of a fragment's set; nil for an unknown fragment.
    mutating func level(ofFragment name: String) -> Int? {
        if let known = fragmentLevels[name] { return known }
        guard let fragment = fragments[name] else { return nil }
        let level = add(fragment.selectionSet, of: schema.type(fragment.typeCondition.value))
        fragmentLevels[name] = level
        return level
    }

    /// What the field gives; nil where the schema does not know it.
    func type(of field: Int) -> TypeReference? {
        definition(fields[field].node, in: fields[field].parent)?.type
    }

    /// Fills in the fields and spreads of a set.
    mutating func read(_ level: Int) {
        guard !levels[level].isRead else { return }
        let start = fields.count
        var spreads: [Int] = []
        read(levels[level].node, of: levels[level].type, into: level, &spreads)
        levels[level].fields = start..<fields.count
        levels[level].spreads = spreads
        levels[level].isRead = true
    }

    /// Recursion: as deep as inline fragments are nested, which the parser limits.
    private mutating func read(_ set: SelectionSetNode, of type: NamedType?, into level: Int, _ spreads: inout [Int]) {
        for selection in set.selections {
            switch selection {
            case .field(let node):
                var children = -1
                if let selectionSet = node.selectionSet {
                    children = add(selectionSet, of: definition(node, in: type)?.type.namedType)
                }
                let name = number(of: node.responseName)
                fields.append(Selected(node: node, name: name, parent: type, children: children))
            case .fragmentSpread(let spread):
                guard let fragment = self.level(ofFragment: spread.name.value) else { continue }
                if lastSpreadIn.updateValue(level, forKey: fragment) != level { spreads.append(fragment) }
            case .inlineFragment(let fragment):
                var inner = type
                if let condition = fragment.typeCondition {
                    inner = schema.type(condition.value)
                    if inner?.isComposite == false { inner = nil }
                }
                read(fragment.selectionSet, of: inner, into: level, &spreads)
            }
        }
    }

    private func definition(_ node: FieldNode, in type: NamedType?) -> Field? {
        type.flatMap { schema.field(node.name.value, of: $0) }
    }

    private mutating func number(of name: String) -> Int {
        if let known = names[name] { return known }
        names[name] = nameCount
        nameCount += 1
        return nameCount - 1
    }
}
