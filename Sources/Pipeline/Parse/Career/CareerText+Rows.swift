/// What the shapes of rows tell about what they hold.
extension CareerText {
    /// Whether a row next to an anchor can hold a name.
    func isNameRow(_ row: CareerRow) -> Bool {
        row.isHead && !row.isBullet && row.wordCount > 0 && row.wordCount <= 12
            && !(row.dates.contains { dates[$0].isRange })
    }

    /// Whether a short row holds a title's noun or a legal form.
    func hasName(_ row: CareerRow) -> Bool {
        guard row.wordCount <= 10 else { return false }
        return row.tokens.contains { roles[$0].contains(.title) || roles[$0].contains(.legalForm) }
    }

    /// Whether a row is a town with its state's code: "Elm Grove, WI".
    func isTownRow(_ row: CareerRow) -> Bool {
        guard row.wordCount <= 4, row.dates.isEmpty, let last = row.tokens.last, last - 1 > row.tokens.lowerBound else {
            return false
        }
        return roles[last].contains(.placeCode) && text.tokens[last - 1].mark == ","
    }

    /// Whether a row ends with a title's noun and holds no mark of an employer.
    func isTitleRow(_ row: CareerRow) -> Bool {
        guard row.wordCount <= 6, row.dates.isEmpty, let last = row.tokens.last,
            roles[last].contains(.title)
        else { return false }
        return !row.tokens.contains { roles[$0].contains(.legalForm) || text.tokens[$0].mark == "," }
    }

    /// Whether an item of a list begins with a head, its text after it on the same line.
    func isListedHead(_ before: Range<Int>, _ span: DateSpan, _ after: Range<Int>) -> Bool {
        guard span.isRange else { return false }
        if before.allSatisfy({ text.tokens[$0].kind == .mark }) {
            return after.prefix(8).contains { roles[$0].contains(.title) }
        }
        guard let mark = before.last, [",", "("].contains(text.tokens[mark].mark), let first = before.first,
            text.tokens[first].isCapitalised,
            let comma = before.first(where: { text.tokens[$0].mark == "," }), comma < mark
        else { return false }
        return (first..<comma).contains { roles[$0].contains(.title) }
    }

    /// Whether rows tell when someone was born.
    func isBirth(_ rows: ArraySlice<CareerRow>) -> Bool {
        rows.contains { row in
            row.tokens.contains {
                ["birth", "dob", "born", "naissance", "geburtsdatum", "geboren", "nascita", "nacimiento"].contains(
                    text.tokens[$0].folded
                )
            }
        }
    }
}
