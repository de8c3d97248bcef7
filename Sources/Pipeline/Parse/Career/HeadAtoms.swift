/// The smallest pieces of an entry's head, and what parts them.
struct HeadAtom: Sendable {
    /// What stands between an atom and the one before, strongest first.
    enum Boundary: Int, Sendable { case row, cell, bar, dash, at, parenthesis, comma, weak }

    /// Its tokens.
    var tokens: Range<Int>
    /// What parts it from the atom before.
    var boundary: Boundary
    /// What a label before it says that it is.
    var label: HeadLabel?
    /// Whether its row is bold.
    var isBold: Bool
}

/// What a piece of a head is.
enum HeadLabel: Int, Sendable, CaseIterable { case title, organization, location, other }

/// Cuts heads into atoms.
struct HeadCutter: Sendable {
    let career: CareerText
    /// Whether a title and a name that no mark parts are two atoms.
    var breaksNames = true
    /// More than this many atoms are not read.
    static let limit = 14

    /// The atoms of rows, dates left out.
    func atoms(of rows: ArraySlice<CareerRow>) -> [HeadAtom] {
        var atoms: [HeadAtom] = []
        for row in rows {
            cut(row, into: &atoms)
            if atoms.count >= Self.limit { break }
        }
        return Array(atoms.prefix(Self.limit))
    }

    private func cut(_ row: CareerRow, into atoms: inout [HeadAtom]) {
        var boundary = HeadAtom.Boundary.row
        var start: Int?
        var label: HeadLabel?
        var cells = row.cellStarts[...]
        var quoted = false
        func close(at end: Int) {
            guard let first = start else { return }
            start = nil
            if let named = fieldLabel(first..<end), end < row.tokens.upperBound,
                career.text.tokens[end].mark == ":" || career.text.tokens[end].mark == "："
            {
                label = named
                return
            }
            atoms.append(HeadAtom(tokens: first..<end, boundary: boundary, label: label, isBold: row.isBold))
            label = nil
            boundary = .weak
        }
        func strengthen(_ other: HeadAtom.Boundary) {
            if other.rawValue < boundary.rawValue { boundary = other }
        }
        var index = row.tokens.lowerBound
        var dates = row.dates.makeIterator()
        var date = dates.next()
        while index < row.tokens.upperBound {
            let token = career.text.tokens[index]
            while let current = date, career.dates[current].range.upperBound <= token.range.lowerBound {
                date = dates.next()
            }
            if let current = date, career.dates[current].range.contains(token.range.lowerBound) {
                close(at: index)
                if !atoms.isEmpty { strengthen(.bar) }
                index += 1
                continue
            }
            if let cell = cells.first, token.range.lowerBound >= cell {
                cells = cells.dropFirst()
                close(at: index)
                strengthen(.cell)
            }
            if token.mark == "«" || token.mark == "“" { quoted = true }
            if token.mark == "»" || token.mark == "”" { quoted = false }
            if token.mark == ")", quoted {
                quoted = false
                index += 1
                continue
            }
            if token.mark == "(", isInnerParenthesis(at: index, in: row) { quoted = true }
            if !quoted || token.kind != .mark, let separator = separator(at: index, in: row.tokens),
                breaksNames || token.kind == .mark
            {
                close(at: index)
                strengthen(separator)
            } else if token.kind == .mark && start == nil && token.mark != "." {
                // A mark that opens nothing, such as a quotation mark or a bullet.
            } else {
                if breaksNames, let first = start, isWeakBreak(before: index, from: first) {
                    close(at: index)
                    strengthen(.weak)
                }
                if start == nil, token.kind != .mark || token.mark != "." { start = index }
            }
            index += 1
        }
        close(at: row.tokens.upperBound)
    }

    /// Whether a bracket stands within a name, as in "Human Resources (HR) Manager".
    private func isInnerParenthesis(at index: Int, in row: CareerRow) -> Bool {
        let tokens = career.text.tokens
        guard index > row.tokens.lowerBound, tokens[index - 1].kind == .word else { return false }
        for end in (index + 1)..<min(index + 5, row.tokens.upperBound) where tokens[end].mark == ")" {
            guard end + 1 < row.tokens.upperBound, end > index + 1,
                !row.dates.contains(where: {
                    career.dates[$0].range.overlaps(tokens[index].range.lowerBound..<tokens[end].range.upperBound)
                })
            else { return false }
            let next = tokens[end + 1]
            return next.kind == .word && next.spaces == 1 && next.isCapitalised
                && !row.cellStarts.contains(next.range.lowerBound)
        }
        return false
    }

