/// Finds out whether any two fields of a document conflict, by looking at sets of fields.
///
/// Comparing pairs takes quadratic time and more. But agreeing is transitive, so the fields of one response name need only be
/// compared with the first of them; and what is selected below them is one set again, checked once however many ways lead
/// to it. Fields that can never meet in one object, since their parents are different object types, must only give values
/// of one shape; so there are two kinds of check:
///
/// - *shapes*: all fields of one response name give the same shape, and so do those below them;
/// - *strict*: besides, those that can meet have one name and the same arguments, and so do those below them.
///
/// The sets wait in a list, never on the stack. With fragments there may be more sets than any factor of the document's size,
/// so looking at fields is counted against a limit that grows with the document; it is far above what a document needs that
/// people wrote.
///
/// Idea: Simon Adameit, "A faster way to validate field merging" (XING).
struct MergeSearch {
    enum Outcome {
        case none
        /// Two fields by their places in ``SelectionTable/fields``, and what they differ in.
        case conflict(first: Int, second: Int, reason: String)
        case tooMuchWork(limit: Int, actual: Int)
    }

    private(set) var table: SelectionTable
    private let document: DocumentNode
    private let schema: GraphQLSchema
    private let limit: Int
    private var work = 0
    /// Sets of fields still to be checked, each given by the selection sets it is made of.
    private var open: [(levels: [Int], isStrict: Bool)] = []
    /// By selection set: which checks a set of fields passed that holds all of it.
    private var passed: [Passed] = []
    /// Sets of several selection sets that were checked.
    private var strictlyChecked: Set<[Int]> = []
    private var checkedForShapes: Set<[Int]> = []
    private var groups = ResponseGroups()

    private enum Passed: Comparable {
        case nothing
        case shapes
        case strict
    }

    init(_ context: ValidationContext) {
        table = SelectionTable(context)
        document = context.document
        schema = context.schema
        limit = Self.leastLimit + Self.limitPerToken * context.document.tokenCount
    }

    /// What every document may spend, in fields and values looked at; some tenths of a second.
    private static let leastLimit = 1_000_000
    private static let limitPerToken = 8

    /// Checks everything that operations select, and fragments that none of them reaches.
    mutating func run() -> Outcome {
        for case .operation(let operation) in document.definitions {
            let level = table.add(operation.selectionSet, of: schema.rootType(of: operation.operation))
            if let outcome = check(from: level) { return outcome }
        }
        for name in unreachedFragments() {
            guard let level = table.level(ofFragment: name) else { continue }
            if let outcome = check(from: level) { return outcome }
        }
        // Of equal names the last is the one that is spread; the others stand alone.
        for case .fragment(let fragment) in document.definitions where table.isOverridden(fragment) {
            let level = table.add(fragment.selectionSet, of: schema.type(fragment.typeCondition.value))
            if let outcome = check(from: level) { return outcome }
        }
        return .none
    }

    /// In document order, but first those that no other unreached fragment spreads: they hold what they reach.
    private mutating func unreachedFragments() -> [String] {
        var unreached: [(name: String, node: FragmentDefinitionNode)] = []
        for case .fragment(let fragment) in document.definitions {
            guard let level = table.level(ofFragment: fragment.name.value) else { continue }
            if hasPassed(level) < .strict { unreached.append((fragment.name.value, fragment)) }
        }
        if unreached.count < 2 { return unreached.map(\.name) }
        var spread: Set<String> = []
        for (_, fragment) in unreached {
            for inner in DefinitionUses(selectionSet: fragment.selectionSet, directives: []).spreads {
                spread.insert(inner.name.value)
            }
        }
        return unreached.map(\.name).filter { !spread.contains($0) } + unreached.map(\.name).filter(spread.contains)
    }

    private mutating func check(from root: Int) -> Outcome? {
        open.append(([root], true))
        while let (levels, isStrict) = open.popLast() {
            guard let members = unchecked(levels, isStrict: isStrict) else { continue }
            if let outcome = check(members, isStrict: isStrict) { return outcome }
            if work > limit { return .tooMuchWork(limit: limit, actual: work) }
        }
        return nil
    }

    /// The selection sets given and all that they spread; nil where the fields in them are known to agree.
    private mutating func unchecked(_ levels: [Int], isStrict: Bool) -> [Int]? {
        let check = isStrict ? Passed.strict : .shapes
        if levels.count == 1, hasPassed(levels[0]) >= check { return nil }
        var members: [Int] = []
        groups.begin(levels: table.levels.count)
        for level in levels where groups.isNew(level: level) { members.append(level) }
        var next = 0
        while next < members.count {
            table.read(members[next])
            for level in table.levels[members[next]].spreads {
                groups.grow(levels: table.levels.count)
                if groups.isNew(level: level) { members.append(level) }
            }
            next += 1
        }
        work += members.count
        if members.count > 1 {
            let key = members.sorted()
            if strictlyChecked.contains(key) { return nil }
            if isStrict {
                strictlyChecked.insert(key)
            } else if !checkedForShapes.insert(key).inserted {
                return nil
            }
        }
        for level in members where hasPassed(level) < check { passed[level] = check }
        return members
    }

    private mutating func hasPassed(_ level: Int) -> Passed {
        while passed.count <= level { passed.append(.nothing) }
        return passed[level]
    }
}

// MARK: - One set of fields

