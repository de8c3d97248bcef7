/// What the words around a candidate say about it.
struct MentionContext {
    let text: SkillText
    private var words: [SkillWord] { text.words }

    init(_ text: SkillText) { self.text = text }

    /// The word behind, where it belongs to the same phrase.
    func next(_ range: Range<Int>) -> SkillWord? {
        guard range.upperBound < words.count, words[range.upperBound].gap.isSoft else { return nil }
        return words[range.upperBound]
    }

    /// The word before, where it belongs to the same phrase.
    func previous(_ range: Range<Int>) -> SkillWord? {
        guard range.lowerBound > 0, words[range.lowerBound].gap.isSoft else { return nil }
        return words[range.lowerBound - 1]
    }

    /// Whether the word is what a company's name ends in: "Northgate PLC", "Dupont SAS".
    func isLegalForm(_ range: Range<Int>) -> Bool {
        guard range.count == 1, Self.legalForms.contains(words[range.lowerBound].exact), let previous = previous(range)
        else {
            return false
        }
        return words[range.lowerBound].gap == .space && previous.isCapitalized && !Self.using.contains(previous.exact)
            && !Self.markersBefore.contains(previous.exact)
    }

    /// Whether a word is a year of the last or this century.
    func isYear(_ word: SkillWord) -> Bool {
        let digits = text.scalars[word.range]
        guard digits.count == 4, digits.allSatisfy({ ("0"..."9").contains($0) }), let first = digits.first else {
            return false
        }
        return first == "1" || first == "2"
    }

    /// Whether the words have the very letters of `alias`, separators apart.
    func isWritten(_ alias: String, at range: Range<Int>) -> Bool {
        var rest = alias.unicodeScalars.filter { !Self.isSeparator($0) }[...]
        for word in words[range] {
            for scalar in text.scalars[word.range] where !Self.isSeparator(scalar) {
                // A version behind the name is no letter of it.
                guard let expected = rest.popFirst() else { return ("0"..."9").contains(scalar) }
                if expected != scalar { return false }
            }
        }
        return rest.isEmpty
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch ScalarClass(scalar) {
        case .space, .lineBreak, .hyphen, .ignored: true
        default: scalar == "." || scalar == "/" || scalar == "'" || scalar == "\u{2019}"
        }
    }

    /// Whether a single letter is an initial, or a part of a compound such as C-level, R&D or a plural.
    func isPartOfName(_ index: Int) -> Bool {
        let word = words[index]
        let after = word.range.upperBound
        let hasDot = after < text.scalars.count && text.scalars[after] == "."
        if hasDot {
            let end = index + 1 == words.count
            let isSentenceEnd = end || text.scalars[after..<words[index + 1].range.lowerBound].contains("\n")
            if !isSentenceEnd || index > 0 && word.gap.isSoft && words[index - 1].isCapitalized { return true }
        }
        for neighbour in [index, index + 1] where neighbour > 0 && neighbour < words.count {
            switch words[neighbour].gap {
            case .hyphen, .apostrophe, .dot: return true
            default: break
            }
        }
        func isAmpersand(_ index: Int) -> Bool {
            words.indices.contains(index) && text.scalars[words[index].range.lowerBound] == "&"
        }
        // R&D, P&C: the ampersand touches the letter; R & D.
        if isAmpersand(index + 1), index + 2 < words.count, words[index + 2].exact == Self.development { return true }
        if isAmpersand(index + 1), words[index + 1].range.lowerBound == after { return true }
        return isAmpersand(index - 1) && words[index - 1].range.upperBound == word.range.lowerBound
    }

    /// Whether separators, or "and" and "or", stand on both sides.
    func isItem(_ range: Range<Int>) -> Bool { opensItem(range.lowerBound) && closesItem(range.upperBound) }

    private func opensItem(_ index: Int) -> Bool {
        if index == 0 { return true }
        switch words[index].gap {
        case .hard, .slash, .lineBreak: return true
        default: return Self.conjunctions.contains(words[index - 1].exact)
        }
    }

    private func closesItem(_ index: Int) -> Bool {
        guard index < words.count else { return true }
        switch words[index].gap {
        case .hard, .slash, .lineBreak: return true
        default: return Self.conjunctions.contains(words[index].exact)
        }
    }

    /// Whether the words say what something was done with or in: "models in R and Python", "firmware in C for Linux".
    func isMeans(_ range: Range<Int>) -> Bool {
        guard let previous = previous(range), Self.means.contains(previous.exact) else { return false }
        return closesItem(range.upperBound) || Self.prepositions.contains(words[range.upperBound].exact)
    }

    /// Whether the words are an item, and its line or one of the items beside it is as short as a list's.
    func isListed(_ range: Range<Int>) -> Bool {
        guard isItem(range) else { return false }
        let scalars = text.scalars
        let start = words[range.lowerBound].range.lowerBound
        let end = words[range.upperBound - 1].range.upperBound
        let left = Self.itemLength(scalars, from: start, step: -1)
        let right = Self.itemLength(scalars, from: end, step: 1)
        guard left.isClean, right.isClean else { return false }
        return left.neighbour > 0 && left.neighbour <= 4 || right.neighbour > 0 && right.neighbour <= 4
            || left.isEdge && right.isEdge
    }

