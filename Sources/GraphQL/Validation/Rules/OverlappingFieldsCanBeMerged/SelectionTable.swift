/// The selection sets of a document by number, each read once, when it is first needed.
///
/// A set holds the fields that stand in it or in its inline fragments, with the type they are selected on, and names the
/// fragments that it spreads. A response name is a number too.
struct SelectionTable {
    /// A field where it is selected.
    struct Selected {
        let node: FieldNode
        /// Of the set or inline fragment that the field stands in; nil where that is no composite type.
        let parent: NamedType?
    }

    /// A field by numbers alone, which are cheap to pass around.
    struct Key {
        /// Of the response name.
        let name: Int32
        /// Of the field's own selection set; negative for a leaf.
        let children: Int32
        /// Of the object type that the field is selected on; negative where several types, or an unknown one, may be meant.
        let object: Int32
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
    /// By the same places as ``fields``.
    private(set) var keys: [Key] = []
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

    /// Whether a later fragment has the same name.
    func isOverridden(_ fragment: FragmentDefinitionNode) -> Bool {
        fragments[fragment.name.value] !== fragment
    }

    /// What the field gives; nil where the schema does not know it.
    func type(of field: Int) -> TypeReference? {
        definition(fields[field].node, in: fields[field].parent)?.type
    }

    /// Whether both select one field of one type.
    func isSameField(_ first: Int, _ second: Int) -> Bool {
        fields[first].parent === fields[second].parent
            && fields[first].node.name.value == fields[second].node.name.value
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
        let object = type?.kind == .object ? type?.index ?? -1 : -1
        for selection in set.selections {
            switch selection {
            case .field(let node):
                var children = -1
                if let selectionSet = node.selectionSet {
                    children = add(selectionSet, of: definition(node, in: type)?.type.namedType)
                }
                fields.append(Selected(node: node, parent: type))
                keys.append(
                    Key(
                        name: Int32(truncatingIfNeeded: number(of: node.responseName)),
                        children: Int32(truncatingIfNeeded: children),
                        object: Int32(truncatingIfNeeded: object)
                    )
                )
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