extension MergeSearch {
    /// Compares the fields of each response name, and puts what is selected below them on the list.
    private mutating func check(_ members: [Int], isStrict: Bool) -> Outcome? {
        groups.grow(names: table.nameCount, fields: table.fields.count)
        for level in members {
            let fields = table.levels[level].fields
            for field in fields { groups.add(field, named: Int(table.keys[field].name)) }
            work += fields.count
        }
        for level in members {
            for field in table.levels[level].fields where groups.isFirst(field, named: Int(table.keys[field].name)) {
                if groups.isAlone(field) {
                    let children = Int(table.keys[field].children)
                    if children >= 0, hasPassed(children) < (isStrict ? .strict : .shapes) {
                        open.append(([children], isStrict))
                    }
                } else if let outcome = check(group: groups.group(of: field), isStrict: isStrict) {
                    return outcome
                }
            }
        }
        return nil
    }

    private mutating func check(group: [Int], isStrict: Bool) -> Outcome? {
        guard isStrict else {
            open(childrenOf: group, isStrict: false)
            return checkShapes(group)
        }
        var (first, areSeveral) = (Int32(-1), false)
        for field in group where table.keys[field].object >= 0 {
            if first < 0 { first = table.keys[field].object }
            if table.keys[field].object != first { areSeveral = true }
        }
        guard areSeveral else {
            open(childrenOf: group, isStrict: true)
            return checkFields(group[...]) ?? checkShapes(group)
        }
        if let outcome = checkShapes(group) { return outcome }
        // Each object's fields can meet one another and those on abstract types, which can meet all.
        let shared = group.filter { table.keys[$0].object < 0 }
        var places: [Int32: Int] = [:]
        var meeting: [[Int]] = []
        for field in group {
            let object = table.keys[field].object
            if object < 0 { continue }
            let place = places[object] ?? meeting.count
            if place == meeting.count {
                places[object] = place
                meeting.append([])
            }
            meeting[place].append(field)
        }
        if let outcome = checkFields(shared[...]) { return outcome }
        for fields in meeting {
            if let outcome = checkFields(shared.prefix(1) + fields) { return outcome }
            open(childrenOf: shared + fields, isStrict: true)
            work += shared.count
            if work > limit { return .tooMuchWork(limit: limit, actual: work) }
        }
        open(childrenOf: group, isStrict: false)
        return nil
    }

    private mutating func open(childrenOf group: [Int], isStrict: Bool) {
        var children: [Int] = []
        for field in group where table.keys[field].children >= 0 { children.append(Int(table.keys[field].children)) }
        if !children.isEmpty { open.append((children, isStrict)) }
    }

    /// Whether all give one shape; fields that the schema does not know are passed over.
    private func checkShapes(_ group: [Int]) -> Outcome? {
        var known: (field: Int, type: TypeReference)?
        for field in group {
            if let known, table.isSameField(field, known.field) { continue }
            guard let type = table.type(of: field) else { continue }
            guard let first = known else {
                known = (field, type)
                continue
            }
            if !FieldAgreement.haveSameShape(first.type, type) {
                let reason = ConflictSearch.conflictingTypes(first.type, type)
                return .conflict(first: first.field, second: field, reason: reason)
            }
        }
        return nil
    }

    /// Whether all have one name and the same arguments.
    private mutating func checkFields(_ group: ArraySlice<Int>) -> Outcome? {
        guard let first = group.first else { return nil }
        let node = table.fields[first].node
        for field in group.dropFirst() {
            let other = table.fields[field].node
            if node.name.value != other.name.value {
                let reason = ConflictSearch.differentFields(node.name.value, other.name.value)
                return .conflict(first: first, second: field, reason: reason)
            }
            if !FieldAgreement.haveSameArguments(node.arguments, other.arguments, work: &work) {
                return .conflict(first: first, second: field, reason: ConflictSearch.differingArguments)
            }
        }
        return nil
    }
}

/// Groups the fields of one set by response name, in tables that are used again for the next set without being cleared.
private struct ResponseGroups {
    private var round = 0
    private var levelRounds: [Int] = []
    private var nameRounds: [Int] = []
    /// By response name: its first and its last field in this round.
    private var ends: [(first: Int, last: Int)] = []
    /// By field: the next of its group, or none.
    private var nexts: [Int] = []

    mutating func begin(levels: Int) {
        round += 1
        grow(levels: levels)
    }

    mutating func grow(levels: Int) {
        while levelRounds.count < levels { levelRounds.append(0) }
    }

    mutating func grow(names: Int, fields: Int) {
        while nameRounds.count < names {
            nameRounds.append(0)
            ends.append((-1, -1))
        }
        while nexts.count < fields { nexts.append(-1) }
    }

    mutating func isNew(level: Int) -> Bool {
        if levelRounds[level] == round { return false }
        levelRounds[level] = round
        return true
    }

    mutating func add(_ field: Int, named name: Int) {
        nexts[field] = -1
        if nameRounds[name] == round {
            nexts[ends[name].last] = field
            ends[name].last = field
        } else {
            nameRounds[name] = round
            ends[name] = (field, field)
        }
    }

    func isFirst(_ field: Int, named name: Int) -> Bool { ends[name].first == field }

    func isAlone(_ field: Int) -> Bool { nexts[field] < 0 }

    /// The fields of the response name of `first`, which is the first of them.
    func group(of first: Int) -> [Int] {
        var group = [first]
        var next = nexts[first]
        while next >= 0 {
            group.append(next)
            next = nexts[next]
        }
        return group
    }
}
