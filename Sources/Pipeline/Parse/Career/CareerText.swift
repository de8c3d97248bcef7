/// A resume's tokens, dates and what each word can be a part of.
struct CareerText: Sendable {
    /// What a word can be a part of.
    struct Role: OptionSet, Sendable {
        let rawValue: UInt8
        static let title = Role(rawValue: 1)
        static let modifier = Role(rawValue: 2)
        static let legalForm = Role(rawValue: 4)
        static let organization = Role(rawValue: 8)
        static let school = Role(rawValue: 16)
        static let joiner = Role(rawValue: 32)
        static let placeCode = Role(rawValue: 64)
        static let conjunction = Role(rawValue: 128)
    }

    /// The document.
    let document: ExtractedDocument
    /// Its text as tokens.
    let text: TokenizedText
    /// One for each token.
    let roles: [Role]
    /// The dates, in order.
    let dates: [DateSpan]

    /// Reads a document.
    init(_ document: ExtractedDocument, registeredOn: CalendarDay) {
        self.document = document
        text = TokenizedText(document.text)
        dates = DateParser(registeredOn: registeredOn).spans(in: text)
        var roles = [Role](repeating: [], count: text.tokens.count)
        for index in text.tokens.indices where text.tokens[index].kind == .word {
            roles[index] = Self.role(of: text.tokens[index])
            // "Denver, CO" is a state, "Ross & Co" a legal form.
            if roles[index].contains(.placeCode), index > 0, text.tokens[index - 1].mark == "," {
                roles[index].remove(.legalForm)
            }
        }
        self.roles = roles
    }

    private static func role(of token: TokenizedText.Token) -> Role {
        var role: Role = []
        if TitleWords.isNoun(token.folded) { role.insert(.title) }
        if TitleWords.modifiers.contains(token.folded) { role.insert(.modifier) }
        if OrganizationMarks.isNoun(token.folded) { role.insert(.organization) }
        if OrganizationMarks.isSchool(token.folded) { role.insert(.school) }
        if OrganizationMarks.legalForms.contains(token.folded), token.isCapitalised { role.insert(.legalForm) }
        if joiners.contains(token.folded) { role.insert(.joiner) }
        if token.isAllCapitals, token.count <= 3, PlaceWords.codes.contains(token.folded) { role.insert(.placeCode) }
        if conjunctions.contains(token.folded) { role.insert(.conjunction) }
        return role
    }

    /// Words that tie the parts of one name or title together.
    private static let joiners: Set<String> = [
        "of", "for", "in", "to", "de", "des", "du", "d", "la", "le", "les", "di", "del", "della", "dei", "da", "do",
        "dos", "das", "van", "der",
        "den", "von", "fur", "im", "der", "die", "en", "pentru", "a", "al", "au", "aux", "по", "в", "на", "для", "и",
        "of", "with", "the", "het",
        "voor", "och", "for", "i", "w", "ve", "by", "on", "within", "to", "zum", "zur", "sur", "sous", "con", "com",
        "con",
    ]

    private static let conjunctions: Set<String> = [
        "and", "et", "und", "e", "y", "i", "en", "si", "och", "og", "и", "та", "ve", "und",
    ]

    /// Whether a line of these tokens tells of the person and not of the work, as "Member, Women's Chess League".
    func isPersonal(_ range: Range<Int>) -> Bool {
        let words = range.prefix(40).compactMap { text.tokens[$0].kind == .mark ? nil : text.tokens[$0].folded }
        return PersonalLines.isPersonal(words, hasLabelSign: false, isHeader: false)
    }

    /// The tokens that start within a range of scalars.
    func tokens(_ range: Range<Int>) -> Range<Int> { text.tokenRange(range) }

    /// The tokens that start between two offsets; none where they are in disorder.
    func tokens(from start: Int, to end: Int) -> Range<Int> { text.tokenRange(start..<max(start, end)) }

    /// The dates that start within a range of scalars, as indices of `dates`.
    func dates(in range: Range<Int>) -> Range<Int> {
        let lower = firstDate(from: range.lowerBound)
        return lower..<max(lower, firstDate(from: range.upperBound))
    }

    private func firstDate(from offset: Int) -> Int {
        var low = 0
        var high = dates.count
        while low < high {
            let middle = (low + high) / 2
            if dates[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The text of a range, with runs of white space as one blank.
    func phrase(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        var pending = false
        for scalar in text.scalars[range.clamped(to: 0..<text.scalars.count)] {
            if scalar.isWhitespace {
                pending = !view.isEmpty
            } else {
                if pending { view.append(" ") }
                pending = false
                view.append(scalar)
            }
        }
        return String(view)
    }

    /// A quote of a range, exactly as it stands in the text.
    func evidence(_ range: Range<Int>) -> Evidence {
        Evidence(quote: text.string(range), offset: range.lowerBound, page: page(at: range.lowerBound))
    }

    private func page(at offset: Int) -> Int? {
        var low = 0
        var high = document.lines.count
        while low < high {
            let middle = (low + high) / 2
            if document.lines[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? document.lines[low - 1].page : nil
    }
}
