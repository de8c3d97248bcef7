/// Finds the conflicts of a document pair by pair, as graphql-js does, to report the same pairs with the same words.
///
/// Run only where there is a conflict, and only as far as its budget reaches: comparing pairs may take far longer than the
/// document is long. Where the budget ends, what was found until then is told.
struct ConflictSearch {
    /// Two fields, or the fields below them, that cannot be merged.
    struct Conflict {
        let responseName: String
        /// As it is to be read after "conflict because".
        let reason: String
        /// The field on one side, and those below it that the reason is about.
        let first: [FieldNode]
        let second: [FieldNode]
    }

    private var table: SelectionTable
    /// The number of each of the first ``registered`` sets of the table.
    private var levels: [ObjectIdentifier: Int] = [:]
    private var registered = 0
    private var groups: [Int: Groups] = [:]
    private var comparedFragments: [Pair: Bool] = [:]
    private var comparedWithFragment: [Pair: Bool] = [:]
    private var budget = Self.wholeBudget
    private var depth = 0

    /// In steps of comparison, as graphql-js counts them.
    private static let wholeBudget = 500_000
    /// In nested comparisons: fragments can nest far deeper than the parser lets a definition.
    private static let maxDepth = 100
    private static let maxReasonLength = 1_000
    private static let maxNodesOfSide = 20

    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    /// The fields of a selection set by response name, in document order.
    private struct Groups {
        var names: [Int] = []
        var fields: [Int: [Int]] = [:]
    }

    /// Whether there was more to compare than the budget or the depth allows, so that conflicts may be missing.
    var isIncomplete: Bool { budget < 0 }

    /// - Parameters:
    ///   - table: As the search by sets left it.
    ///   - document: Whose sets they are.
    init(_ table: SelectionTable, of document: DocumentNode) {
        self.table = table
        for case .fragment(let fragment) in document.definitions {
            _ = self.table.level(ofFragment: fragment.name.value)
        }
    }

    /// What conflicts among the fields of a set, those of its inline fragments and those that it spreads.
    ///
    /// `type` is what the set is selected on; nil where that is unknown.
    mutating func conflicts(within set: SelectionSetNode, of type: NamedType?) -> [Conflict] {
        if set.selections.count == 1 {
            guard case .inlineFragment = set.selections[0] else { return [] }
        }
        let level = number(of: set, type)
        var conflicts: [Conflict] = []
        let groups = groups(of: level)
        for name in groups.names {
            let fields = groups.fields[name] ?? []
            for (index, field) in fields.enumerated() where fields.count > 1 {
                guard budget >= 0 else { break }
                for other in fields[(index + 1)...] {
                    guard budget >= 0 else { break }
                    if let conflict = conflict(field, other, areExclusive: false) { conflicts.append(conflict) }
                }
            }
        }
        let spreads = table.levels[level].spreads
        for (index, spread) in spreads.enumerated() {
            guard budget >= 0 else { break }
            compare(level, withFragment: spread, areExclusive: false, &conflicts)
            for other in spreads[(index + 1)...] {
                guard budget >= 0 else { break }
                compare(fragment: spread, withFragment: other, areExclusive: false, &conflicts)
            }
        }
        return conflicts
    }

    /// A set has one number however it is come upon, so that no pair is compared twice.
    private mutating func number(of set: SelectionSetNode, _ type: NamedType?) -> Int {
        while registered < table.levels.count {
            levels[ObjectIdentifier(table.levels[registered].node)] = registered
            registered += 1
        }
        return levels[ObjectIdentifier(set)] ?? table.add(set, of: type)
    }

    private mutating func groups(of level: Int) -> Groups {
        if let known = groups[level] { return known }
        table.read(level)
        var found = Groups()
        for field in table.levels[level].fields {
            let name = Int(table.keys[field].name)
            if found.fields[name] == nil { found.names.append(name) }
            found.fields[name, default: []].append(field)
        }
        groups[level] = found
        return found
    }
}

// MARK: - Two sets

extension ConflictSearch {
    private mutating func compare(_ first: Int, _ second: Int, areExclusive: Bool, _ conflicts: inout [Conflict]) {
        let (left, right) = (groups(of: first), groups(of: second))
        guard !left.names.isEmpty, !right.names.isEmpty else { return }
        for name in left.names {
            guard budget >= 0 else { break }
            budget -= 1
            guard let others = right.fields[name] else { continue }
            for field in left.fields[name] ?? [] {
                guard budget >= 0 else { break }
                for other in others {
                    guard budget >= 0 else { break }
                    if let conflict = conflict(field, other, areExclusive: areExclusive) { conflicts.append(conflict) }
                }
            }
        }
    }

    /// Compares a set with a fragment and all that it spreads in turn.
    private mutating func compare(
        _ level: Int,
        withFragment fragment: Int,
        areExclusive: Bool,
        _ conflicts: inout [Conflict]
    ) {
        guard enter(cost: 1) else { return }
        defer { depth -= 1 }
        guard !groups(of: level).names.isEmpty,
            Self.isNew(Pair(first: level, second: fragment), in: &comparedWithFragment, areExclusive: areExclusive)
        else { return }
        table.read(fragment)
        if level == fragment { return }
        compare(level, fragment, areExclusive: areExclusive, &conflicts)
        for spread in table.levels[fragment].spreads {
            guard budget >= 0 else { break }
            compare(level, withFragment: spread, areExclusive: areExclusive, &conflicts)
        }
    }

