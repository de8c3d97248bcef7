/// Finds certificates: the items of sections about them, and rows elsewhere that say that they are certificates.
struct CertificationFinder: Sendable {
    let career: CareerText

    /// More certificates than this are not listed.
    static let limit = 60

    /// The certificates of rows, as written and without their dates, each once.
    func certifications(in rows: [CareerRow]) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        func add(_ name: String) {
            guard name.unicodeScalars.count > 1, found.count < Self.limit, seen.insert(name.foldedForLookup).inserted
            else { return }
            found.append(name)
        }
        let items = rows.filter { $0.kind == .certifications }
        for row in items
        where row.wordCount > 0 && row.wordCount <= 20 && EducationFinder(career: career).school(of: row) == nil {
            names(in: row, alone: items.count <= 2).forEach(add)
        }
        for row in rows where [.education, .awards, .other, .summary].contains(row.kind) && row.wordCount <= 12 {
            guard let first = row.tokens.first else { continue }
            let word = career.text.tokens[first].folded
            let second = first + 1 < row.tokens.upperBound ? career.text.tokens[first + 1].folded : ""
            if word == "certified" || second == "certified" && Self.makers.contains(word)
                || word == "certification" && second == "in"
            {
                names(in: row, alone: false).prefix(1).forEach(add)
            }
        }
        return found
    }

    private static let makers: Set<String> = [
        "aws", "microsoft", "cisco", "oracle", "google", "red", "salesforce", "sap", "sun", "azure", "adobe", "vmware",
        "isc", "istqb", "nabers", "board", "itil", "scrum",
    ]

    /// A row's certificates: one, or several where marks part them.
    private func names(in row: CareerRow, alone: Bool) -> [String] {
        var pieces: [Range<Int>] = []
        var start = row.range.lowerBound
        var commas = 0
        func close(at end: Int) {
            if start < end { pieces.append(start..<end) }
        }
        let hasDate = !row.dates.isEmpty
        for index in row.tokens {
            let token = career.text.tokens[index]
            guard token.kind == .mark, token.range.lowerBound >= start else { continue }
            let isList = ["|", "•", "·", ";", "；", "●"].contains(token.mark)
            let isComma = (token.mark == "," || token.mark == "、" || token.mark == "，") && alone && !hasDate
            guard isList || isComma else { continue }
            commas += isComma ? 1 : 0
            close(at: token.range.lowerBound)
            start = token.range.upperBound
        }
        close(at: row.range.upperBound)
        // One comma parts a certificate from who gives it rather than two certificates, unless both are short.
        if commas == 1, pieces.count == 2, pieces.contains(where: { career.tokens($0).count > 4 }) {
            pieces = [row.range]
        }
        return pieces.compactMap { name(of: $0) }
    }

    /// Marks and words that stand between a certificate and its date.
    private func isTail(_ token: TokenizedText.Token) -> Bool {
        if token.kind == .mark { return token.mark != ")" && token.mark != "+" }
        return ["in", "on", "since", "from", "issued", "expires", "exp", "valid", "until"].contains(token.folded)
    }

    /// A piece without dates and outer marks.
    private func name(of piece: Range<Int>) -> String? {
        var range = piece
        for index in career.dates(in: piece) {
            let date = career.dates[index].range
            if date.lowerBound <= range.lowerBound + 1 {
                range = min(date.upperBound, range.upperBound)..<range.upperBound
            } else if date.lowerBound < range.upperBound {
                range = range.lowerBound..<date.lowerBound
            }
        }
        var tokens = career.tokens(range)
        while let last = tokens.last, isTail(career.text.tokens[last]) { tokens = tokens.lowerBound..<last }
        while let first = tokens.first, career.text.tokens[first].kind == .mark, career.text.tokens[first].mark != "(" {
            tokens = (first + 1)..<tokens.upperBound
        }
        guard let first = tokens.first, let last = tokens.last,
            tokens.contains(where: { career.text.tokens[$0].kind == .word })
        else { return nil }
        return career.phrase(career.text.tokens[first].range.lowerBound..<career.text.tokens[last].range.upperBound)
    }
}