    /// Looks from an item to the one beside it: whether the item ends at once, at the line's edge, and how many words
    /// the neighbour has (0 for none, 5 for more than four).
    private static func itemLength(
        _ scalars: [Unicode.Scalar],
        from start: Int,
        step: Int
    ) -> (isClean: Bool, isEdge: Bool, neighbour: Int) {
        var index = step < 0 ? start - 1 : start
        var isClean = true
        while index >= 0, index < scalars.count, ScalarClass(scalars[index]) == .space { index += step }
        guard index >= 0, index < scalars.count, ScalarClass(scalars[index]) != .lineBreak else {
            return (true, true, 0)
        }
        let first = ScalarClass(scalars[index])
        if first == .letter || first == .digit || first == .ideograph { isClean = false }
        // A bullet or a dash at the edge of the line is part of the edge.
        var count = 0
        var isInWord = false
        var isSeparated = false
        var steps = 0
        while index >= 0, index < scalars.count, steps < 80 {
            switch ScalarClass(scalars[index]) {
            case .letter, .digit, .ideograph:
                if !isInWord { count += 1 }
                isInWord = true
            case .lineBreak: return (isClean, count == 0, count)
            case .symbol:
                isInWord = false
                if ",;|•·()/".unicodeScalars.contains(scalars[index]) {
                    if count > 0 { return (isClean, false, min(count, 5)) }
                    isSeparated = true
                }
            default: isInWord = false
            }
            if count > 4 { break }
            index += step
            steps += 1
        }
        return (isClean, false, isSeparated ? min(count, 5) : 5)
    }

    /// Whether a word that names a profession follows: "Machine learning engineer".
    func isTitle(_ range: Range<Int>) -> Bool {
        guard let next = next(range), next.gap != .slash else { return false }
        return Self.roles.contains(next.exact)
    }

    /// Whether a word such as "programming" or a version follows, or one such as "Microsoft" stands before.
    func hasMarker(_ range: Range<Int>) -> Bool {
        if let next = next(range), Self.markersAfter.contains(next.exact) { return true }
        if let previous = previous(range), Self.markersBefore.contains(previous.exact) { return true }
        return false
    }

    /// Whether a word such as "using" stands before a capital that no sentence starts with.
    func followsUsing(_ range: Range<Int>) -> Bool {
        guard let previous = previous(range), words[range.lowerBound].isCapitalized else { return false }
        return Self.using.contains(previous.exact)
    }

    /// Whether the words are a part of an e-mail address or a web address.
    func isInAddress(_ range: Range<Int>) -> Bool {
        let scalars = text.scalars
        let first = words[range.lowerBound].range.lowerBound
        let last = words[range.upperBound - 1].range.upperBound
        if let next = next(range), next.gap == .dot, Self.domains.contains(next.exact) { return true }
        var start = first
        while start > 0, first - start < 100, isAddressPart(scalars[start - 1]) { start -= 1 }
        var end = last
        while end < scalars.count, end - last < 100, isAddressPart(scalars[end]) { end += 1 }
        guard start < first || end > last else { return false }
        var index = start
        while index < end {
            switch scalars[index] {
            case "@": return true
            case ":" where index + 2 < end && scalars[index + 1] == "/" && scalars[index + 2] == "/": return true
            case "w", "W":
                if index + 3 < end, scalars[index..<index + 3].allSatisfy({ $0.value | 0x20 == 0x77 }),
                    scalars[index + 3] == "."
                {
                    return true
                }
            case "/" where index >= start + 4 && scalars[(index - 4)..<index].elementsEqual(".com".unicodeScalars):
                return true
            default: break
            }
            index += 1
        }
        return false
    }

    private func isAddressPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", "(", ")", "<", ">", "|", "[", "]": false
        default:
            switch ScalarClass(scalar) {
            case .space, .lineBreak, .ideograph: false
            default: true
            }
        }
    }

    private static let domains = keys("com org io co edu gov fr de es nl pt br uk us info dev me")
    private static func keys(_ list: String) -> Set<UInt64> {
        Set(list.split(separator: " ").map { WordFolding.key(String($0)) })
    }

    private static let conjunctions = keys("and or und et y e i en ou oder und si")
    private static let means = keys("in with using")
    private static let prepositions = keys("for on to with using in under")
    private static let development = WordFolding.key("d")
    private static let legalForms = keys("plc sas")
    private static let using = keys("using with in via through mit avec con com met")
    private static let markersBefore = keys(
        "microsoft ms google adobe apache oracle programming languages language tools software frameworks framework scripting"
    )
    private static let markersAfter = keys(
        """
        programming language languages developer developers development programmer code coding codebase script scripts scripting \
        framework frameworks library libraries application applications app apps database databases server servers cluster \
        clusters sdk api apis backend frontend module modules package packages macro macros spreadsheet spreadsheets formula \
        formulas pipeline pipelines microservice microservices service services cookbook cookbooks recipe recipes manifest \
        manifests playbook playbooks job jobs software skills
        """
    )
    private static let roles = keys(
        """
        engineer engineers developer developers manager managers analyst analysts specialist specialists consultant consultants \
        director coordinator administrator administrators architect architects designer designers officer officers executive \
        executives assistant assistants associate associates technician technicians scientist scientists lead leader head \
        supervisor representative representatives rep reps intern trainee instructor instructors teacher teachers trainer \
        trainers recruiter auditor auditors accountant accountants clerk clerks advisor adviser agent agents expert experts \
        professional professionals strategist buyer planner planners inspector operator operators editor nurse nurses generalist \
        partner practitioner tester testers president vp department departments dept team teams industry company companies
        """
    )
}