    /// Compares two fragments and all that they spread in turn.
    private mutating func compare(
        fragment first: Int,
        withFragment second: Int,
        areExclusive: Bool,
        _ conflicts: inout [Conflict]
    ) {
        guard enter(cost: 2) else { return }
        defer { depth -= 1 }
        let pair = Pair(first: min(first, second), second: max(first, second))
        guard first != second, Self.isNew(pair, in: &comparedFragments, areExclusive: areExclusive) else { return }
        table.read(first)
        table.read(second)
        compare(first, second, areExclusive: areExclusive, &conflicts)
        for spread in table.levels[second].spreads {
            guard budget >= 0 else { break }
            compare(fragment: first, withFragment: spread, areExclusive: areExclusive, &conflicts)
        }
        for spread in table.levels[first].spreads {
            guard budget >= 0 else { break }
            compare(fragment: spread, withFragment: second, areExclusive: areExclusive, &conflicts)
        }
    }

    /// Whether a pair is still to be compared: one compared as not exclusive was compared as exclusive too.
    private static func isNew(_ pair: Pair, in compared: inout [Pair: Bool], areExclusive: Bool) -> Bool {
        if let wereExclusive = compared[pair], areExclusive || !wereExclusive { return false }
        compared[pair] = areExclusive
        return true
    }

    /// Counts a step and one level of nesting, which the caller takes back; refused where either is used up.
    private mutating func enter(cost: Int) -> Bool {
        budget -= cost
        if depth >= Self.maxDepth { budget = -1 }
        guard budget >= 0 else { return false }
        depth += 1
        return true
    }
}

// MARK: - Two fields

extension ConflictSearch {
    private mutating func conflict(_ first: Int, _ second: Int, areExclusive: Bool) -> Conflict? {
        guard enter(cost: 2) else { return nil }
        defer { depth -= 1 }
        let (left, right) = (table.fields[first], table.fields[second])
        let (key, other) = (table.keys[first], table.keys[second])
        let areExclusive = areExclusive || key.object >= 0 && other.object >= 0 && key.object != other.object

        func conflict(because reason: String) -> Conflict {
            Conflict(responseName: left.node.responseName, reason: reason, first: [left.node], second: [right.node])
        }
        if !areExclusive {
            let (name, other) = (left.node.name.value, right.node.name.value)
            if name != other { return conflict(because: Self.differentFields(name, other)) }
            var work = 0
            let areSame = FieldAgreement.haveSameArguments(left.node.arguments, right.node.arguments, work: &work)
            budget -= work
            if !areSame { return conflict(because: Self.differingArguments) }
        }
        if let type = table.type(of: first), let other = table.type(of: second),
            !FieldAgreement.haveSameShape(type, other)
        {
            return conflict(because: Self.conflictingTypes(type, other))
        }
        guard key.children >= 0, other.children >= 0 else { return nil }
        return conflictBelow(first, second, areExclusive: areExclusive)
    }

    private mutating func conflictBelow(
        _ first: Int,
        _ second: Int,
        areExclusive: Bool
    ) -> Conflict? {
        let (below, other) = (Int(table.keys[first].children), Int(table.keys[second].children))
        var conflicts: [Conflict] = []
        compare(below, other, areExclusive: areExclusive, &conflicts)
        table.read(below)
        table.read(other)
        let (left, right) = (table.levels[below].spreads, table.levels[other].spreads)
        for spread in right {
            guard budget >= 0 else { break }
            compare(below, withFragment: spread, areExclusive: areExclusive, &conflicts)
        }
        for spread in left {
            guard budget >= 0 else { break }
            compare(other, withFragment: spread, areExclusive: areExclusive, &conflicts)
        }
        for spread in left {
            guard budget >= 0 else { break }
            for other in right {
                guard budget >= 0 else { break }
                compare(fragment: spread, withFragment: other, areExclusive: areExclusive, &conflicts)
            }
        }
        guard !conflicts.isEmpty else { return nil }
        return Conflict(
            responseName: table.fields[first].node.responseName,
            reason: Self.reason(conflicts),
            first: Self.nodes(table.fields[first].node, conflicts.lazy.map(\.first)),
            second: Self.nodes(table.fields[second].node, conflicts.lazy.map(\.second))
        )
    }

    private static func nodes(_ node: FieldNode, _ below: some Sequence<[FieldNode]>) -> [FieldNode] {
        var nodes = [node]
        for fields in below where nodes.count < maxNodesOfSide {
            // The last ones stand deepest: they say most.
            nodes += fields.suffix(maxNodesOfSide - nodes.count)
        }
        return nodes
    }
}

// MARK: - Reasons

extension ConflictSearch {
    static let differingArguments = "they have differing arguments"

    static func differentFields(_ name: String, _ other: String) -> String {
        "'\(abbreviated(name))' and '\(abbreviated(other))' are different fields"
    }

    static func conflictingTypes(_ type: TypeReference, _ other: TypeReference) -> String {
        "they return conflicting types '\(type)' and '\(other)'"
    }

    private static func reason(_ below: [Conflict]) -> String {
        var reason = ""
        for conflict in below {
            if !reason.isEmpty { reason += " and " }
            reason += "subfields '\(abbreviated(conflict.responseName))' conflict because \(conflict.reason)"
            if reason.utf8.count > maxReasonLength { break }
        }
        return abbreviated(reason)
    }

    /// Names and reasons are ASCII, so bytes are letters.
    static func abbreviated(_ text: String) -> String {
        text.utf8.count > maxReasonLength ? text.prefix(maxReasonLength) + "..." : text
    }
}