    private func separator(at index: Int, in tokens: Range<Int>) -> HeadAtom.Boundary? {
        let token = career.text.tokens[index]
        let next = index + 1 < tokens.upperBound ? career.text.tokens[index + 1] : nil
        if token.kind == .word {
            guard index > tokens.lowerBound, !token.isCapitalised || token.isAllCapitals && token.folded == "at",
                ["at", "chez", "bei", "presso", "bij"].contains(token.folded)
            else { return nil }
            return .at
        }
        guard token.kind == .mark else { return nil }
        switch token.mark {
        case "|", "•", "·", "¦", "‖", "●", "∙", "◆", "▪", "\u{2192}": return .bar
        case ",", "，", "、", ";", "；": return .comma
        case "(", ")", "[", "]", "（", "）": return .parenthesis
        case "@": return .at
        case ":", "：": return .dash
        case "/", "\\", "*", "_": return token.spaces > 0 && (next?.spaces ?? 1) > 0 || token.mark == "*" ? .bar : nil
        default:
            guard DateWords.isDash(token.mark) else { return nil }
            let spaced = token.spaces > 0 || (next?.spaces ?? 1) > 0
            if spaced || index == tokens.lowerBound { return .dash }
            return token.mark == "—" || token.mark == "–" ? .dash : nil
        }
    }

    /// A break without a mark: after a title's noun that a name follows, after a legal form.
    private func isWeakBreak(before index: Int, from first: Int) -> Bool {
        let token = career.text.tokens[index]
        guard token.kind == .word || token.kind == .number, token.spaces > 0 else { return false }
        var before = index - 1
        if career.text.tokens[before].mark == ".", before > first { before -= 1 }
        let previous = career.text.tokens[before]
        guard previous.kind == .word else { return false }
        let role = career.roles[before]
        if career.roles[index].contains(.joiner) || career.roles[index].contains(.conjunction) || !token.isCapitalised {
            return false
        }
        if role.contains(.legalForm), before > first { return true }
        if role.contains(.title), !career.roles[index].contains(.title) { return true }
        // The words that stand for names in anonymised resumes: "Company Name City , State Clerk".
        if previous.folded == "state", before - 2 >= 0, career.text.tokens[before - 1].mark == ",",
            career.text.tokens[before - 2].folded == "city"
        {
            return true
        }
        return previous.folded == "name" && career.text.tokens[max(first, before - 1)].folded == "company"
    }

    private func fieldLabel(_ tokens: Range<Int>) -> HeadLabel? {
        guard tokens.count <= 4 else { return nil }
        let words = tokens.compactMap { career.text.tokens[$0].kind == .word ? career.text.tokens[$0].folded : nil }
        return Self.labels[words.joined(separator: " ")]
    }

    private static let labels: [String: HeadLabel] = {
        var table: [String: HeadLabel] = [:]
        let rows: [(HeadLabel, String)] = [
            (
                .title,
                "title|job title|position|designation|role|job role|post|position held|position title|poste|posizione|cargo|puesto|funktion|functie|должность|stanowisko|职位|岗位|job position|post held"
            ),
            (
                .organization,
                "company|employer|organization|organisation|company name|name of company|employer name|entreprise|empresa|azienda|unternehmen|firma|bedrijf|компания|organization name|organisation name|公司|name of employer|institution"
            ),
            (.location, "location|place|address|city|lieu|ort|luogo|local|место|place of posting"),
            (
                .other,
                "client|project|duration|period|department|project name|project title|team size|dates|date|from|industry|reporting to|reports to|nature of business|environment|domain|tools|clients|type of business|sector|supervisor|salary|hours|team|timeline|tenure|page|phone|website"
            ),
        ]
        for (label, words) in rows { for word in words.split(separator: "|") { table[String(word)] = label } }
        return table
    }()
}
