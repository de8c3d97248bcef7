/// Finds employers in sentences that say where someone works: "Working as a fitter at Dunmore Cranes since 2015".
struct WorkSentences: Sendable {
    let career: CareerText

    /// The positions that the sentences of `rows` tell of; names in `known`, folded, are not found again.
    func positions(in rows: [CareerRow], known: Set<String>) -> [FoundPosition] {
        var known = known
        var found: [FoundPosition] = []
        for row in rows where !career.isPersonal(row.tokens) {
            for index in row.tokens where Self.verbs.contains(career.text.tokens[index].folded) {
                guard let (title, name) = asTitle(after: index) ?? withEmployer(after: index),
                    let cleaned = OrganizationName.cleaned(career.phrase(scalars(name))),
                    known.insert(cleaned.foldedForLookup).inserted
                else { continue }
                var entry = Position()
                entry.title = career.phrase(scalars(title))
                entry.organization = cleaned
                found.append(FoundPosition(position: entry, range: row.range, titleScore: 2, organizationScore: 2))
                break
            }
        }
        return found
    }

    /// Reads "working as a TITLE at NAME".
    private func asTitle(after verb: Int) -> (title: Range<Int>, name: Range<Int>)? {
        guard let start = find(["as"], from: verb + 1, within: 4),
            let title = title(from: start + 1),
            let at = find(Self.prepositions, from: title.upperBound, within: 2), let name = name(from: at + 1)
        else { return nil }
        // "as a manager in Sales" names no employer.
        if career.text.tokens[at].folded == "in", !hasMark(name) { return nil }
        return (title, name)
    }

    /// Reads "working with NAME as a TITLE".
    private func withEmployer(after verb: Int) -> (title: Range<Int>, name: Range<Int>)? {
        let next = career.text.tokens.indices.contains(verb + 1) ? career.text.tokens[verb + 1].folded : ""
        let isDirect = ["joined", "joining"].contains(career.text.tokens[verb].folded)
        guard isDirect || Self.prepositions.contains(next), let name = name(from: isDirect ? verb + 1 : verb + 2),
            let start = find(["as"], from: name.upperBound, within: 6), let title = title(from: start + 1)
        else { return nil }
        return (title, name)
    }

    /// The words of a title, which must hold one of a title's nouns.
    private func title(from start: Int) -> Range<Int>? {
        let tokens = career.text.tokens
        var first = start
        while first < tokens.count, ["a", "an", "the", ":"].contains(tokens[first].folded) { first += 1 }
        var end = first
        var noun: Int?
        while end < tokens.count, end - first < 9, tokens[end].breaks <= 1 {
            let token = tokens[end]
            if token.kind == .mark, !["/", "-", "&", "(", ")", "."].contains(token.mark) { break }
            if token.kind == .word, Self.prepositions.contains(token.folded), noun != nil { break }
            if career.roles[end].contains(.title) { noun = end }
            end += 1
        }
        guard let noun else { return nil }
        // "Sr. Engineer (Testing) at": what stands before the preposition belongs to the title.
        let isClosed = end < tokens.count && Self.prepositions.contains(tokens[end].folded)
        return first..<(isClosed ? end : noun + 1)
    }

    /// The capitalised words of a name.
    private func name(from start: Int) -> Range<Int>? {
        let tokens = career.text.tokens
        var first = start
        while first < tokens.count, ["the", "m", "s", "/", "our"].contains(tokens[first].folded) { first += 1 }
        var end = first
        var last = first
        while end < tokens.count, end - first < 9, tokens[end].breaks <= 1 {
            let token = tokens[end]
            switch token.kind {
            case .word:
                if token.isCapitalised {
                    last = end + 1
                } else if !(["of", "and", "for"].contains(token.folded) && end > first) {
                    return checked(first..<last)
                }
            case .number: last = end > first ? end + 1 : last
            case .mark:
                guard ["&", ".", "-", "'", "’"].contains(token.mark), end > first else { return checked(first..<last) }
                if token.mark == ".", end + 1 < tokens.count, tokens[end + 1].spaces > 0, tokens[end - 1].count > 4 {
                    return checked(first..<last)
                }
                if token.mark == "-", token.spaces > 0 { return checked(first..<last) }
            }
            end += 1
        }
        return checked(first..<last)
    }

    private func checked(_ name: Range<Int>) -> Range<Int>? {
        guard let first = name.first else { return nil }
        let token = career.text.tokens[first]
        guard token.kind == .word, token.isCapitalised, !token.isEastAsian,
            token.count > 1, !DateWords.months.keys.contains(token.folded)
        else { return nil }
        let words = name.filter { career.text.tokens[$0].kind == .word }.map { career.text.tokens[$0].folded }
        if PlaceWords.names.contains(words.joined(separator: " ")) { return nil }
        // A title in a name's place: "working with Senior Managers".
        if words.count <= 3, !hasMark(name), name.contains(where: { career.roles[$0].contains(.title) }) { return nil }
        return name
    }

    private func hasMark(_ name: Range<Int>) -> Bool {
        name.contains {
            !career.roles[$0].isDisjoint(with: [.legalForm, .organization, .school])
                || career.text.tokens[$0].isAllCapitals && career.text.tokens[$0].count > 2
        }
    }

    private func find(_ words: Set<String>, from start: Int, within count: Int) -> Int? {
        let tokens = career.text.tokens
        for index in start..<min(start + count, tokens.count) {
            if tokens[index].breaks > 1 || tokens[index].mark == "." { return nil }
            if tokens[index].kind == .word, words.contains(tokens[index].folded) { return index }
        }
        return nil
    }

    private func scalars(_ range: Range<Int>) -> Range<Int> {
        career.text.tokens[range.lowerBound].range
            .lowerBound..<career.text.tokens[range.upperBound - 1].range.upperBound
    }

    private static let verbs: Set<String> = [
        "working", "worked", "work", "works", "served", "serving", "employed", "engaged", "associated", "joined",
        "joining",
    ]
    private static let prepositions: Set<String> = ["at", "with", "in", "for"]
}
