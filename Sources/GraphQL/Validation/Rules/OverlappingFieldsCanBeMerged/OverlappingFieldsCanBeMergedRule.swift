/// Fields with the same response name must be one and the same field, so that they can be merged.
///
/// Whether a document breaks the rule is found by sets of fields (``MergeSearch``), in time that grows as the document does.
/// Only where it does are the conflicts looked for pair by pair (``ConflictSearch``), to be reported as graphql-js does.
///
/// Counter-example: `{ dog { value: barkVolume value: name } }`
///
/// - Source: GraphQL September 2025, §5.3.2 Field Selection Merging.
final class OverlappingFieldsCanBeMergedRule: ValidationRule {
    override class var visits: NodeKinds { [.document, .inlineFragment, .selectionSet] }
    override class var leaves: NodeKinds { .document }

    /// Nil where there is no conflict.
    private var conflicts: ConflictSearch?
    /// A conflict that stands in the document in any case.
    private var known: (first: FieldNode, second: FieldNode, reason: String)?
    private var hasReported = false
    /// Whether the next selection set is that of an inline fragment, which belongs to the set around it.
    private var isInlined = false

    override func enter(document: DocumentNode) {
        if document.repeatsNoResponseName { return }
        var search = MergeSearch(context)
        switch search.run() {
        case .none:
            break
        case .conflict(let first, let second, let reason):
            known = (search.table.fields[first].node, search.table.fields[second].node, reason)
            conflicts = ConflictSearch(search.table, of: document)
        case .tooMuchWork(let limit, let actual):
            context.abort(
                "Document merges fields of more than \(limit) selections.",
                extensions: [
                    "code": .string("QUERY_TOO_COMPLEX"), "limit": .string("fieldMerging"), "maximum": .int(limit),
                    "actual": .int(actual),
                ]
            )
        }
    }

    override func enter(inlineFragment: InlineFragmentNode) {
        isInlined = true
    }

    override func enter(selectionSet: SelectionSetNode) {
        let isInlined = isInlined
        self.isInlined = false
        guard conflicts != nil, !isInlined else { return }
        for conflict in conflicts?.conflicts(within: selectionSet, of: context.types.parentType) ?? [] {
            report(conflict.responseName, conflict.reason, at: (conflict.first + conflict.second).map(\.offset))
        }
    }

    override func leave(document: DocumentNode) {
        guard let known, !hasReported else { return }
        report(known.first.responseName, known.reason, at: [known.first.offset, known.second.offset])
    }

    private func report(_ responseName: String, _ reason: String, at offsets: [SourceOffset]) {
        hasReported = true
        context.report(
            "Fields '\(ConflictSearch.abbreviated(responseName))' conflict because \(reason)."
                + " Use different aliases on the fields to fetch both if this was intentional.",
            at: offsets
        )
    }
}

extension DocumentNode {
    /// Whether each selection set holds nothing but fields of different response names, as in most documents: then no two
    /// of them can meet.
    fileprivate var repeatsNoResponseName: Bool {
        definitions.allSatisfy { definition in
            if case .operation(let operation) = definition {
                operation.selectionSet.repeatsNoResponseName
            } else {
                false
            }
        }
    }
}

extension SelectionSetNode {
    /// Larger sets are left to the search: comparing each two of their names would take longer.
    private static let maxCompared = 32

    /// Recursion: as deep as the document, which the parser limits.
    fileprivate var repeatsNoResponseName: Bool {
        guard selections.count <= Self.maxCompared else { return false }
        var names: [String] = []
        names.reserveCapacity(selections.count)
        for selection in selections {
            guard case .field(let field) = selection, !names.contains(field.responseName),
                field.selectionSet?.repeatsNoResponseName ?? true
            else { return false }
            names.append(field.responseName)
        }
        return true
    }
}
